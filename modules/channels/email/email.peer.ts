// Our letters, taken by aiosmtpd (Debian's python3-aiosmtpd) and read by Python's own mail parser: neither knows our code.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import type { Account } from '../account.ts'
import { freePort, isOpen } from '../port-for-tests.ts'
import { testOutgoing } from '../run-cases.ts'
import { email } from './email.ts'
import { closeMail } from './smtp.ts'

const { app } = await testApp({ isDemo: true })
const python = '/usr/bin/python3'
const box = mkdtempSync(join(tmpdir(), 'loa-mail-'))

let port = 0
let server: ReturnType<typeof spawn> | undefined
beforeAll(async () => {
  port = await freePort()
  const handler = ['-c', 'aiosmtpd.handlers.Mailbox', join(box, 'mail')]
  server = spawn(python, ['-m', 'aiosmtpd', '-n', '-l', `127.0.0.1:${port}`, ...handler], { stdio: 'ignore' })
  for (let n = 0; n < 100 && !(await isOpen(port)); n++) await sleep(100)
})
afterAll(() => {
  closeMail(app)
  server?.kill()
  rmSync(box, { recursive: true, force: true })
})

const account = (): Account => ({
  tenant: 1,
  id: newId(),
  kind: 'email',
  adapter: 'smtp',
  name: 'Thư của xã',
  settings: {
    host: '127.0.0.1',
    port,
    security: 'none',
    from: 'thongbao@sondong.example',
    fromName: 'UBND xã Sơn Động',
    bounceTo: 'tra@sondong.example',
    perSecond: 10,
  },
  secrets: {},
  version: 1,
})

const reader = `
import sys, json, email
from email import policy
m = email.message_from_file(open(sys.argv[1], encoding='utf8'), policy=policy.default)
parts = {p.get_content_type(): p.get_content() for p in m.walk() if not p.is_multipart()}
print(json.dumps({'subject': m['subject'], 'from': m['from'], 'auto': m['auto-submitted'], 'stop': m['list-unsubscribe'],
  'click': m['list-unsubscribe-post'], 'sender': m['x-mailfrom'], 'parts': {k: v if isinstance(v, str) else v.decode() for k, v in parts.items()}}))
`

interface Read {
  subject: string
  from: string
  auto: string
  stop: string | null
  click: string | null
  sender: string
  parts: Record<string, string>
}

function newestLetter(): Read {
  const folder = join(box, 'mail', 'new')
  const [file] = readdirSync(folder).toSorted().toReversed()
  return JSON.parse(execFileSync(python, ['-c', reader, join(folder, file!)], { encoding: 'utf8' })) as Read
}

test('a letter is read by another program as it was meant: words with marks, calendar, stop link, return address', async () => {
  const message = testOutgoing({
    class: 'normal',
    isOptional: true,
    title: 'Lịch giao dịch ngân hàng',
    text: 'Bà con mang sổ vay vốn đến trước 9 giờ.',
    event: { at: new Date('2026-12-01T07:30:00+07:00'), place: 'Nhà văn hóa thôn' },
  })
  const addresses = [{ id: 'a', value: 'ba.ly@thu.example', contact: newId() }]
  const piece = { key: 'k', householdId: newId(), addresses, link: 'https://loa.example/t/abc' }
  expect(await email.handOver(app, message, piece, account())).toEqual({ is: 'accepted' })
  const read = newestLetter()
  expect(read.subject).toBe('UBND xã Sơn Động: Lịch giao dịch ngân hàng')
  expect(read.from).toContain('UBND xã Sơn Động')
  expect(read.auto).toBe('auto-generated')
  expect(read.click).toBe('List-Unsubscribe=One-Click')
  expect(read.stop).toContain('/u/')
  expect(read.sender).toMatch(/^tra\+[\w-]+@sondong\.example$/)
  for (const kind of ['text/plain', 'text/html']) {
    expect(read.parts[kind]).toContain('Bà con mang sổ vay vốn đến trước 9 giờ.')
    expect(read.parts[kind]).toContain('https://loa.example/t/abc')
  }
  expect(read.parts['text/calendar']).toContain('DTSTART:20261201T003000Z')
  expect(read.parts['text/calendar']).toContain('LOCATION:Nhà văn hóa thôn')
})
