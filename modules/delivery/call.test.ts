// A commune whose homes are called: who answers, who hangs up, which keys are pressed, and what the ladder does with the rest.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { startVoiceProvider, stepsOf, voiceAccount, type Ending } from '#channels/voice-simulator'
import { send, type Message } from '#delivery'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { lookAgain } from '#testing/later'
import { testCommune, type TestCommune } from '#testing/commune'
import { testMessage } from '#testing/message'

const { app, ask, settle } = await testApp({ isDemo: true })
const { sql } = app
await settle()
const provider = await startVoiceProvider()
afterAll(() => provider.stop())
beforeEach(() => {
  provider.answerWith('take')
  provider.forget()
})

const callOnly = [
  { channel: 'call', after: 0 },
  { channel: 'door', after: 240 },
]

async function communeWith(homes: number) {
  const c = await testCommune(sql, [homes])
  const token = await c.staff('commune_officer')
  const { adapter, settings, secrets } = voiceAccount(provider.port)
  const body = { adapter, name: 'Tổng đài', settings: { ...settings, perSecond: 500 }, secrets }
  const made = await ask('POST', 'channel-accounts', { token, body })
  const { hook } = made.body as { hook: string }
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: callOnly, priority: callOnly, emergency: callOnly })})`
  return { c, token, homes: c.villages[0]!.homes, hook: new URL(hook).pathname }
}
const numberOf = (n: number) => `+8491355${String(n).padStart(4, '0')}`
async function giveNumber(c: TestCommune, household: string, value: string) {
  await sql`
    insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
    values (${c.tenant}, ${newId()}, ${household}, 'phone', ${value}, ${contactDigest('phone', value)}, true, ${new Date()})`
}
// Emergencies: the tests run at any hour.
async function sent(c: TestCommune, changes: Partial<Message> = {}) {
  const message = testMessage(c.tenant, [c.unit], { class: 'emergency', isApproved: true, ...changes })
  const { publishedId } = await inTransaction(sql, tx => send(app, tx, message))
  await settle()
  await lookAgain({ app, settle }, c.tenant)
  return publishedId
}
async function stateOf(c: TestCommune, publishedId: string, household: string) {
  const [row] = await sql<{ state: string; reason: string | null }[]>`
    select state, reason from loa.delivery where commune_id = ${c.tenant} and published_id = ${publishedId}
      and household_id = ${household} and channel = 'call'`
  return row && (row.reason ? `${row.state} ${row.reason}` : row.state)
}
async function levelOf(c: TestCommune, publishedId: string, household: string) {
  const [row] = await sql<{ level: number; channel: string | null }[]>`
    select level, channel from loa.reach_home where commune_id = ${c.tenant} and published_id = ${publishedId} and household_id = ${household}`
  return row?.level ?? 0
}
/** Tells all steps of a call, each so often, in the order wished. */
async function tell(n: number, ending: Ending, { times = 1, isBackwards = false } = {}) {
  const one = provider.calls()[n]!
  const steps = stepsOf(one, ending)
  const hook = new URL(one.hook!)
  for (const step of isBackwards ? steps.toReversed() : steps)
    for (let again = 0; again < times; again++) {
      const body = JSON.stringify(step)
      const said = await ask('POST', `${hook.pathname}${hook.search}` as '/hooks', { body: JSON.parse(body) as object })
      expect(said.status).toBe(200)
    }
}

test('whoever hears a call to the end has it; the call and its price are counted', async () => {
  const { c, homes } = await communeWith(2)
  await giveNumber(c, homes[0]!, numberOf(1))
  const publishedId = await sent(c)
  expect(provider.calls().map(one => one.phone)).toEqual(['84913550001'])
  expect(provider.calls()[0]!.text).toMatch(/^Alô, .* xin báo tin khẩn cấp\. Dịch tả lợn Châu Phi\./)
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(1)
  await tell(0, { is: 'answers', share: 1 })
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(3)
  const [row] =
    await sql`select dong from loa.publication_spent where commune_id = ${c.tenant} and published_id = ${publishedId}`
  expect(Number(row!['dong'])).toBe(800)
})

test('called back late, twice and in the wrong order, it is told once', async () => {
  const { c, homes } = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(2))
  const publishedId = await sent(c)
  await tell(0, { is: 'answers', share: 1, keys: '1' }, { times: 3, isBackwards: true })
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(5)
  const rows = await sql<{ level: number }[]>`
    select level from loa.receipt where commune_id = ${c.tenant} and published_id = ${publishedId} and level >= 3 order by level`
  expect(rows.map(row => row.level)).toEqual([5])
})

test('nobody answers, it is busy, somebody hangs up: none of them has it, each is said in words, and a later success mends it', async () => {
  const { c, homes } = await communeWith(3)
  for (const [n, home] of homes.entries()) await giveNumber(c, home, numberOf(10 + n))
  const publishedId = await sent(c)
  const endings: Ending[] = [{ is: 'no_answer' }, { is: 'busy' }, { is: 'answers', share: 0.5 }]
  const byPhone = provider.calls().map(one => Number(one.phone.slice(-4)) - 10)
  for (const [n, home] of byPhone.entries()) await tell(n, endings[home]!)
  // Another number of the home would be called now; there is none.
  await settle()
  expect(await stateOf(c, publishedId, homes[0]!)).toBe('failed not_answered')
  expect(await stateOf(c, publishedId, homes[1]!)).toBe('failed not_answered')
  expect(await stateOf(c, publishedId, homes[2]!)).toBe('failed hung_up')
  for (const home of homes) expect(await levelOf(c, publishedId, home)).toBe(1)
  const [door] = await sql`
    select state from loa.ladder_step where commune_id = ${c.tenant} and published_id = ${publishedId} and channel = 'door'`
  expect(door!['state']).toBe('waiting')
  await tell(byPhone.indexOf(2), { is: 'answers', share: 1 })
  expect(await levelOf(c, publishedId, homes[2]!)).toBe(3)
})

test('key 1 is “Đã rõ”; key 3 is a question of the home, once', async () => {
  const { c, token, homes } = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(20))
  const made = await ask('POST', 'notices', {
    token,
    body: {
      title: 'Lũ về',
      body: 'Ra khỏi nhà ven suối.',
      class: 'emergency',
      steps: ['Lên nhà văn hóa'],
      audience: { units: [c.villages[0]!.id] },
    },
  })
  const noticeId = made.body.id
  await ask('POST', `notices/${noticeId}/publish`, { token })
  await settle()
  await lookAgain({ app, settle }, c.tenant)
  await tell(0, { is: 'answers', share: 1, keys: '13' }, { times: 2 })
  await settle()
  const reach = await ask('GET', `notices/${noticeId}/reach`, { token })
  expect(reach.body).toMatchObject({ levels: { acknowledged: 1 } })
  const questions = (await ask('GET', `questions?noticeId=${noticeId}`, { token })).body.items
  expect(questions.map(one => one.words)).toEqual(['Muốn gặp trưởng thôn'])
})

test('one number that several homes name is called once; all have heard it, and key 1 speaks for none of them', async () => {
  const { c, homes } = await communeWith(3)
  for (const home of homes) await giveNumber(c, home, numberOf(30))
  const publishedId = await sent(c)
  expect(provider.calls().length).toBe(1)
  await tell(0, { is: 'answers', share: 1, keys: '1' })
  for (const home of homes) expect(await levelOf(c, publishedId, home)).toBe(3)
})

test('an account of another commune, a wrong secret and a call that is not ours change nothing', async () => {
  const { c, homes, hook } = await communeWith(1)
  const other = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(40))
  const publishedId = await sent(c)
  const body = stepsOf(provider.calls()[0]!, { is: 'answers', share: 1, keys: '1' }).at(-1)!
  expect((await ask('POST', other.hook as '/hooks', { body })).status).toBe(200)
  expect((await ask('POST', `${hook.slice(0, -4)}AAAA` as '/hooks', { body })).status).toBe(404)
  await ask('POST', hook as '/hooks', { body: { ...body, id: 'C0' } })
  await settle()
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(1)
})

test('while the provider is down nobody is called and nothing is lost', async () => {
  const { c, homes } = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(50))
  provider.answerWith({ status: 503 })
  const publishedId = await sent(c)
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(0)
  expect(await stateOf(c, publishedId, homes[0]!)).not.toMatch(/^failed|handed_over/)
})

test('a normal notice waits for the morning: at night nobody is called', async () => {
  const { c, homes } = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(60))
  const minutes = Math.floor(((Date.now() + 7 * 3_600_000) % 86_400_000) / 60_000)
  const isNight = minutes >= 21 * 60 || minutes < 7 * 60
  await sent(c, { class: 'normal', ask: 'acknowledged' })
  expect(provider.calls().length).toBe(isNight ? 0 : 1)
})
