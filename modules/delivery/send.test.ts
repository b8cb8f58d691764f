import { expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { writeLostHomes } from './write-homes.ts'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { testMessage } from '#testing/message'
import { changeWords, findPublication, newestRound, preview, send, showIn, withdraw, type Message } from '#delivery'

const { app, settle } = await testApp()
const { sql } = app
await settle()
const sent = (message: Message) => inTransaction(sql, tx => send(app, tx, message))
const villagesOf = (tenant: number, published: string) => sql<
  { unit_id: string; households: number; none: number; visible_at: Date | null }[]
>`
  select unit_id, households, none, visible_at from loa.reach_unit
  where commune_id = ${tenant} and published_id = ${published} order by unit_id`
const stepsOf = (tenant: number, published: string) => sql<
  { unit_id: string; step: number; channel: string; state: string }[]
>`
  select unit_id, step, channel, state from loa.ladder_step
  where commune_id = ${tenant} and published_id = ${published} order by unit_id, step`
const targetsOf = async (tenant: number, published: string) =>
  (
    await sql<{ target_id: string }[]>`
      select target_id from loa.audience where commune_id = ${tenant} and published_id = ${published} order by 1`
  ).map(row => row.target_id)

test('a notice to the commune counts every home in its village, and the ladder begins in each village that has homes', async () => {
  const c = await testCommune(sql, [3, 2, 0])
  const { publishedId, households } = await sent(testMessage(c.tenant, [c.unit]))
  expect(households).toBe(5)
  const rows = await villagesOf(c.tenant, publishedId)
  expect(rows.map(row => row.households)).toEqual([3, 2, 0])
  expect(rows.every(row => row.visible_at && row.none === row.households)).toBe(true)
  expect(await targetsOf(c.tenant, publishedId)).toEqual([c.unit])
  const steps = await stepsOf(c.tenant, publishedId)
  expect(steps.map(s => s.channel)).toEqual(['push', 'door', 'push', 'door'])
})

test('homes that move in later or that had left before do not count', async () => {
  const c = await testCommune(sql, [3, 2])
  const left = c.villages[0]!.homes[0]!
  await sql`update loa.household_stay set valid_to = '2026-01-01' where commune_id = ${c.tenant} and household_id = ${left}`
  const { households } = await sent(testMessage(c.tenant, [c.villages[0]!.id]))
  expect(households).toBe(2)
})

test('an audience without homes is refused', async () => {
  const c = await testCommune(sql, [0])
  await expect(sent(testMessage(c.tenant, [c.unit]))).rejects.toMatchObject({ code: 'audience_empty' })
  const narrow = testMessage(c.tenant, [c.unit], {
    audience: { units: [c.unit], groups: [], attributes: { needs: ['blind'] } },
  })
  await expect(sent(narrow)).rejects.toMatchObject({ code: 'audience_empty' })
})

test('behind a relay a village sees the notice, and its ladder begins, when its head passes it on', async () => {
  const c = await testCommune(sql, [3, 2])
  const { publishedId, households } = await sent(testMessage(c.tenant, [c.unit], { relay: 'village' }))
  expect(households).toBe(5)
  expect(await targetsOf(c.tenant, publishedId)).toEqual([])
  expect(await stepsOf(c.tenant, publishedId)).toEqual([])
  const at = new Date()
  const showing = {
    tenant: c.tenant,
    publishedId,
    unitIds: [c.villages[1]!.id],
    localWords: { words: 'Bà con lưu ý' },
    at,
  }
  expect(await inTransaction(sql, tx => showIn(app, tx, showing))).toEqual([c.villages[1]!.id])
  expect(await inTransaction(sql, tx => showIn(app, tx, showing))).toEqual([])
  expect(await targetsOf(c.tenant, publishedId)).toEqual([c.villages[1]!.id])
  expect((await stepsOf(c.tenant, publishedId)).map(s => s.unit_id)).toEqual([c.villages[1]!.id, c.villages[1]!.id])
})

test('an emergency waits for no relay', async () => {
  const c = await testCommune(sql, [1])
  const { publishedId } = await sent(testMessage(c.tenant, [c.unit], { relay: 'village', class: 'emergency' }))
  expect((await stepsOf(c.tenant, publishedId)).map(s => s.channel)).toEqual(['push', 'push', 'door'])
})

test('homes with an attribute are written by the job, one row a home, as of the publication', async () => {
  const c = await testCommune(sql, [3, 2])
  const [one] = c.villages[0]!.homes
  await sql`update loa.household set needs = '{blind}' where commune_id = ${c.tenant} and id = ${one!}`
  const audience = { units: [c.unit], groups: [], attributes: { needs: ['blind', 'deaf'] } }
  const { publishedId, households } = await sent(testMessage(c.tenant, [c.unit], { audience, isPrivate: true }))
  expect(households).toBeNull()
  await settle()
  expect((await findPublication(sql, c.tenant, publishedId))!.households).toBe(1)
  expect(await targetsOf(c.tenant, publishedId)).toEqual([one])
})

test('homes whose job was lost are written a minute later', async () => {
  const c = await testCommune(sql, [2])
  await sql`update loa.household set needs = '{blind}' where commune_id = ${c.tenant}`
  const audience = { units: [c.unit], groups: [], attributes: { needs: ['blind'] } }
  const publishedAt = new Date(Date.now() - 120_000)
  const { publishedId } = await sent(testMessage(c.tenant, [c.unit], { audience, isPrivate: true, publishedAt }))
  await writeLostHomes(app)
  expect((await findPublication(sql, c.tenant, publishedId))!.households).toBe(2)
})

test('a message that names nobody is refused, however it is marked', async () => {
  const c = await testCommune(sql, [2])
  await expect(sent(testMessage(c.tenant, [], { isPrivate: true }))).rejects.toMatchObject({ code: 'audience_empty' })
})

test('a group is written to through the homes of its members, branches included', async () => {
  const c = await testCommune(sql, [3, 2])
  const [group, branch] = [newId(), newId()]
  for (const [id, parent] of [
    [group, null],
    [branch, group],
  ] as const)
    await sql`
      insert into loa.group_of_people (commune_id, id, kind, name, folded, parent_id, opened_at)
      values (${c.tenant}, ${id}, 'women', 'Phụ nữ', 'phu nu', ${parent}, '2025-07-01')`
  for (const [home, of] of [
    [c.villages[0]!.homes[0]!, group],
    [c.villages[1]!.homes[0]!, branch],
  ] as const)
    await sql`
      insert into loa.group_member (commune_id, group_id, person_id, valid_from)
      select ${c.tenant}, ${of}, id, '2025-08-01' from loa.person where commune_id = ${c.tenant} and household_id = ${home}`
  const audience = { units: [], groups: [group], attributes: undefined }
  const { publishedId, households } = await sent(testMessage(c.tenant, [], { audience }))
  expect(households).toBe(2)
  expect(await targetsOf(c.tenant, publishedId)).toEqual([group, branch].toSorted())
  const seen = await preview(sql, { tenant: c.tenant, audience, kind: 'home' })
  expect(seen).toMatchObject({ households: 2 })
  expect(seen.villages.map(v => v.name)).toEqual(['Thôn Thử 1', 'Thôn Thử 2'])
})

test('an internal message counts posts that somebody holds, not homes, and has no ladder', async () => {
  const c = await testCommune(sql, [3, 2])
  await c.staff('commune_officer')
  await c.staff('village_head', c.villages[0]!.id)
  const { publishedId, households } = await sent(
    testMessage(c.tenant, [c.unit], { kind: 'post', isInternal: true, ask: 'seen' }),
  )
  expect(households).toBe(2)
  expect(await stepsOf(c.tenant, publishedId)).toEqual([])
})

test('a new round takes over the homes of the one before less those that moved, waits for no relay and stops the old one', async () => {
  const c = await testCommune(sql, [3, 2])
  const message = testMessage(c.tenant, [c.unit], { relay: 'village' })
  const first = await sent(message)
  await inTransaction(sql, tx =>
    showIn(app, tx, {
      tenant: c.tenant,
      publishedId: first.publishedId,
      unitIds: [c.villages[0]!.id],
      localWords: { words: 'a' },
      at: new Date(),
    }),
  )
  const [moved] = c.villages[0]!.homes
  await sql`
    insert into loa.reach_home (commune_id, published_id, household_id, unit_id, level, is_reached, closed, level_at)
    values (${c.tenant}, ${first.publishedId}, ${moved!}, ${c.villages[0]!.id}, 0, false, 'moved', ${new Date()})`
  const second = await sent({ ...message, round: 2, version: 2, previous: first.publishedId })
  expect(second.households).toBe(4)
  expect((await villagesOf(c.tenant, second.publishedId)).map(v => [v.households, v.visible_at !== null])).toEqual([
    [2, true],
    [2, true],
  ])
  expect((await stepsOf(c.tenant, first.publishedId)).map(s => s.state)).toEqual(['stopped', 'stopped'])
  expect((await stepsOf(c.tenant, second.publishedId)).length).toBe(4)
  expect((await findPublication(sql, c.tenant, first.publishedId))!.replacedBy).toBe(second.publishedId)
  expect((await newestRound(sql, c.tenant, message.subjectId))!.publishedId).toBe(second.publishedId)
  expect((await newestRound(sql, c.tenant, message.subjectId, 1))!.publishedId).toBe(first.publishedId)
  const late = { tenant: c.tenant, publishedId: first.publishedId, unitIds: [c.villages[1]!.id], at: new Date() }
  expect(await inTransaction(sql, tx => showIn(app, tx, late))).toEqual([])
})

test('a typo changes the words and nothing else; withdrawing stops what is unsent', async () => {
  const c = await testCommune(sql, [2])
  const message = testMessage(c.tenant, [c.unit])
  const { tenant } = c
  const { publishedId } = await sent(message)
  const content = { ...message.content, title: 'Dịch tả lợn châu Phi' }
  await inTransaction(sql, tx => changeWords(app, tx, { tenant, publishedId, version: 2, content }))
  expect(await findPublication(sql, tenant, publishedId)).toMatchObject({
    version: 2,
    content: { title: content.title },
  })
  await inTransaction(sql, tx => withdraw(app, tx, { tenant, publishedId, reason: 'Gửi nhầm' }))
  expect((await stepsOf(tenant, publishedId)).map(s => s.state)).toEqual(['stopped', 'stopped'])
  expect(await findPublication(sql, tenant, publishedId)).toMatchObject({ withdrawnReason: 'Gửi nhầm' })
})

test('before sending one sees the homes of each village and those that nothing finds', async () => {
  const c = await testCommune(sql, [3, 2, 0])
  await sql`update loa.household set phone_kind = 'none' where commune_id = ${c.tenant} and id = ${c.villages[1]!.homes[0]!}`
  const audience = { units: [c.unit], groups: [], attributes: undefined }
  const seen = await preview(sql, { tenant: c.tenant, audience, kind: 'home' })
  expect(seen.households).toBe(5)
  expect(seen.villages.map(v => v.households)).toEqual([3, 2, 0])
})
