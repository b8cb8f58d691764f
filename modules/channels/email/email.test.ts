import { afterAll, expect, test } from 'vitest'
import { newId } from '#core/ids'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import type { Account } from '../account.ts'
import { hookAddress } from '../hooks.ts'
import { runCases, type Provider } from '../run-cases.ts'
import { email } from './email.ts'
import { bounceMark, stopToken } from './mark.ts'
import { startMailServer, type Letter, type MailAnswer } from './simulator.ts'
import { closeMail } from './smtp.ts'

const { app, ask, process } = await testApp({ isDemo: true })
const { sql } = app
const commune = await testCommune(sql, [3])
const { tenant } = commune
const [home, neighbour] = commune.villages[0]!.homes as [string, string]
const address = 'ba.ly@thu.example'
afterAll(() => {
  closeMail(app)
})

async function contactOf(household: string, value = address) {
  const id = newId()
  await sql`
    insert into loa.contact (commune_id, id, household_id, kind, value, digest, added_at)
    values (${tenant}, ${id}, ${household}, 'email', ${value}, ${contactDigest('email', value)}, ${new Date()})`
  return id
}
const isDead = async (id: string) => {
  const [row] = await sql`select dead_at from loa.contact where commune_id = ${tenant} and id = ${id}`
  return row!['dead_at'] !== null
}
const found = (isOptional = false) =>
  email.find(app, tenant, [home, neighbour], { isOptional, class: 'normal', isPrivate: false })

let contact = ''
const account = (port: number): Account => ({
  tenant,
  id: newId(),
  kind: 'email',
  adapter: 'smtp',
  name: 'Thư của xã',
  settings: {
    host: '127.0.0.1',
    port,
    security: 'none',
    user: 'xa',
    from: 'thongbao@sondong.example',
    fromName: 'UBND xã Sơn Động',
    bounceTo: 'tra@sondong.example',
    perSecond: 10,
  },
  secrets: { password: 'mat-khau' },
  version: 1,
})

async function mailProvider(): Promise<Provider<MailAnswer, Letter>> {
  const server = await startMailServer()
  return { ...server, url: `smtp://127.0.0.1:${server.port}`, asked: server.letters }
}

/** A part of a letter, its quoted-printable or base64 undone. */
const decoded = (raw: string) =>
  raw
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/(=[\dA-F]{2})+/g, hex => Buffer.from(hex.replaceAll('=', ''), 'hex').toString('utf8'))

runCases<MailAnswer, Letter>({
  channel: email,
  app: () => app,
  async piece(url) {
    contact = await contactOf(home)
    const addresses = [{ id: 'a', value: address, contact }]
    const piece = { key: 'k', householdId: home, addresses, link: 'http://loa.test/t/abc' }
    return { piece, account: account(Number(new URL(url).port)) }
  },
  provider: mailProvider,
  message: { tenant },
  secrets: () => [address, 'mat-khau', 'Dịch tả', 'thongbao@'],
  cases: [
    {
      title: 'a letter has a plain part, a page, a link of the home’s own and a return address that names it',
      provider: 'take',
      expected: { is: 'accepted' },
      asked({ from, to, raw }) {
        expect(to).toEqual([address])
        expect(from).toBe(`tra+${bounceMark(app, { tenant, contactId: contact })}@sondong.example`)
        expect(raw).toContain('text/plain')
        expect(raw).toContain('text/html')
        expect(raw).toContain('Auto-Submitted: auto-generated')
        expect(decoded(raw)).toContain('http://loa.test/t/abc')
        expect(raw).not.toContain('List-Unsubscribe')
      },
    },
    {
      title: 'what is optional can be stopped with one click',
      provider: 'take',
      message: { isOptional: true, class: 'normal' },
      expected: { is: 'accepted' },
      asked({ raw }) {
        const link = `/u/${stopToken(app, { tenant, contactId: contact })}`
        expect(raw.replaceAll(/\r\n\s+/g, '')).toContain(`${link}>`)
        expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
      },
    },
    {
      title: 'a private message names no subject and shows no words',
      provider: 'take',
      message: { isPrivate: true, title: 'Hộ nghèo', text: 'Danh sách hộ nghèo' },
      expected: { is: 'accepted' },
      asked({ raw }) {
        const subject = /^Subject: (.+(?:\r\n .+)*)/m.exec(raw)?.[1] ?? ''
        expect(subject).not.toContain(Buffer.from('Hộ nghèo').toString('base64').slice(0, 8))
        expect(decoded(raw)).not.toContain('nghèo')
      },
    },
    {
      title: 'a dated notice carries its calendar, in UTC',
      provider: 'take',
      message: { event: { at: new Date('2026-12-01T07:30:00+07:00'), place: 'Nhà văn hóa' } },
      expected: { is: 'accepted' },
      asked({ raw }) {
        const part = /text\/calendar[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(raw)?.[1] ?? ''
        const calendar = part.includes('BEGIN') ? decoded(part) : Buffer.from(part, 'base64').toString('utf8')
        expect(calendar).toContain('DTSTART:20261201T003000Z')
        expect(calendar).toContain('METHOD:PUBLISH')
        // The event of the notice, whatever the round: the one that its calendar file has too.
        expect(calendar).toContain('UID:00000000-0000-0000-0000-000000000000@loa-lang')
      },
    },
    {
      title: 'a day without an hour is a day in the calendar',
      provider: 'take',
      message: { event: { at: new Date('2026-12-01T00:00:00+07:00'), place: '', isWholeDay: true } },
      expected: { is: 'accepted' },
      asked({ raw }) {
        const part = /text\/calendar[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(raw)?.[1] ?? ''
        const calendar = part.includes('BEGIN') ? decoded(part) : Buffer.from(part, 'base64').toString('utf8')
        expect(calendar).toContain('DTSTART;VALUE=DATE:20261201')
      },
    },
    {
      title: 'no such mailbox: it is asked no more',
      provider: { at: 'recipient', code: 550, words: '5.1.1 User unknown' },
      expected: { is: 'refused', why: 'address_dead' },
      async after() {
        expect(await isDead(contact)).toBe(true)
      },
    },
    {
      title: 'a full mailbox is not dead',
      provider: { at: 'recipient', code: 452, words: '4.2.2 Mailbox full' },
      expected: { is: 'refused', why: 'provider_down' },
      async after() {
        expect(await isDead(contact)).toBe(false)
      },
    },
    {
      title: 'greylisted: later',
      provider: { at: 'recipient', code: 450, words: '4.7.1 Greylisted' },
      expected: { is: 'refused', why: 'slow_down' },
    },
    {
      title: 'our password is refused: a person has to renew it',
      provider: { at: 'login', code: 535, words: '5.7.8 Bad credentials' },
      expected: { is: 'refused', why: 'not_signed_in' },
    },
    {
      title: 'too large',
      provider: { at: 'data', code: 552, words: '5.3.4 Too big' },
      expected: { is: 'refused', why: 'message_too_large' },
    },
    {
      title: 'taken for spam',
      provider: { at: 'data', code: 554, words: '5.7.1 Refused by policy' },
      expected: { is: 'refused', why: 'message_refused' },
    },
    {
      title: 'the server shuts down',
      provider: 'hang_up',
      expected: { is: 'refused', why: 'slow_down' },
    },
  ],
})

test('an unreachable server is no line', async () => {
  const nobody = account(1)
  const piece = {
    key: 'k',
    householdId: home,
    addresses: [{ id: 'a', value: address, contact: newId() }],
    link: 'http://loa.test/',
  }
  const { testOutgoing } = await import('../run-cases.ts')
  expect(await email.handOver(app, testOutgoing(), piece, nobody)).toEqual({ is: 'refused', why: 'no_line' })
})

test('opening the link to stop changes nothing; pressing its button stops what is optional in each home with that address, and there is a way back', async () => {
  await sql`update loa.contact set ended_at = ${new Date()} where commune_id = ${tenant}`
  const mine = await contactOf(home)
  await contactOf(neighbour)
  const path = `/u/${stopToken(app, { tenant, contactId: mine })}`
  const page = await process.hono.request(path)
  expect(page.status).toBe(200)
  expect([...(await found(true)).values()].every(one => 'addresses' in one)).toBe(true)
  for (let n = 0; n < 2; n++)
    expect((await process.hono.request(path, { method: 'POST', body: 'List-Unsubscribe=One-Click' })).status).toBe(200)
  expect([...(await found(true)).values()]).toEqual([{ optedOut: true }, { optedOut: true }])
  expect([...(await found()).values()].every(one => 'addresses' in one)).toBe(true)
  // Each home's word, and its address's: a repeat writes nothing.
  const said = await sql`
    select distinct household_id, contact_id from loa.consent where commune_id = ${tenant} and said = 'stop'`
  const [{ n } = { n: 0 }] = await sql<{ n: number }[]>`
    select count(*)::int as n from loa.consent where commune_id = ${tenant} and said = 'stop'`
  expect([said.length, n]).toEqual([4, 4])
  const stopped = await process.hono.request(path, { method: 'POST' })
  expect(await stopped.text()).toContain(`action="${path}/again"`)
  expect((await process.hono.request(`${path}/again`)).status).toBe(404)
  expect((await process.hono.request(`${path}/again`, { method: 'POST' })).status).toBe(200)
  expect([...(await found(true)).values()].every(one => 'addresses' in one)).toBe(true)
})

test('a forged link to stop is nothing at all', async () => {
  const id = await contactOf(home, 'khac@thu.example')
  const token = stopToken(app, { tenant, contactId: id })
  for (const bad of [`${token.slice(0, -4)}AAAA`, token.replace('.', ''), 'x', `${token}x`])
    expect((await process.hono.request(`/u/${bad}`, { method: 'POST' })).status).toBe(404)
})

test('a letter that comes back ends its address; a stranger’s report changes nothing', async () => {
  const token = await commune.staff('commune_officer')
  const settings = { host: '127.0.0.1', port: 25, security: 'none', from: 'a@b.example', fromName: 'Xã', perSecond: 5 }
  const made = await ask('POST', 'channel-accounts', { token, body: { adapter: 'smtp', name: 'Thư', settings } })
  expect(made.status).toBe(201)
  const hook = new URL((made.body as { hook: string }).hook).pathname
  const gone = await contactOf(neighbour, 'gone@thu.example')
  const report = (mark: string, status: string, action = 'failed') =>
    `To: tra+${mark}@sondong.example\r\nContent-Type: multipart/report\r\n\r\nFinal-Recipient: rfc822; gone@thu.example\r\nAction: ${action}\r\nStatus: ${status}\r\n`
  const post = (body: string, path = hook) => process.hono.request(path, { method: 'POST', body })
  const mark = bounceMark(app, { tenant, contactId: gone })
  expect(
    await (
      await post(
        report(
          mark.replace(/.$/, c => (c === '0' ? '1' : '0')),
          '5.1.1',
        ),
      )
    ).text(),
  ).toBe('not_ours')
  expect(await (await post(report(mark, '4.2.2', 'delayed'))).text()).toBe('kept')
  expect(await (await post(report(mark, '5.2.2'))).text()).toBe('kept')
  expect(await isDead(gone)).toBe(false)
  expect((await post(report(mark, '5.1.1'), hook.replace(/.{4}$/, 'AAAA'))).status).toBe(404)
  expect(await (await post(report(mark, '5.1.1'))).text()).toBe('buried')
  expect(await isDead(gone)).toBe(true)
  expect((await post('x'.repeat(300_000))).status).toBe(413)
  expect(hookAddress(app, tenant, newId())).not.toContain('mat-khau')
})
