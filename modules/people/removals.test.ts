// A home leaves one commune for another of the same installation.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { liveEarlier } from '#core/clock'
import { contactsOf } from '#people'
import { testApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'
import { inside } from '#core/ids'

const { app, ask, settle } = await testApp()
let old: TestCommune
let next: TestCommune
let officer: string
let there: string
let back = () => {}
afterEach(() => back())
beforeEach(async () => {
  back = () => {}
  old = await testCommune(app.sql, [1, 1])
  next = await testCommune(app.sql, [1, 1])
  await app.sql`update loa.commune set is_used = true where commune_id = any(${[old.tenant, next.tenant]}::int[])`
  officer = await old.staff('commune_officer')
  there = await next.staff('commune_officer')
})
const post = <const P extends string>(path: P, token: string, body: object = {}) => ask('POST', path, { token, body })
const phone = (value: string, basis: string, personId?: string) => ({
  kind: 'phone',
  value,
  personId,
  basis,
  how: 'spoken',
  wording: 'Cho xã nhắn tin nhé?',
})
async function family() {
  const head = { name: 'Vi Văn Chuyển', birthYear: 1970 }
  const about = { languages: ['tyz', 'vi'], needs: ['hard_of_hearing'], landmark: 'cổng xanh' }
  const { body: home } = await post('households', officer, { unit: old.villages[0]!.id, head, ...about })
  const child = (await post(`households/${home.id}/persons`, officer, { name: 'Vi Thị Con', birthYear: 2018 })).body
    .people[1]
  await post(`households/${home.id}/contacts`, officer, phone('0912000111', 'agency_duty', home.people[0]!.id))
  await post(`households/${home.id}/contacts`, officer, phone('0912000222', 'consent', home.people[0]!.id))
  await post(`households/${home.id}/contacts`, officer, phone('0912000333', 'agency_duty', child!.id))
  const { contacts } = (await ask('GET', `households/${home.id}`, { token: officer })).body
  const stop = { purpose: 'optional_topics', said: 'stop', basis: 'consent', how: 'spoken', contactId: contacts[0]!.id }
  await post(`households/${home.id}/consents`, officer, stop)
  return home.id
}
const leaves = async (home: string, toUnit = next.unit) => {
  const left = await post(`households/${home}/leave`, officer, { toUnit })
  await settle()
  return left
}
const arrivals = async (token = there, query = '') => (await ask('GET', `arrivals?${query}`, { token })).body.items
const seen = async (home: string, token = officer) => (await ask('GET', `households/${home}`, { token })).body

test('the other commune sees who comes and nothing more, accepts, and both know of each other', async () => {
  const home = await family()
  const left = await leaves(home)
  expect(left.body).toMatchObject({ closedReason: 'moved', departure: { state: 'waiting' } })
  const [arrival] = await arrivals()
  expect(arrival).toMatchObject({
    headName: 'Vi Văn Chuyển',
    persons: 2,
    from: `Xã Thử ${old.tenant}`,
    isVillage: false,
  })
  expect(JSON.stringify(arrival)).not.toMatch(/0912|Thị Con|cổng xanh|hearing/)
  const [village] = next.villages
  const made = await post(`arrivals/${arrival!.id}/accept`, there, { unit: village!.id })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    headName: 'Vi Văn Chuyển',
    unitId: village!.id,
    languages: ['tyz', 'vi'],
    persons: 2,
    cameFrom: { from: `Xã Thử ${old.tenant}`, toAsk: 1 },
    landmark: '',
    needs: [],
  })
  await settle()
  expect((await seen(home)).departure).toMatchObject({ state: 'received', to: `Xã Thử ${next.tenant}` })
  const [row] = await app.sql`select to_household from loa.departure where commune_id = ${old.tenant}`
  const [link] =
    await app.sql`select from_household, sealed, head_name from loa.arrival where commune_id = ${next.tenant}`
  expect([row!['to_household'], link!['from_household']]).toEqual([inside(made.body.id).id, inside(home).id])
  expect([link!['sealed'], link!['head_name']]).toEqual([null, ''])
  expect((await post(`arrivals/${arrival!.id}/accept`, there, { unit: village!.id })).problem.code).toBe(
    'arrival_answered',
  )
})

test('a number goes along by the agency’s duty only; a yes to the old commune is asked for anew, a no stays a no, no child’s number goes', async () => {
  await leaves(await family())
  const [arrival] = await arrivals()
  const { body } = await post(`arrivals/${arrival!.id}/accept`, there, { unit: next.villages[0]!.id })
  expect(body.contacts.map(one => one.masked)).toEqual(['0912 … 111'])
  const usable = await contactsOf(app.sql, next.tenant, [inside(body.id).id], 'phone')
  expect(usable.map(one => one.stopped)).toEqual([['optional_topics']])
  const ledger = (await ask('GET', `households/${body.id}/consents`, { token: there })).body.items
  expect(ledger.at(-1)).toMatchObject({
    basis: 'agency_duty',
    how: 'transfer',
    wording: `chuyển đến từ Xã Thử ${old.tenant}`,
  })
})

test('a village’s head sees the homes that name his village, and no others', async () => {
  const [first, second] = next.villages
  await leaves(await family(), first!.id)
  const head = await next.staff('village_head', first!.id)
  const neighbour = await next.staff('village_head', second!.id)
  const [arrival] = await arrivals(head)
  expect(arrival).toMatchObject({ isVillage: true, unitName: 'Thôn Thử 1' })
  expect(await arrivals(neighbour)).toEqual([])
  expect((await post(`arrivals/${arrival!.id}/accept`, neighbour)).status).toBe(403)
  expect((await post(`arrivals/${arrival!.id}/accept`, officer)).status).toBe(404)
  expect((await post(`arrivals/${arrival!.id}/accept`, head)).body).toMatchObject({ unitId: first!.id })
  expect(await arrivals(there, 'open=false')).toHaveLength(1)
})

test('a leaving that is taken back before the answer is offered no more, whichever word comes first', async () => {
  const home = await family()
  const left = await post(`households/${home}/leave`, officer, { toUnit: next.unit })
  const undo = `households/${home}/events/${left.body.events[0]!.id}/undo`
  expect((await post(undo, officer)).body).toMatchObject({ closedAt: null, departure: null })
  await settle()
  expect(await arrivals()).toEqual([])
  const again = await leaves(home)
  const [arrival] = await arrivals()
  await post(`arrivals/${arrival!.id}/accept`, there, { unit: next.villages[0]!.id })
  await settle()
  const late = await post(`households/${home}/events/${again.body.events[0]!.id}/undo`, officer)
  expect([late.problem.code, late.problem.message.includes(`Xã Thử ${next.tenant}`)]).toEqual(['left_received', true])
})

test('an acceptance that crossed with a taking back is shown to the old commune', async () => {
  const home = await family()
  const left = await leaves(home)
  const [arrival] = await arrivals()
  await post(`arrivals/${arrival!.id}/accept`, there, { unit: next.villages[0]!.id })
  await post(`households/${home}/events/${left.body.events[0]!.id}/undo`, officer)
  await settle()
  expect(await seen(home)).toMatchObject({ closedAt: null, departure: { state: 'received' } })
})

test('a home that did not come is declined with a word, its name is forgotten there, and the old commune may take it back', async () => {
  const home = await family()
  const left = await leaves(home)
  const [arrival] = await arrivals()
  expect((await post(`arrivals/${arrival!.id}/decline`, there, { words: 'Không có ai đến' })).status).toBe(200)
  await settle()
  expect((await seen(home)).departure).toMatchObject({ state: 'declined', words: 'Không có ai đến' })
  expect(await arrivals(there, 'open=false')).toMatchObject([{ headName: null, state: 'declined', householdId: null }])
  expect((await post(`households/${home}/events/${left.body.events[0]!.id}/undo`, officer)).body.closedAt).toBeNull()
})

test('what nobody answers for sixty days is forgotten, and the old commune is told', async () => {
  const home = await family()
  back = liveEarlier(61 * 86_400_000)
  await app.sql`update loa.session set made_at = made_at - interval '90 days' where commune_id = ${old.tenant}`
  await leaves(home)
  back()
  await settle()
  expect(await arrivals()).toEqual([])
  expect((await seen(home)).departure!.state).toBe('lapsed')
})

test('a commune that does not work here is only written down; one’s own commune and a province are no goal', async () => {
  const home = await family()
  expect((await leaves(home, old.villages[1]!.id)).problem.code).toBe('leave_within_commune')
  expect((await leaves(home, next.province)).problem.code).toBe('leave_to_commune')
  await app.sql`update loa.commune set is_used = false where commune_id = ${next.tenant}`
  const left = await leaves(home, next.villages[0]!.id)
  expect(left.body).toMatchObject({ departure: null, movedTo: `Thôn Thử 1, Xã Thử ${next.tenant}` })
  expect(await arrivals()).toEqual([])
})

test('a home that left before its village was merged comes back into the new one', async () => {
  const home = await family()
  const left = await leaves(home)
  const from = old.villages.map(village => village.id)
  const merged = (await post(`units/${old.unit}/merge`, officer, { from, name: 'Hợp Nhất', kind: 'thôn' })).body.id
  expect((await post(`households/${home}/events/${left.body.events[0]!.id}/undo`, officer)).body.unitId).toBe(merged)
})
