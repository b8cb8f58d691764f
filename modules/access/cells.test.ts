import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'
import { inside } from '#core/ids'
import { newSession } from '#access'

const { app, ask } = await testApp()

interface Village {
  commune: TestCommune
  officer: string
  unit: string
}
async function village(): Promise<Village> {
  const commune = await testCommune(app.sql, [3])
  return { commune, officer: await commune.staff('commune_officer'), unit: commune.villages[0]!.id }
}

const makeCell = (v: Village, name = 'Chi bộ thôn Thử 1') =>
  ask('POST', 'groups', { token: v.officer, body: { unit: v.unit, kind: 'party_cell', name } })
const makeSecretary = (v: Village, more: object = {}) =>
  ask('POST', 'posts', { token: v.officer, body: { unit: v.unit, role: 'party_secretary', ...more } })
const secretaries = async (v: Village) =>
  (await ask('GET', `posts?unit=${v.unit}&role=party_secretary`, { token: v.officer })).body.items

/** Somebody who is appointed to the post, by a session of hers. */
async function holderOf(v: Village, post: string) {
  const made = await ask('POST', `posts/${post}/people`, { token: v.officer, body: { name: 'Người Giữ Sổ' } })
  const account = inside(made.body.account).id
  const session = { tenant: v.commune.tenant, kind: 'staff' as const, account, post: inside(post).id, days: 1 }
  return (await newSession(app.sql, session)).token
}

test('a secretary’s post made after the village’s cell keeps that cell’s book', async () => {
  const v = await village()
  const cell = (await makeCell(v)).body
  const post = await makeSecretary(v)
  expect(post.body).toMatchObject({ title: 'Bí thư Chi bộ thôn Thử 1', group: { id: cell.id } })
  const secretary = await holderOf(v, post.body.id)
  expect((await ask('GET', `groups/${cell.id}/members`, { token: secretary })).status).toBe(200)
})

test('a cell made after its secretary’s post is that secretary’s, who came in before it', async () => {
  const v = await village()
  const post = (await makeSecretary(v)).body
  expect(post.group).toBeNull()
  const secretary = await holderOf(v, post.id)
  const cell = (await makeCell(v)).body
  expect((await secretaries(v))[0]!.group).toEqual({ id: cell.id, name: cell.name })
  const { body } = await ask('GET', 'households', { token: v.officer })
  const joined = { householdNo: body.items[0]!.no, name: body.items[0]!.headName }
  expect((await ask('POST', `groups/${cell.id}/members`, { token: secretary, body: joined })).status).toBe(201)
  const seen = await ask('GET', `groups/${cell.id}/members`, { token: secretary })
  expect(seen.body.items).toHaveLength(1)
})

test('who belongs to it stays the secretary’s and the person’s alone: the officer who made both sees nobody', async () => {
  const v = await village()
  await makeSecretary(v)
  const cell = (await makeCell(v)).body
  const head = await v.commune.staff('village_head', v.unit)
  const chair = await v.commune.staff('commune_chair')
  for (const token of [v.officer, head, chair])
    expect((await ask('GET', `groups/${cell.id}/members`, { token })).status).toBe(403)
})

test('where no cell is there the officer may ask for it with the post; unasked none is made', async () => {
  const v = await village()
  expect((await makeSecretary(v)).body.group).toBeNull()
  const w = await village()
  const post = await makeSecretary(w, { makeCell: true })
  expect(post.body.group).toMatchObject({ name: 'Chi bộ thôn Thử 1' })
})

test('a cell that has its secretary is given to no second one, and a second cell goes to the one without', async () => {
  const v = await village()
  const first = (await makeCell(v)).body
  expect((await makeSecretary(v)).body.group!.id).toBe(first.id)
  const without = await makeSecretary(v, { makeCell: true })
  expect(without.body.group).toBeNull()
  const second = (await makeCell(v, 'Chi bộ thôn Thử 1, số 2')).body
  const listed = await secretaries(v)
  expect(listed.find(one => one.id === without.body.id)!.group!.id).toBe(second.id)
  const kept = listed.map(one => one.group!.id)
  expect(new Set(kept)).toEqual(new Set([first.id, second.id]))
})

test('a cell of another village, or an association, is not the secretary’s', async () => {
  const v = await village()
  const post = (await makeSecretary(v)).body
  await ask('POST', 'groups', {
    token: v.officer,
    body: { unit: v.commune.unit, kind: 'party_cell', name: 'Chi bộ cơ quan' },
  })
  await ask('POST', 'groups', { token: v.officer, body: { unit: v.unit, kind: 'women', name: 'Chi hội thôn' } })
  expect((await secretaries(v)).find(one => one.id === post.id)!.group).toBeNull()
})
