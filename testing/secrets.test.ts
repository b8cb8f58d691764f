// Whatever may open a door is marked and looked for: in answers, logs, the trail and the rows, after all that can be done with an account went well and badly.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids'
import { contactDigest } from '#people'
import { modules } from '../app.ts'
import { testApp } from './app.ts'
import { testCommune } from './commune.ts'
import { tablesOfCommunes } from './tables.ts'

const { app, ask, settle } = await testApp({ isDemo: true })
const { sql } = app

/** Every line, at the finest level, nothing cut out. */
const lines: string[] = []
const into = new Writable({
  write(line: Buffer, _, done) {
    lines.push(line.toString('utf8'))
    done()
  },
})
Object.assign(app, { log: pino({ level: 'trace' }, into) })

/** A provider that refuses and says back all that it was told, as some do. */
const echo = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const told = `${request.url} ${JSON.stringify(request.headers)} ${Buffer.concat(parts).toString('utf8')}`
    response
      .writeHead(500, { 'content-type': 'text/plain', 'x-told': encodeURIComponent(told).slice(0, 4000) })
      .end(told)
  })
})
beforeAll(() => new Promise<void>(done => echo.listen(0, '127.0.0.1', done)))
afterAll(() => {
  echo.closeAllConnections()
  echo.close()
})

interface Field {
  name: string
  type: string
  options: string[]
  initial: string | number | boolean | null
  min: number | null
}
interface Adapter {
  kind: string
  name: string
  fields: Field[]
}
/** What lets us speak to this machine without encryption. */
const open: ReadonlySet<string> = new Set(['none', 'plain', 'http'])
const marks: string[] = []

function markOf(adapter: string, name: string) {
  const mark = `BiMat-${adapter}-${name}-7f3a91`
  marks.push(mark)
  return mark
}

function filled(
  adapter: string,
  port: number,
  { name, type, options, min, initial }: Field,
): string | number | boolean {
  switch (type) {
    case 'secret':
      return markOf(adapter, name)
    case 'host':
      return '127.0.0.1'
    case 'email':
      return 'xa@son.example'
    case 'whole':
      return name.toLowerCase().includes('port') ? port : Number(initial ?? min ?? 1)
    case 'flag':
      return true
    case 'choice':
      return options.find(option => open.has(option)) ?? options[0]!
    default:
      return typeof initial === 'string' ? initial : 'xa'
  }
}

const answers: string[] = []
async function said(...asked: Parameters<typeof ask>) {
  const answer = await ask(...asked)
  answers.push(answer.text)
  return answer
}

/** The half of the push key that never leaves the server. */
async function vapidKey() {
  const [row] = await sql<{ value: { sealed: string } }[]>`select value from loa.setting where key = 'webpush.vapid'`
  return app.keys.unseal('vapid', row!.value.sealed)
}

const testAddresses = { email: 'toi@thu.example', sms: '0912345678', call: '0912345678' } as Record<string, string>

/** All that an officer can do with an account, and what a provider may call it with: rightly and wrongly. */
async function walk(token: string, { kind, name, fields }: Adapter) {
  // Who speaks another language than HTTP finds nobody at home: it would wait for a greeting.
  const speaksHttp = fields.some(field => field.options.includes('http') || field.name === 'baseUrl')
  const port = speaksHttp ? (echo.address() as AddressInfo).port : 1
  const typed = fields.map(field => [field, filled(name, port, field)] as const)
  const pick = (isSecret: boolean) =>
    Object.fromEntries(
      typed.flatMap(([field, value]) => ((field.type === 'secret') === isSecret ? [[field.name, value]] : [])),
    )
  const body = { adapter: name, name: `Tài khoản ${name}`, settings: pick(false), secrets: pick(true) }
  await said('POST', 'channel-accounts', { token, body: { ...body, settings: {} } })
  await said('POST', 'channel-accounts', {
    token,
    body: { ...body, secrets: { ...body.secrets, unknown: marks.at(-1)! } },
  })
  await said('POST', 'channel-accounts', {
    token,
    body: { ...body, settings: { ...body.settings, host: 'example.org' } },
  })
  await said('POST', 'channel-accounts', { token, body: JSON.stringify(body).slice(0, -1) })
  const made = await said('POST', 'channel-accounts', { token, body })
  expect(made.status, `${name}: ${made.text}`).toBe(201)
  const { id, version, hook } = JSON.parse(made.text) as { id: string; version: number; hook: string | null }
  const at = `channel-accounts/${id}`
  await said('POST', `${at}/test`, { token, body: { to: 'đây không phải địa chỉ' } })
  await said('POST', `${at}/test`, { token, body: { to: testAddresses[kind] ?? '123456789' } })
  await said('PATCH', at, { token, body: { version, name: 'Tên khác' } })
  await said('PATCH', at, { token, body: { version, settings: body.settings, secrets: body.secrets } })
  await said('PUT', 'channel-accounts/order', { token, body: { kind, accountIds: [id] } })
  await said('GET', 'channel-accounts', { token })
  const granted = { code: markOf(name, 'code') }
  await said('POST', `${at}/grant` as never, { token, body: { granted } })
  const tokens = { accessToken: markOf(name, 'accessToken'), refreshToken: markOf(name, 'refreshToken') }
  await said('POST', `${at}/grant` as never, { token, body: { granted: tokens } })
  if (!hook) return
  const { pathname } = new URL(hook)
  marks.push(pathname.split('/').at(-1)!)
  const secret = Object.values(body.secrets)[0] as string
  for (const headers of [
    {},
    { authorization: `Bearer ${secret}`, 'x-hub-signature-256': secret, 'x-zevent-signature': secret },
  ])
    for (const told of ['{"a":1}', '{', `{"secret":"${secret}"}`])
      answers.push((await ask('POST', pathname, { body: told, headers })).text)
  answers.push((await ask('GET', `${pathname}?secret=${secret}&hub.verify_token=sai`, {})).text)
  answers.push((await ask('GET', `${pathname}x`, {})).text)
}

test('no secret is said again: in no answer, no line of the log, no entry of the trail and no row', async () => {
  const commune = await testCommune(sql, [2])
  const token = await commune.staff('commune_officer')
  const { items: adapters } = JSON.parse((await said('GET', 'channel-adapters', { token })).text) as {
    items: Adapter[]
  }
  for (const adapter of adapters) await walk(token, adapter)
  const [home] = commune.villages[0]!.homes
  for (const [kind, value] of [
    ['phone', '+84912345678'],
    ['email', 'nha@thu.example'],
  ] as const)
    await sql`
      insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
      values (${commune.tenant}, ${newId()}, ${home!}, ${kind}, ${value}, ${contactDigest(kind, value)}, true, ${new Date()})`
  const steps = [{ act: 'Lên nhà văn hóa' }]
  const notice = {
    title: 'Nước lên',
    body: 'Lên chỗ cao.',
    class: 'emergency',
    steps,
    audience: { units: [commune.villages[0]!.id] },
  }
  await said('POST', 'notices/preview/ways', { token, body: notice })
  const kept = await said('POST', 'notices', { token, body: notice })
  const { id } = JSON.parse(kept.text) as { id: string }
  await said('POST', `notices/${id}/publish`, { token, body: {} })
  await sql`update loa.ladder_step set due_at = ${new Date()} where commune_id = ${commune.tenant} and channel <> 'door'`
  await settle()
  for (const operation of modules.flatMap(module => Object.values(module.contract ?? {})))
    if (operation.method === 'GET' && !operation.path.includes(':') && operation.media === undefined)
      await said('GET', operation.path.slice(1), { token })
  const accounts = JSON.parse((await ask('GET', 'channel-accounts', { token })).text) as { items: { id: string }[] }
  for (const account of accounts.items) await said('DELETE', `channel-accounts/${account.id}`, { token })

  const rows: string[] = []
  for (const table of await tablesOfCommunes())
    rows.push(JSON.stringify(await sql`select * from ${sql(`loa.${table}`)}`))
  const hooks = new Set(marks.filter(mark => !mark.startsWith('BiMat')))
  const secrets = [...marks, await vapidKey(), token]
  expect(marks.length).toBeGreaterThan(adapters.length)
  // What is looked through is there: refusals were logged, and answers name the accounts.
  expect(lines.join('')).toContain('refused')
  for (const { name } of adapters) expect(answers.join('')).toContain(`Tài khoản ${name}`)
  const found = (where: string, texts: readonly string[], of: readonly string[]) =>
    of.filter(secret => texts.some(text => text.includes(secret))).map(secret => `${secret} in ${where}`)
  // Where a provider calls back is shown to the officer who has to enter it there, and to nobody else.
  expect([
    ...found(
      'answers',
      answers,
      secrets.filter(secret => !hooks.has(secret)),
    ),
    ...found('the log', lines, secrets),
    ...found('rows', rows, secrets),
  ]).toEqual([])
})
