// Whoever said no is not asked again, by whatever channel: held against every channel that is registered.
import { afterEach, expect, test } from 'vitest'
import { newId } from '#core/ids'
import type { AddressKind } from '#channels'
import { contactDigest, sayOptionalAt, sayOptionalBy } from '#people'
import { shipped } from '../modules/channels/module.ts'
import { newPhoneKeys } from '../modules/channels/webpush/phone.ts'
import { testApp } from './app.ts'
import { addHome, testCommune } from './commune.ts'

const { app, ask } = await testApp({ isDemo: true })
const { sql } = app
const commune = await testCommune(sql, [2])
const { tenant } = commune
const [home, other] = commune.villages[0]!.homes as [string, string]

type ContactKind = Exclude<AddressKind, 'device'>
const channels = shipped.flatMap(channel =>
  channel.declares.address === 'device' ? [] : [{ channel, kind: channel.kind, address: channel.declares.address }],
)
const values: Record<ContactKind, string> = {
  phone: '+84912345678',
  email: 'nha@thu.example',
  zalo: '4567890123456789012',
  facebook: '7890123456789012345',
  telegram: '5123456789',
}
let at = Date.now() - 1_000_000
const later = () => new Date((at += 1000))

afterEach(async () => {
  await sql`delete from loa.consent where commune_id = ${tenant}`
  await sql`delete from loa.contact where commune_id = ${tenant}`
  await sql`delete from loa.push_subscription where commune_id = ${tenant}`
  await sql`delete from loa.person where commune_id = ${tenant} and name not like 'Lý Văn Số%'`
})

async function contactOf(
  kind: ContactKind,
  { person = null as string | null, household = home, value = values[kind] } = {},
) {
  const id = newId()
  await sql`
    insert into loa.contact (commune_id, id, household_id, person_id, kind, value, digest, is_demo, added_at)
    values (${tenant}, ${id}, ${household}, ${person}, ${kind}, ${value}, ${contactDigest(kind, value)}, true, ${later()})`
  return id
}
async function says(contact: string, purpose: string, said: 'yes' | 'no' | 'stop') {
  await sql`
    insert into loa.consent (commune_id, id, household_id, contact_id, purpose, basis, said, how, wording, at)
    values (${tenant}, ${newId()}, ${home}, ${contact}, ${purpose}, 'consent', ${said}, 'spoken', '', ${later()})`
}

type About = { class: 'normal' | 'priority' | 'emergency'; isOptional: boolean; isPrivate: boolean }
const must: About = { class: 'normal', isOptional: false, isPrivate: false }
const optional: About = { ...must, isOptional: true }
const emergency: About = { ...must, class: 'emergency' }

async function isFound(channel: (typeof channels)[number]['channel'], about: About, household = home) {
  const found = (await channel.find(app, tenant, [household], about)).get(household)
  return Boolean(found && 'addresses' in found && found.addresses.length)
}
const foundFor = (channel: (typeof channels)[number]['channel']) =>
  Promise.all([must, optional, emergency].map(about => isFound(channel, about)))

test('each kind of contact has a channel that is looked at here', () => {
  expect(channels.map(one => one.address)).toEqual(expect.arrayContaining(['phone', 'email', 'zalo']))
})

test.each(channels)('by $kind: what a person said last of a purpose holds', async ({ channel, address }) => {
  const contact = await contactOf(address)
  expect(await foundFor(channel)).toEqual([true, true, true])
  await says(contact, 'optional_topics', 'stop')
  expect(await foundFor(channel)).toEqual([true, false, true])
  await says(contact, 'optional_topics', 'yes')
  expect(await foundFor(channel)).toEqual([true, true, true])
  await says(contact, 'village_notices', 'no')
  expect(await foundFor(channel)).toEqual([false, false, true])
  await says(contact, 'village_notices', 'yes')
  expect(await foundFor(channel)).toEqual([true, true, true])
})

test.each(channels)(
  'by $kind: a contact that ended, died or is a child’s is never asked, not even in an emergency',
  async ({ channel, address }) => {
    const child = newId()
    const dead = newId()
    for (const [id, born, died] of [
      [child, new Date().getFullYear() - 10, null],
      [dead, 1950, '2026-01-01'],
    ] as const)
      await sql`
      insert into loa.person (commune_id, id, household_id, name, folded, given, birth_year, died_on)
      values (${tenant}, ${id}, ${home}, 'Nguyễn Văn Thử', 'nguyen van thu', 'thu', ${born}, ${died})`
    await contactOf(address, { person: child })
    await contactOf(address, { person: dead })
    const ended = await contactOf(address)
    await sql`update loa.contact set ended_at = ${later()} where commune_id = ${tenant} and id = ${ended}`
    const out = await contactOf(address)
    await sql`update loa.contact set dead_at = ${later()} where commune_id = ${tenant} and id = ${out}`
    expect(await foundFor(channel)).toEqual([false, false, false])
  },
)

/** Every way, the phones that joined by themselves too. */
const ways = shipped.map(channel => ({ channel, kind: channel.kind, address: channel.declares.address }))
type Way = (typeof ways)[number]
const contacts = [...new Set(channels.map(one => one.address))]
const pairs = contacts.flatMap(heard => ways.map(way => ({ heard, ...way })))

let phones = 0
async function join(address: AddressKind, whose: Parameters<typeof contactOf>[1] = {}) {
  if (address !== 'device') return contactOf(address, whose)
  const body = { endpoint: `http://127.0.0.1:4140/${(phones += 1)}`, keys: newPhoneKeys().keys }
  const joined = await ask('POST', 'devices', { token: await commune.resident(whose.household ?? home), body })
  return joined.body.id
}
const saysAt = (kind: ContactKind, said: 'stop' | 'yes', value = values[kind]) =>
  sql.begin(tx => sayOptionalAt(tx, tenant, contactDigest(kind, value), { said, how: kind }))
const mine = async ({ channel }: Way, about: About) => {
  const where = (await channel.find(app, tenant, [home], about)).get(home)
  return where && 'addresses' in where ? where.addresses.map(one => one.contact ?? 'a phone') : []
}
async function adult(name: string, household = home) {
  const id = newId()
  await sql`
    insert into loa.person (commune_id, id, household_id, name, folded, given, birth_year)
    values (${tenant}, ${id}, ${household}, ${name}, 'thu', 'thu', 1980)`
  return id
}

test.each(pairs)(
  'HỦY by $heard ends what is optional by $kind too, at once and in each home that names it, and NHẬN LẠI takes it back',
  async ({ heard, channel, address }) => {
    const said = await contactOf(heard)
    if (heard !== address) await join(address)
    await contactOf(heard, { household: other })
    if (heard !== address) await join(address, { household: other })
    await saysAt(heard, 'stop')
    expect(await foundFor(channel)).toEqual([true, false, true])
    expect(await isFound(channel, optional, other)).toBe(false)
    // A second HỦY, by its link this time, changes nothing.
    expect(await sayOptionalBy(sql, tenant, said, { said: 'stop', how: 'link' })).toBe(true)
    expect(await foundFor(channel)).toEqual([true, false, true])
    await saysAt(heard, 'yes')
    expect(await foundFor(channel)).toEqual([true, true, true])
    expect(await isFound(channel, optional, other)).toBe(true)
    const ledger =
      await sql`select said, how, wording from loa.consent where commune_id = ${tenant} and household_id = ${home}`
    expect(new Set(ledger.map(row => `${row['said']} ${row['how']}`))).toEqual(
      new Set([`stop ${heard}`, `yes ${heard}`]),
    )
    expect(ledger.every(row => row['wording'])).toBe(true)
  },
)

test.each(pairs)(
  'what the home links by $kind after HỦY by $heard is silent, too',
  async ({ heard, channel, address }) => {
    await contactOf(heard)
    await saysAt(heard, 'stop')
    await sql`update loa.contact set ended_at = ${later()} where commune_id = ${tenant}`
    await join(address)
    expect(await foundFor(channel)).toEqual([true, false, true])
    await saysAt(heard, 'yes')
    expect(await isFound(channel, optional)).toBe(address === heard)
    await ask('POST', 'home/optional-topics', { token: await commune.resident(home) })
    expect(await foundFor(channel)).toEqual([true, true, true])
  },
)

test.each(ways)(
  'one of the home says HỦY for himself: by $kind it ends for him and for what bears no name, another’s own number goes on',
  async way => {
    const [he, she] = [await adult('Hà Văn Thử'), await adult('Lò Thị Thử')]
    const his = await contactOf('phone', { person: he, value: '+84912000001' })
    const hers = await contactOf('phone', { person: she, value: '+84912000002' })
    const isPhone = way.address === 'phone'
    if (!isPhone) await join(way.address)
    await saysAt('phone', 'stop', '+84912000001')
    expect(await mine(way, optional)).toEqual(isPhone ? [hers] : [])
    expect((await mine(way, must)).length).toBe(isPhone ? 2 : 1)
    // What is linked later bears no name either.
    if (isPhone) await contactOf('phone')
    expect(await mine(way, optional)).toEqual(isPhone ? [hers] : [])
    // Nobody takes back another’s no: she opens what is hers, the home what is its own, he what is his.
    await saysAt('phone', 'yes', '+84912000002')
    expect(await mine(way, optional)).toEqual(isPhone ? [hers] : [])
    await ask('POST', 'home/optional-topics', { token: await commune.resident(home) })
    expect((await mine(way, optional)).length).toBe(isPhone ? 2 : 1)
    expect(await mine(way, optional)).not.toContain(his)
    await saysAt('phone', 'yes', '+84912000001')
    expect((await mine(way, optional)).length).toBe(isPhone ? 3 : 1)
  },
)

test.each(ways)('“Nhà tôi” stops all of the home by $kind, says so, and takes it back', async way => {
  const household = await addHome(sql, tenant, commune.villages[0]!.id, 1000 + ways.indexOf(way))
  const token = await commune.resident(household)
  await join(way.address, { household })
  if (way.address !== 'device')
    await contactOf(way.address, { household, person: await adult('Lò Thị Thử', household) })
  const seen = async () => [
    await Promise.all([must, optional, emergency].map(about => isFound(way.channel, about, household))),
    (await ask('GET', 'home', { token })).body.isOptionalStopped,
  ]
  expect(await seen()).toEqual([[true, true, true], false])
  expect((await ask('POST', 'home/requests', { token, body: { kind: 'stop' } })).status).toBe(201)
  expect(await seen()).toEqual([[true, false, true], true])
  expect((await ask('POST', 'home/optional-topics', { token })).body.isOptionalStopped).toBe(false)
  expect(await seen()).toEqual([[true, true, true], false])
})

test('who died or left does not keep the home’s phones silent; his own number is asked no more anyway', async () => {
  const push = ways.find(way => way.address === 'device')!
  const he = await adult('Hà Văn Thử')
  await contactOf('phone', { person: he })
  await join('device')
  await saysAt('phone', 'stop')
  expect(await isFound(push.channel, optional)).toBe(false)
  await sql`update loa.person set died_on = '2026-11-01' where commune_id = ${tenant} and id = ${he}`
  expect(await isFound(push.channel, optional)).toBe(true)
})

test('a reader’s phone brings an elder nothing optional after either of them said HỦY', async () => {
  const push = ways.find(way => way.address === 'device')!
  const reader = newId()
  await sql`
    insert into loa.person (commune_id, id, household_id, name, folded, given, birth_year, is_head, reads_for)
    values (${tenant}, ${reader}, ${other}, 'Lò Thị Đọc', 'doc', 'doc', 1980, true, ${home})`
  await join('device', { household: other })
  await contactOf('phone', { household: other, person: reader, value: '+84912000001' })
  await contactOf('phone', { value: '+84912000002' })
  const both = async () => [await isFound(push.channel, optional), await isFound(push.channel, optional, other)]
  expect(await both()).toEqual([true, true])
  await saysAt('phone', 'stop', '+84912000002')
  expect(await both()).toEqual([false, true])
  await saysAt('phone', 'yes', '+84912000002')
  await saysAt('phone', 'stop', '+84912000001')
  expect(await both()).toEqual([false, false])
  expect([await isFound(push.channel, must), await isFound(push.channel, emergency)]).toEqual([true, true])
})
