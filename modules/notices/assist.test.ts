// What is done for a home in an assisted session counts as the home's, and says who did it.
import { expect, test } from 'vitest'
import { iso, now } from '#core/clock'
import { inside, newId } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const { app, ask, settle } = await testApp()
const c = await testCommune(app.sql, [3])
const [village] = c.villages
const home = village!.homes[0]!
await app.sql`update loa.household set needs = '{elder_alone}' where commune_id = ${c.tenant} and id = ${home}`
const officer = await c.staff('commune_officer')
const head = await c.staff('village_head', village!.id)
const resident = await c.resident(home)

async function send(more: object = {}): Promise<string> {
  const body = {
    title: 'Tiêm phòng',
    body: 'Mang theo sổ.',
    ask: 'acknowledged',
    steps: [{ act: 'Đến nhà văn hóa' }],
    audience: { units: [c.unit] },
    ...more,
  }
  const { id } = (await ask('POST', 'notices', { token: officer, body })).body
  const sent = await ask('POST', `notices/${id}/publish`, { token: officer, body: {} })
  expect(sent.body).toMatchObject({ state: 'published' })
  await settle()
  return id
}
async function assistedBy(token: string) {
  const body = { id: newId(), home: c.out(home), agreed: true }
  const begun = await ask('POST', 'assisted-sessions', { token, body })
  return begun.headers.get('set-cookie')!.split(';')[0]!
}
const shownTo = async (token: string) => (await ask('GET', 'feed', { token })).body.items.map(card => card.id)
const reach = async (id: string) => (await ask('GET', `notices/${id}/reach`, { token: officer })).body
const receipt = (noticeId: string, level: string) => ({ receipts: [{ id: newId(), noticeId, level, at: iso(now()) }] })
const acts = async () => (await ask('GET', 'home/assisted-sessions', { token: resident })).body.items[0]!.acts

test('“Đã rõ” pressed for a home is the home’s, shown apart as acted for, and noted under the helper’s post', async () => {
  const id = await send()
  const assisted = await assistedBy(head)
  expect(await shownTo(assisted)).toContain(id)
  expect((await ask('POST', `notices/${id}/acknowledge`, { token: assisted, body: {} })).status).toBe(200)
  await ask('POST', `notices/${id}/acknowledge`, { token: assisted, body: {} })
  const found = await reach(id)
  expect(found).toMatchObject({ reached: 1, levels: { acknowledged: 1 }, told: 0 })
  expect(found.channels).toEqual([{ channel: 'assist', reached: 1 }])
  expect(await acts()).toEqual([expect.objectContaining({ what: 'acknowledged', noticeId: id })])
  const own = (await ask('GET', 'feed', { token: resident })).body.items[0]
  expect(own).toMatchObject({ id, level: 'acknowledged', isTold: false })
})

test('that a helper’s phone holds a notice says nothing of the home; that it was opened before her does', async () => {
  const id = await send({ ask: 'delivered', steps: [] })
  const assisted = await assistedBy(head)
  const held = await ask('POST', 'receipts', { token: assisted, body: receipt(id, 'delivered') })
  expect(held.body.refused[0]!.code).toBe('level_not_yours')
  expect((await reach(id)).levels).toMatchObject({ delivered: 0, seen: 0 })
  const opened = await ask('POST', 'receipts', { token: assisted, body: receipt(id, 'seen') })
  expect(opened.body.accepted).toBe(1)
  expect((await reach(id)).levels.seen).toBe(1)
})

test('a question asked for a home says which post wrote it down, to the home and to who answers', async () => {
  const id = await send()
  const assisted = await assistedBy(head)
  const asked = await ask('POST', `notices/${id}/questions`, { token: assisted, body: { words: 'Mấy giờ?' } })
  expect(asked.body).toMatchObject({ words: 'Mấy giờ?', askedBy: 'village_head' })
  const own = (await ask('GET', `notices/${id}/questions`, { token: resident })).body.items
  expect(own).toEqual([expect.objectContaining({ askedBy: 'village_head' })])
  const all = (await ask('GET', `questions?noticeId=${id}`, { token: officer })).body.items
  expect(all).toEqual([expect.objectContaining({ askedBy: 'village_head' })])
  await ask('POST', `notices/${id}/questions`, { token: resident, body: { words: 'Có mất tiền không?' } })
  expect((await ask('GET', `questions?noticeId=${id}`, { token: officer })).body.items[0]!.askedBy).toBeNull()
  expect(await acts()).toEqual([expect.objectContaining({ what: 'asked', noticeId: id })])
})

test('a private notice is not in the list, opens by no address, and is acknowledged by the home alone', async () => {
  const id = await send({ audience: { units: [c.unit], attributes: { needs: ['elder_alone'] } } })
  const assisted = await assistedBy(head)
  expect(await shownTo(resident)).toContain(id)
  expect(await shownTo(assisted)).not.toContain(id)
  const tries = [
    ask('GET', `notices/${id}`, { token: assisted }),
    ask('GET', `notices/${id}/trail`, { token: assisted }),
    ask('POST', `notices/${id}/acknowledge`, { token: assisted, body: {} }),
    ask('POST', `notices/${id}/questions`, { token: assisted, body: { words: 'Gì đấy?' } }),
  ]
  for (const said of await Promise.all(tries)) expect([said.status, said.problem.code]).toEqual([403, 'assist_private'])
  const opened = await ask('POST', 'receipts', { token: assisted, body: receipt(id, 'seen') })
  expect(opened.body.refused[0]).toMatchObject({ code: 'assist_private', message: expect.stringContaining('riêng') })
  expect((await ask('POST', `notices/${id}/acknowledge`, { token: resident, body: {} })).status).toBe(200)
})

test('it does not tell whether this home got it: a private notice of others is refused alike', async () => {
  const other = village!.homes[1]!
  await app.sql`update loa.household set needs = '{walks_badly}' where commune_id = ${c.tenant} and id = ${other}`
  const id = await send({ audience: { units: [c.unit], attributes: { needs: ['walks_badly'] } } })
  const assisted = await assistedBy(head)
  const said = await ask('GET', `notices/${id}`, { token: assisted })
  expect([said.status, said.problem.code]).toEqual([403, 'assist_private'])
  expect((await ask('GET', `notices/${id}`, { token: resident })).status).toBe(404)
})

test('a walker acts for the home whose door was given to him, and no more once the door is taken back', async () => {
  const id = await send()
  const walker = await c.staff('front_head', village!.id)
  const account = inside((await ask('GET', 'me', { token: walker })).body.id).id
  const doors = (await ask('GET', `doors?noticeId=${id}`, { token: head })).body.items
  const { doorId } = doors.find(door => door.householdId === c.out(home))!
  const give = (to: string | null) =>
    ask('POST', 'doors/assign', { token: head, body: { noticeId: id, doorIds: [doorId], account: to } })
  const begin = () =>
    ask('POST', 'assisted-sessions', { token: walker, body: { id: newId(), home: c.out(home), agreed: true } })
  expect((await begin()).status).toBe(403)
  expect((await give(account)).status).toBe(200)
  expect((await begin()).status).toBe(201)
  await give(null)
  expect((await begin()).status).toBe(403)
})
