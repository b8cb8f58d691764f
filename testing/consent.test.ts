// Whoever said no is not asked again, by whatever channel: held against every channel that is registered.
import { afterEach, expect, test } from 'vitest'
import { newId } from '#core/ids'
import type { AddressKind } from '#channels'
import { contactDigest, stopOptional, stopOptionalAt } from '#people'
import { shipped } from '../modules/channels/module.ts'
import { testApp } from './app.ts'
import { testCommune } from './commune.ts'

const { app } = await testApp({ isDemo: true })
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
})

async function contactOf(kind: ContactKind, { person = null as string | null, household = home } = {}) {
  const id = newId()
  await sql`
    insert into loa.contact (commune_id, id, household_id, person_id, kind, value, digest, is_demo, added_at)
    values (${tenant}, ${id}, ${household}, ${person}, ${kind}, ${values[kind]}, ${contactDigest(kind, values[kind])}, true, ${later()})`
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

const pairs = [...new Set(channels.map(one => one.address))].flatMap(heard =>
  channels.map(one => ({ heard, channel: one.channel, kind: one.kind, address: one.address })),
)

test.each(pairs)(
  'HỦY by $heard ends what is optional by $kind too, at once and in each home that names it',
  async ({ heard, channel, address }) => {
    const said = await contactOf(heard)
    if (heard !== address) await contactOf(address)
    await contactOf(heard, { household: other })
    if (heard !== address) await contactOf(address, { household: other })
    await sql.begin(tx => stopOptionalAt(tx, tenant, contactDigest(heard, values[heard]), heard))
    expect(await foundFor(channel)).toEqual([true, false, true])
    expect(await isFound(channel, optional, other)).toBe(false)
    // A second HỦY, by its link this time, changes nothing.
    expect(await stopOptional(sql, tenant, said, 'link')).toBe(true)
    expect(await foundFor(channel)).toEqual([true, false, true])
  },
)
