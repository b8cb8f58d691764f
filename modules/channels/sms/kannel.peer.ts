// A long text by our Kannel adapter, through Debian's Kannel (bearerbox and smsbox), to an SMSC, and its receipts the same way back.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serve, type ServerType } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insideOf } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import type { Account } from '../account.ts'
import type { HandedOver } from '../channel.ts'
import { findAccount } from '../store-accounts.ts'
import { accountFrom } from '../take-account.ts'
import { until } from '../until-for-tests.ts'
import { kannel } from './kannel.ts'
import { freePort, isOpen } from '../port-for-tests.ts'
import { listenTo, longText, secretWord, shortMessage } from './sms-for-tests.ts'
import { shown, startSmsc, type SmscSimulator } from './smsc-simulator.ts'
import { withoutMarks } from './text.ts'

const [hookPort, adminPort, boxPort, sendPort] = [
  await freePort(),
  await freePort(),
  await freePort(),
  await freePort(),
]
const { app, process: loa, ask } = await testApp({ isDemo: true, publicUrl: `http://127.0.0.1:${hookPort}` })
const heard = listenTo(app)
const folder = mkdtempSync(join(tmpdir(), 'loa-kannel-'))
const programs: ChildProcess[] = []
let web: ServerType
let smsc: SmscSimulator
let account: Account

const config = (hook: string) => `
group = core
admin-port = ${adminPort}
admin-interface = 127.0.0.1
admin-password = ${secretWord}
smsbox-port = ${boxPort}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
log-file = ${folder}/bearerbox.log
log-level = 0

group = smsc
smsc = smpp
smsc-id = tong-dai
host = 127.0.0.1
port = ${smsc.port}
transceiver-mode = true
smsc-username = xa
smsc-password = ${secretWord}
system-type = ""
interface-version = 34
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = ${boxPort}
sendsms-port = ${sendPort}
sendsms-interface = 127.0.0.1
log-file = ${folder}/smsbox.log
log-level = 0
mo-recode = true

group = sendsms-user
username = xa
password = ${secretWord}
max-messages = 10

group = sms-service
keyword = default
catch-all = true
max-messages = 0
concatenation = true
get-url = "${hook}?from=%p&text=%b&id=%I"
`

async function start(program: string, file: string, port: number) {
  programs.push(spawn(`/usr/sbin/${program}`, [file], { stdio: 'ignore' }))
  for (let n = 0; n < 200 && !(await isOpen(port)); n++) await sleep(100)
}

/** The account is made as an officer makes it: Kannel is told the address that the account shows. */
async function makeAccount() {
  const commune = await testCommune(app.sql, [1])
  const token = await commune.staff('commune_officer')
  const settings = {
    host: '127.0.0.1',
    port: sendPort,
    line: 'http',
    user: 'xa',
    sender: 'SONDONG',
    perSecond: 50,
    dongPerPart: 300,
    mostParts: 3,
  }
  const body = { adapter: 'kannel', name: 'Kannel', settings, secrets: { password: secretWord } }
  const made = (await ask('POST', 'channel-accounts', { token, body })).body as { id: string; hook: string }
  const row = await findAccount(app.sql, commune.tenant, insideOf(commune.tenant, made.id))
  return { account: accountFrom(app, commune.tenant, row!), hook: made.hook }
}

beforeAll(async () => {
  smsc = await startSmsc()
  const made = await makeAccount()
  account = made.account
  web = serve({ fetch: loa.hono.fetch, port: hookPort, hostname: '127.0.0.1' })
  const file = join(folder, 'kannel.conf')
  writeFileSync(file, config(made.hook))
  await start('bearerbox', file, boxPort)
  await start('smsbox', file, sendPort)
  await smsc.whenBound()
})
afterAll(async () => {
  for (const program of programs.toReversed()) program.kill()
  await smsc.stop()
  web.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Its last words, where it did not come so far. */
const logs = () =>
  ['bearerbox', 'smsbox'].map(name => readFileSync(join(folder, `${name}.log`), 'utf8').slice(-3000)).join('\n')

const idsOf = (said: HandedOver) => (said.is === 'accepted' && said.ids) || []

test.each([
  ['with marks', longText, 3],
  ['without marks', `${withoutMarks(longText)} {7} €`, 2],
])('a long text %s comes whole to the phone, and each of its parts is heard as delivered', async (_, text, parts) => {
  smsc.answerWith('take')
  const said = await kannel.send(app, account, shortMessage(text))
  expect(said).toMatchObject({ is: 'accepted', parts })
  const ids = idsOf(said)
  await until(() => ids.every(id => heard.states(account).includes(`${id} delivered`)), logs)
  expect(smsc.parts().length).toBe(parts)
  expect(shown(smsc.parts())).toEqual([{ to: '84912345678', text }])
})

test('a number that the SMSC does not know is heard as a wrong number', async () => {
  smsc.answerWith({ status: 0x0b })
  const said = await kannel.send(app, account, shortMessage('Moi ba con hop'))
  const [id] = idsOf(said)
  await until(() => heard.states(account).includes(`${id} failed`), logs)
  expect(heard.of(account).findLast(one => one.is === 'part')).toMatchObject({ providerId: id, why: 'address_wrong' })
})

test('what people write comes with its marks, also when it is long', async () => {
  smsc.answerWith('take')
  const question = `Cho hỏi mấy giờ họp ở nhà văn hóa? ${'Nhà tôi ở xa. '.repeat(8)}`.trim()
  const said = () => heard.of(account).flatMap(one => (one.is === 'said' ? [[one.from, one.words]] : []))
  await smsc.hearFrom('84987654321', '1')
  await until(() => said().length === 1, logs)
  await smsc.hearFrom('84987654321', question)
  await until(() => said().length === 2, logs)
  expect(said()).toEqual([
    ['+84987654321', '1'],
    ['+84987654321', question],
  ])
})

test('a wrong password is an account that is not signed in', async () => {
  const wrong = { ...account, secrets: { password: 'sai' } }
  expect(await kannel.send(app, wrong, shortMessage('mot'))).toEqual({ is: 'refused', why: 'not_signed_in' })
})
