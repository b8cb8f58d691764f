// Before a notice is sent, its writer sees how each way shows it, whom it finds and what it costs; then it is sent, and that is what it cost.
import { afterAll, expect, test } from 'vitest'
import { newId } from '#core/ids'
import { startSmsProvider } from '#channels/sms-simulator'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { esmsAccount } from '#testing/esms-account'
import { testCommune, type TestCommune } from '#testing/commune'

const { app, ask, settle } = await testApp({ isDemo: true })
const { sql } = app
const server = await startSmsProvider('esms')
afterAll(() => server.stop())

const { settings, secrets } = esmsAccount(server)

async function contactOf(c: TestCommune, household: string, kind: 'phone' | 'email', value: string) {
  const id = newId()
  await sql`
    insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
    values (${c.tenant}, ${id}, ${household}, ${kind}, ${value}, ${contactDigest(kind, value)}, true, ${new Date()})`
  return id
}

async function communeWith(homes: number) {
  const c = await testCommune(sql, [homes])
  await sql`update loa.household set phone_kind = 'none' where commune_id = ${c.tenant}`
  const token = await c.staff('commune_officer')
  const body = { adapter: 'esms', name: 'SMS của xã', settings, secrets }
  await ask('POST', 'channel-accounts', { token, body })
  return { c, token, homes: c.villages[0]!.homes }
}

const textOf = (c: TestCommune, changes: object = {}) => ({
  title: 'Khám tiểu đường miễn phí',
  body: 'Bà con từ 40 tuổi ra Trạm Y tế xã, 7 giờ sáng thứ Tư.',
  class: 'priority',
  audience: { units: [c.unit] },
  ...changes,
})

interface Way {
  channel: string
  homes: number
  addresses: number
  most: number
  likely: number
  past: object | null
  dong: { each: number; most: number; likely: number }
  shown: { text: string; parts: number | null; dong: number | null; other: { parts: number } | null } | null
}
interface Given {
  ways: Way[]
  doors: number
  group: { groups: number; text: string } | null
  money: { most: number; likely: number; left: number | null; isEnough: boolean; saved: number | null }
}
async function waysOf(token: string, body: object) {
  const said = await ask('POST', 'notices/preview/ways', { token, body })
  expect(said.status).toBe(200)
  return said.body as Given
}
const smsIn = ({ ways }: Given) => ways.find(way => way.channel === 'sms')!

test('a shared number is counted and paid once, a home without any way is at the door', async () => {
  const { c, token, homes } = await communeWith(4)
  await contactOf(c, homes[0]!, 'phone', '+84912000001')
  await contactOf(c, homes[1]!, 'phone', '+84912000002')
  await contactOf(c, homes[2]!, 'phone', '+84912000002')
  const said = await waysOf(token, textOf(c))
  const sms = smsIn(said)
  expect(sms).toMatchObject({ homes: 3, addresses: 2, most: 3, past: null })
  expect(sms.dong.most).toBe(2 * sms.dong.each)
  expect(sms.shown!.dong).toBe(sms.dong.each)
  expect(said.doors).toBe(1)
  expect(said.money.most).toBe(sms.dong.most)
})

test('what it cost is what was said at most', async () => {
  const { c, token, homes } = await communeWith(3)
  for (const [n, home] of homes.entries()) await contactOf(c, home, 'phone', `+8491200010${n}`)
  const { money } = await waysOf(token, textOf(c))
  const kept = await ask('POST', 'notices', { token, body: textOf(c) })
  const { id } = kept.body as { id: string }
  await ask('POST', `notices/${id}/publish`, { token, body: {} })
  await sql`update loa.ladder_step set due_at = ${new Date()} where commune_id = ${c.tenant} and channel = 'sms'`
  await settle()
  const [spent] = await sql<{ dong: number }[]>`
    select sum(dong)::float8 as dong from loa.publication_spent where commune_id = ${c.tenant}`
  expect(spent!.dong).toBeGreaterThan(0)
  expect(spent!.dong).toBeLessThanOrEqual(money.most)
})

test('who said no, a child’s number and one that is out of use are not counted', async () => {
  const { c, token, homes } = await communeWith(4)
  await contactOf(c, homes[0]!, 'phone', '+84912000301')
  const dead = await contactOf(c, homes[1]!, 'phone', '+84912000302')
  const refused = await contactOf(c, homes[2]!, 'phone', '+84912000303')
  await sql`update loa.contact set dead_at = ${new Date()} where commune_id = ${c.tenant} and id = ${dead}`
  await sql`
    insert into loa.consent (commune_id, id, household_id, contact_id, purpose, basis, said, how, wording, at)
    values (${c.tenant}, ${newId()}, ${homes[2]!}, ${refused}, 'village_notices', 'consent', 'no', 'paper', '', ${new Date()})`
  expect(smsIn(await waysOf(token, textOf(c))).homes).toBe(1)
  const emergency = textOf(c, { class: 'emergency', steps: [{ act: 'Lên chỗ cao' }] })
  expect(smsIn(await waysOf(token, emergency)).homes).toBe(2)
})

test('a budget that is too small is said before anything goes out', async () => {
  const { c, token, homes } = await communeWith(2)
  for (const [n, home] of homes.entries()) await contactOf(c, home, 'phone', `+8491200040${n}`)
  await ask('PUT', 'channel-budget', { token, body: { dong: 700, version: 0 } })
  const { money } = await waysOf(token, textOf(c))
  expect(money).toMatchObject({ left: 700, isEnough: false })
})

test('what the last messages reached by themselves is not counted as likely', async () => {
  const { c, token, homes } = await communeWith(20)
  const at = new Date(Date.now() - 7 * 86_400_000)
  for (const [n, home] of homes.entries()) {
    await contactOf(c, home, 'phone', `+849121${String(n).padStart(5, '0')}`)
    await contactOf(c, home, 'email', `nha${n}@thu.example`)
  }
  await ask('POST', 'channel-accounts', {
    token,
    body: {
      adapter: 'smtp',
      name: 'Thư',
      settings: {
        host: '127.0.0.1',
        port: 25,
        security: 'none',
        from: 'xa@son.example',
        fromName: 'Xã',
        perSecond: 10,
      },
    },
  })
  const blind = smsIn(await waysOf(token, textOf(c)))
  expect(blind).toMatchObject({ most: 20, likely: 20, past: null })
  const kept = await ask('POST', 'notices', { token, body: textOf(c) })
  await ask('POST', `notices/${(kept.body as { id: string }).id}/publish`, { token, body: {} })
  await sql`update loa.publication set published_at = ${at} where commune_id = ${c.tenant}`
  await sql`update loa.reach_unit set visible_at = ${at} where commune_id = ${c.tenant}`
  const [{ published_id: published } = { published_id: '' }] = await sql<{ published_id: string }[]>`
    select published_id from loa.publication where commune_id = ${c.tenant}`
  for (const [n, home] of homes.entries()) {
    await sql`
      insert into loa.delivery (commune_id, published_id, household_id, channel, step, unit_id, state, is_emergency, due_at, changed_at)
      values (${c.tenant}, ${published}, ${home}, 'email', 9, ${c.villages[0]!.id}, 'handed_over', false, ${at}, ${at})`
    const reachedAt = new Date(at.getTime() + (n < 15 ? 30 : 300) * 60_000)
    await sql`
      insert into loa.reach_home (commune_id, published_id, household_id, level, is_reached, level_at, reached_at)
      values (${c.tenant}, ${published}, ${home}, 3, true, ${reachedAt}, ${reachedAt})
      on conflict (commune_id, published_id, household_id) do update set reached_at = excluded.reached_at`
  }
  const sms = smsIn(await waysOf(token, textOf(c)))
  expect(sms.past).toEqual({ messages: 1, homes: 20, reached: 15, minutes: 120 })
  expect(sms).toMatchObject({ most: 20, likely: 5 })
  const { money } = await waysOf(token, textOf(c))
  expect(money.saved).toBe(15 * sms.dong.each)
})

test('chat groups of the villages are shown what somebody would post, a private text has none', async () => {
  const { c, token } = await communeWith(1)
  await ask('POST', 'chats', {
    token,
    body: { platform: 'zalo', name: 'Nhóm thôn', unit: c.villages[0]!.id, link: '' },
  })
  const said = await waysOf(token, textOf(c))
  expect(said.group).toMatchObject({ groups: 1 })
  expect(said.group!.text).toContain('Khám tiểu đường')
  const kept = await waysOf(token, textOf(c, { audience: { units: [c.unit], attributes: { needs: ['hearing'] } } }))
  expect(kept.group).toBeNull()
})

test('an internal text goes to posts: there is nothing to show', async () => {
  const { c, token } = await communeWith(1)
  expect(await waysOf(token, textOf(c, { internal: true }))).toEqual({
    ways: [],
    group: null,
    doors: null,
    money: null,
  })
})
