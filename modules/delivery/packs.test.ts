import { expect, test } from 'vitest'
import { dayOf, endOfDay, now } from '#core/clock'
import { inTransaction } from '#core/db'
import { fieldWords, type Fields } from '#core/fields'
import { findPack, listPacks, readPack, setPack } from '#core/packs'
import { Problem } from '#core/problem'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { testMessage } from '#testing/message'
import { LadderShape } from './ladder-shape.ts'
import { send } from './send.ts'

const { app } = await testApp()
const { sql } = app
const day = 86_400_000
const today = dayOf(now())
const tomorrow = dayOf(endOfDay(today))
const rungs = (door: number) => [
  { channel: 'push', after: 0 },
  { channel: 'door', after: door, ifAsked: 'delivered' },
]
const ladder = (door: number) => ({ emergency: rungs(20), priority: rungs(door), normal: rungs(600) })
const said = (door: number) => ({
  basis: 'quyết định của xã',
  source: 'QĐ 12/QĐ-UBND ngày 20-11-2026',
  body: ladder(door),
})
const set = (tenant: number, from: string, door: number) =>
  inTransaction(sql, tx => setPack(tx, { tenant, kind: 'ladder', from, ...readPack(LadderShape, said(door)) }))
const refusalOf = (work: () => unknown) =>
  Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (error: Problem) => error,
    )

/** Minutes until the doors open. */
async function doorsAfter(tenant: number, publishedId: string) {
  const [row] = await sql<{ minutes: number }[]>`
    select extract(epoch from max(s.due_at - p.published_at))::int / 60 as minutes from loa.ladder_step s
    join loa.publication p on p.commune_id = s.commune_id and p.published_id = s.published_id
    where s.commune_id = ${tenant} and s.published_id = ${publishedId} and s.channel = 'door'`
  return row!.minutes
}
const sendAt = (c: { tenant: number; unit: string }, at: Date) =>
  inTransaction(sql, tx => send(app, tx, testMessage(c.tenant, [c.unit], { publishedAt: at })))

test('a commune’s own ladder holds from its day on; what was published before keeps its own, and no other commune feels it', async () => {
  const [c, other] = [await testCommune(sql, [2]), await testCommune(sql, [2])]
  const before = await sendAt(c, now())
  await set(c.tenant, tomorrow, 45)
  const still = await sendAt(c, now())
  const inTime = new Date(now().getTime() + day)
  const after = await sendAt(c, inTime)
  expect(await doorsAfter(c.tenant, after.publishedId)).toBe(45)
  for (const { publishedId } of [before, still]) expect(await doorsAfter(c.tenant, publishedId)).toBe(240)
  expect(await doorsAfter(other.tenant, (await sendAt(other, inTime)).publishedId)).toBe(240)
  expect(await findPack(sql, c.tenant, 'ladder', tomorrow)).toMatchObject({ isOwn: true, source: said(45).source })
  expect(await findPack(sql, c.tenant, 'ladder', today)).toMatchObject({ isOwn: false, basis: 'product, not law' })
})

test('a ladder that waits for its day may be set anew, one that has held never; each setting stands in the trail', async () => {
  const { tenant } = await testCommune(sql, [1])
  await set(tenant, tomorrow, 45)
  await set(tenant, tomorrow, 50)
  expect(await findPack(sql, tenant, 'ladder', tomorrow)).toMatchObject({ body: ladder(50) })
  await set(tenant, today, 60)
  expect(await refusalOf(() => set(tenant, today, 70))).toMatchObject({ code: 'pack_applied' })
  const yesterday = dayOf(new Date(now().getTime() - day))
  expect(await refusalOf(() => set(tenant, yesterday, 70))).toMatchObject({ code: 'pack_past' })
  expect(await findPack(sql, tenant, 'ladder', today)).toMatchObject({ body: ladder(60) })
  const own = (await listPacks(sql, tenant)).filter(pack => pack.isOwn)
  expect(own.map(pack => pack.from)).toEqual([today, tomorrow])
  const entries = await sql<{ data: { kind: string; from: string; digest: string } }[]>`
    select data from loa.trail where commune_id = ${tenant} and what = 'pack.set' order by id`
  expect(entries.map(entry => entry.data.from)).toEqual([tomorrow, tomorrow, today])
  expect(JSON.stringify(entries)).not.toContain('quyết định')
})

test('each wrong place of a ladder is named in Vietnamese and in English', async () => {
  const wrong = {
    basis: ' ',
    body: {
      emergency: [
        { channel: 'pigeon', after: 0 },
        { channel: ['push', 'dove'], after: 0 },
        { channel: ['push', 'door', 'push'], after: 0 },
        { channel: 'door', after: 'soon' },
      ],
      priority: [
        { channel: 'door', after: 9 },
        { channel: 'push', after: 0 },
      ],
      normal: [
        { channel: 'door', after: 9 },
        { channel: 'door', after: 1, hurry: true, ifAsked: 'maybe' },
      ],
      urgent: [],
    },
  }
  const problem = await refusalOf(() => readPack(LadderShape, wrong))
  expect(problem).toMatchObject({ code: 'pack_wrong' })
  const fields = problem!.data['fields'] as Fields
  expect(fieldWords('en', fields)).toEqual({
    basis: ['This is empty.'],
    source: ['This is missing.'],
    'body.emergency.0.channel': ['There is no channel of this name. Use one that is there, or door.'],
    'body.emergency.1.channel.1': ['There is no channel of this name. Use one that is there, or door.'],
    'body.emergency.2.channel': [
      'The door is a step of its own and stands with no other channel.',
      'A channel is named once in a step.',
    ],
    'body.emergency.3.after': ['Must be a number.'],
    'body.priority': [
      'The last step must be the door, so that no home is left out.',
      'The steps must stand in the order of their times (after rises).',
    ],
    'body.normal.1.ifAsked': [expect.stringContaining('"acknowledged"')],
    'body.normal.1.hurry': ['There is no entry of this name. Remove it or correct the name.'],
    'body.urgent': ['There is no entry of this name. Remove it or correct the name.'],
  })
  expect(Object.keys(fieldWords('vi', fields))).toEqual(Object.keys(fieldWords('en', fields)))
  expect(fieldWords('vi', fields)['source']).toEqual(['Ô này chưa ghi.'])
  expect(await refusalOf(() => readPack(LadderShape, 'a ladder'))).toMatchObject({ code: 'pack_wrong' })
})
