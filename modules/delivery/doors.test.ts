import { expect, test } from 'vitest'
import { iso, now } from '#core/clock'
import { newId } from '#core/ids'
import { permissions, staffRoles } from '#access'
import { testApp } from '#testing/app'
import { testCommune, type TestVillage } from '#testing/commune'
import { walkerRoles } from './walkers.ts'
import { noticeForTests } from './notice-for-tests.ts'
import { outsideDoor } from './door-id.ts'
import { givers } from './web/givers.ts'
import { screens } from './web/screens.ts'

const { app, ask } = await testApp()

const rolesWith = (permission: 'door.see' | 'door.assign') => Object.keys(permissions[permission]).toSorted()

test('doors are given only to people who are shown them', () => {
  expect(walkerRoles.filter(role => !rolesWith('door.see').includes(role))).toEqual([])
})

test('the screens of doors are offered to those who may see doors, and to nobody else', () => {
  const offered = screens.filter(screen => screen.path.startsWith('/doors')).flatMap(screen => screen.for)
  expect(offered.filter(role => !rolesWith('door.see').includes(role))).toEqual([])
})

test('who may give doors out is offered to do so, and nobody else', () => {
  expect(givers.toSorted()).toEqual(rolesWith('door.assign'))
})

test('everybody who can be given doors is answered by the list of doors', async () => {
  const c = await testCommune(app.sql, [1])
  const tokens = new Map<string, string>()
  for (const role of staffRoles) tokens.set(role, await c.staff(role, c.villages[0]!.id))
  const chair = await c.staff('commune_chair')
  const { items } = (await ask('GET', 'doors/walkers', { token: chair })).body as { items: { title: string }[] }
  expect(items.map(one => one.title).toSorted()).toEqual([...walkerRoles].toSorted())
  for (const { title } of items) expect((await ask('GET', 'doors', { token: tokens.get(title) })).status).toBe(200)
})

test('an older round keeps its own doors, with what was found at them', async () => {
  const c = await testCommune(app.sql, [3])
  const token = await c.staff('village_head', c.villages[0]!.id)
  const first = await noticeForTests(app, c)
  const [home, other] = c.villages[0]!.homes
  const visit = (of: { publishedId: string }, householdId: string, outcome: string) =>
    ask('POST', `doors/${outsideDoor({ tenant: c.tenant, publishedId: of.publishedId, householdId })}/outcome`, {
      token,
      body: { id: newId(), outcome, at: iso(now()) },
    })
  await visit(first, home!, 'told')
  const second = await noticeForTests(app, c, {
    subjectId: first.noticeId,
    cardId: first.cardId,
    round: 2,
    version: 2,
    previous: first.publishedId,
    publishedAt: now(),
  })
  await visit(second, other!, 'told')
  const told = async (more: string) => {
    const { body } = await ask('GET', `doors?noticeId=${first.id}${more}`, { token })
    return (body.items as { no: number; outcome: string | null }[]).filter(door => door.outcome).map(door => door.no)
  }
  expect(await told('')).toEqual([2])
  expect(await told('&round=1')).toEqual([1])
  expect(await told('&round=2')).toEqual([2])
  expect((await ask('GET', `doors?noticeId=${first.id}&round=3`, { token })).status).toBe(404)
  expect((await ask('GET', `doors?noticeId=${first.id}&round=x`, { token })).problem.code).toBe('invalid_input')
})

test('how many doors are left is said alike to the chair, from the roll-ups, and to the head, from his homes', async () => {
  const c = await testCommune(app.sql, [3, 2])
  const [first, second] = c.villages as [TestVillage, TestVillage]
  const chair = await c.staff('commune_chair')
  const heads = await Promise.all([first, second].map(village => c.staff('village_head', village.id)))
  const due = await noticeForTests(app, c)
  const early = await noticeForTests(app, c)
  await noticeForTests(app, c, { title: 'Chưa đến lúc' })
  const yesterday = new Date(now().getTime() - 86_400_000)
  await app.sql`
    update loa.ladder_step set due_at = ${yesterday}
    where commune_id = ${c.tenant} and channel = 'door' and published_id = ${due.publishedId} and unit_id = ${first.id}`
  const doorOf = (of: { publishedId: string }, householdId: string) =>
    outsideDoor({ tenant: c.tenant, publishedId: of.publishedId, householdId })
  const visit = (home: string, outcome: string) =>
    ask('POST', `doors/${doorOf(due, home)}/outcome`, { token: chair, body: { id: newId(), outcome, at: iso(now()) } })
  await visit(first.homes[0]!, 'told')
  await visit(first.homes[1]!, 'nobody_home')
  const walker = (await ask('GET', 'doors/walkers', { token: heads[1]! })).body.items[0]!.account
  for (const of of [due, early]) {
    const body = { noticeId: of.id, doorIds: [doorOf(of, second.homes[0]!)], account: walker }
    expect((await ask('POST', 'doors/assign', { token: heads[1]!, body })).body).toEqual({ assigned: 1 })
  }
  const leftOf = async (token: string) => {
    const { items } = (await ask('GET', 'doors/notices', { token })).body
    return Object.fromEntries(items.map(one => [one.noticeId, one.left]))
  }
  const listed = async (token: string) => {
    const { items } = (await ask('GET', 'doors', { token })).body
    const open = Map.groupBy(
      items.filter(one => !one.isAccountedFor),
      one => one.noticeId,
    )
    return Object.fromEntries([...open].map(([id, doors]) => [id, doors.length]))
  }
  expect(await leftOf(chair)).toEqual({ [due.id]: 3, [early.id]: 1 })
  for (const token of [chair, ...heads]) expect(await leftOf(token)).toEqual(await listed(token))
})
