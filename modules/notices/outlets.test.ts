import { expect, test } from 'vitest'
import { inside, outside } from '#core/ids'
import { addAdapter, type Post, type Poster } from '#channels'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { beginAct, endAct, reopenActs } from './store/outlets.ts'

type Said = Awaited<ReturnType<Poster['post']>>

/** A provider of the test's own: what it is asked, and what it answers next. */
const wall = {
  asked: [] as string[],
  posts: [] as Post[],
  next: [] as (Said | 'lost')[],
  mayRemove: true,
  onPost: undefined as undefined | (() => Promise<unknown>),
}
const answered = (what: string): Promise<Said> => {
  wall.asked.push(what)
  const said = wall.next.shift()
  if (said === 'lost') return Promise.reject(new Error('no answer'))
  return Promise.resolve(said ?? { is: 'accepted', ids: [`p${wall.asked.length}`], url: 'https://wall.test/p' })
}
addAdapter({
  kind: 'facebook',
  name: 'wall',
  fields: [],
  pace: () => ({ perSecond: 1, parallel: 1 }),
  hosts: () => [],
  isAddress: () => true,
  test: () => Promise.resolve({ is: 'accepted' }),
  poster: {
    platform: 'facebook',
    takesKey: false,
    outlets: () =>
      Promise.resolve([{ id: '77', name: 'Trang xã', members: 900, url: 'https://www.facebook.com/trangxa' }]),
    async post(_, __, outlet, post) {
      wall.posts.push(post)
      await wall.onPost?.()
      return answered(`post ${outlet}`)
    },
    change: (_, __, outlet, id, { title }) => answered(`change ${outlet} ${id} ${title}`),
    remove: (_, __, outlet, id) => answered(`remove ${outlet} ${id}`),
    drop: (_, __, outlet) => answered(`drop ${outlet}`),
  },
})

const t = await testApp()
const c = await testCommune(t.app.sql, [2, 1])
const officer = await c.staff('commune_officer')
const head = await c.staff('village_head', c.villages[0]!.id)
await c.staff('village_head', c.villages[1]!.id)
await t.app.sql`
  update loa.household set needs = '{poor}' where commune_id = ${c.tenant} and id = ${c.villages[0]!.homes[0]!}`
await t.settle()
const post = <const P extends string>(path: P, body: object = {}, token = officer) =>
  t.ask('POST', path, { token, body })

const accountId = (await post('channel-accounts', { adapter: 'wall', name: 'Trang xã', settings: {} })).body.id
const chatId = (await post('chats', { unit: c.unit, platform: 'facebook', name: 'Trang Facebook của xã' })).body.id
const tie = (body: object = {}, token = officer) =>
  t.ask('PUT', `chats/${chatId}/outlet`, { token, body: { accountId, outlet: '77', ...body } })

/** Published and looked at; what the provider answers stands in `wall.next`. */
const send = async (changes: object = {}, next: typeof wall.next = []): Promise<string> => {
  Object.assign(wall, { asked: [], posts: [], next })
  const body = { title: 'Tiêm phòng chó', body: 'Sáng thứ Bảy.', audience: { units: [c.unit] }, ...changes }
  const { id } = (await post('notices', body)).body
  await post(`notices/${id}/publish`)
  await t.settle()
  return id
}
const tasks = async (id: string) =>
  (await t.ask('GET', 'posting-tasks?limit=100', { token: officer })).body.items.filter(one => one.noticeId === id)
const states = async (id: string) => (await t.ask('GET', `notices/${id}/postings`, { token: officer })).body.items
const exposed = async (id: string) =>
  (await t.ask('GET', `notices/${id}/reach`, { token: officer })).body.levels.exposed
/** Any change of an account lets it be asked again at once. */
const turn = async (isOn: boolean) => {
  const { version } = (await t.ask('GET', 'channel-accounts', { token: officer })).body.items[0]!
  await t.ask('PATCH', `channel-accounts/${accountId}`, { token: officer, body: { version, isOn } })
}
const untilDue = () => t.app.sql`
  update loa.outlet_act set due_at = due_at - interval '1 hour' where commune_id = ${c.tenant} and state = 'waiting'`

test('an account is tied to a page that it really posts in; nothing that was said before is posted', async () => {
  const before = await send()
  expect((await tie({ outlet: '78' })).problem.code).toBe('outlet_unknown')
  expect((await tie({ accountId: outside(c.tenant, inside(chatId).id) })).problem.code).toBe('outlet_unknown')
  expect((await tie({}, head)).status).toBe(403)
  expect((await tie()).body).toMatchObject({
    outlet: { account: 'Trang xã', id: '77' },
    link: 'https://www.facebook.com/trangxa',
  })
  const other = (await post('chats', { unit: c.unit, platform: 'facebook', name: 'Trang khác' })).body.id
  const twice = await t.ask('PUT', `chats/${other}/outlet`, { token: officer, body: { accountId, outlet: '77' } })
  expect(twice.problem.code).toBe('outlet_taken')
  await post(`chats/${other}/close`)
  expect((await t.ask('GET', 'outlets', { token: officer })).body.items).toMatchObject([{ id: '77', chatId }])
  await t.settle()
  expect(wall.asked).toEqual([])
  expect(await tasks(before)).toMatchObject([{ kind: 'post', trouble: null }])
})

test('a public notice for the whole commune is posted by itself, once, with its own link: homes are exposed, no person is asked', async () => {
  const id = await send()
  expect(wall.asked).toEqual(['post 77'])
  expect(wall.posts[0]!.text).toContain(wall.posts[0]!.link)
  expect(wall.posts[0]!.link).toMatch(/\/g\/[\w-]+$/)
  expect(await tasks(id)).toEqual([])
  expect(await states(id)).toMatchObject([
    { state: 'posted', by: 'Trang xã', url: 'https://wall.test/p', byItself: null },
  ])
  expect(await exposed(id)).toBe(3)
  await t.settle()
  expect(wall.asked).toHaveLength(1)
  expect((await post(`chats/${chatId}/notices/${id}/unposted`)).problem.code).toBe('posting_of_account')
})

test('what is private, internal, for one village or still behind a relay is not posted', async () => {
  await send({ audience: { units: [c.unit], attributes: { needs: ['poor'] } } })
  await send({ internal: true })
  await send({ audience: { units: [c.villages[0]!.id] } })
  const id = await send({ relay: 'village' })
  expect(wall.asked).toEqual([])
  for (const village of c.villages) await post(`notices/${id}/relay`, {}, await c.staff('village_head', village.id))
  await t.settle()
  expect(wall.asked).toEqual(['post 77'])
})

test('a typo is put right in the post; a correction told again is a new post, and the old one goes', async () => {
  const id = await send()
  await post(`notices/${id}/correct`, { title: 'Tiêm phòng mèo', tellAgain: false })
  await t.settle()
  expect(wall.asked).toEqual(['post 77', 'change 77 p1 Tiêm phòng mèo'])
  await post(`notices/${id}/correct`, { title: 'Tiêm phòng chó, mèo', tellAgain: true })
  await t.settle()
  expect(wall.asked.slice(2)).toEqual(['post 77', 'remove 77 p1'])
  expect(wall.posts[1]!.text).toContain('ĐÍNH CHÍNH')
  await post(`notices/${id}/withdraw`, { reason: 'Hoãn' })
  await t.settle()
  expect(wall.asked.slice(4)).toEqual(['remove 77 p3'])
  expect(await tasks(id)).toEqual([])
  expect(await states(id)).toMatchObject([{ state: 'taken_down' }])
})

test('a refusal is a person’s task at once, in words; the person posts, or lets the account try again', async () => {
  const id = await send({}, [{ is: 'refused', why: 'not_signed_in' }])
  const [task] = await tasks(id)
  expect(task).toMatchObject({ kind: 'post', trouble: expect.stringContaining('khóa của xã') })
  expect(await states(id)).toMatchObject([{ state: 'waiting', byItself: { act: 'post', state: 'refused' } }])
  await t.settle()
  expect(wall.asked).toHaveLength(1)
  await turn(true)
  expect((await post(`chats/${chatId}/notices/${id}/again`)).status).toBe(200)
  await t.settle()
  expect(wall.asked).toHaveLength(2)
  expect(await states(id)).toMatchObject([{ state: 'posted' }])
  const by = await send({}, [{ is: 'refused', why: 'message_refused' }])
  await post(`chats/${chatId}/notices/${by}/posted`)
  expect((await states(by))[0]).toMatchObject({ state: 'posted', by: 'commune_officer' })
  expect((await post(`chats/${chatId}/notices/${by}/again`)).status).toBe(200)
  await t.settle()
  expect(wall.asked).toHaveLength(1)
})

test('an answer that comes when a person has let it be tried again is the old try’s, not the new one’s', async () => {
  const id = await send({}, [{ is: 'refused', why: 'message_refused' }])
  const [row] = await t.app.sql<{ at: string }[]>`
    select published_id as at from loa.publication where commune_id = ${c.tenant} and subject_id = ${inside(id).id}`
  const of = { tenant: c.tenant, publishedId: row!.at, chat: inside(chatId).id, act: 'post' } as const
  await t.app.sql.begin(async tx => {
    await reopenActs(tx, of.tenant, of.publishedId, of.chat)
    const begun = await beginAct(tx, of, {
      version: 1,
      account: inside(accountId).id,
      leaseUntil: new Date(Date.now() + 60_000),
    })
    expect(begun).toEqual({ no: 2, count: 1 })
    expect(await endAct(tx, of, 1, { state: 'done' })).toBe(false)
    expect(await endAct(tx, of, 2, { state: 'refused', why: 'message_refused' })).toBe(true)
  })
})

test('too fast: the account waits and posts later; past its time a person is told', async () => {
  const id = await send({}, [
    { is: 'refused', why: 'slow_down' },
    { is: 'refused', why: 'slow_down' },
  ])
  expect(await tasks(id)).toEqual([])
  expect(await states(id)).toMatchObject([{ byItself: { act: 'post', state: 'waiting' } }])
  await untilDue()
  await t.settle()
  expect(wall.asked).toHaveLength(2)
  await t.app.sql`
    update loa.reach_unit r set visible_at = r.visible_at - interval '5 hours' from loa.publication p
    where r.commune_id = ${c.tenant} and p.commune_id = ${c.tenant} and p.published_id = r.published_id and p.subject_id = ${inside(id).id}`
  await t.app
    .sql`update loa.chat set tied_at = tied_at - interval '9 hours' where commune_id = ${c.tenant} and tied_at is not null`
  wall.next = Array.from({ length: 9 }, () => ({ is: 'refused' as const, why: 'slow_down' as const }))
  await untilDue()
  await t.settle()
  expect(await tasks(id)).toMatchObject([{ kind: 'post', trouble: expect.any(String) }])
  await tie()
  await turn(true)
})

test('words are put right in a post whose villages are gone, however often the provider refuses', async () => {
  const id = await send()
  await t.app.sql`
    update loa.reach_unit r set visible_at = null from loa.publication p
    where r.commune_id = ${c.tenant} and p.commune_id = ${c.tenant} and p.published_id = r.published_id and p.subject_id = ${inside(id).id}`
  wall.next = [{ is: 'refused', why: 'provider_down' }]
  await post(`notices/${id}/correct`, { title: 'Tiêm phòng mèo', tellAgain: false })
  await t.settle()
  expect(await states(id)).toMatchObject([{ byItself: { act: 'change', state: 'waiting' } }])
  await untilDue()
  await t.settle()
  expect(wall.asked).toEqual(['post 77', 'change 77 p1 Tiêm phòng mèo', 'change 77 p1 Tiêm phòng mèo'])
})

test('what the provider takes in the morning waits for it, however late; withdrawn meanwhile, what it left there is taken away', async () => {
  const againAt = new Date(Date.now() + 9 * 3_600_000)
  const id = await send({}, [{ is: 'refused', why: 'night', againAt }])
  const [act] = await t.app.sql<{ due_at: Date }[]>`
    select a.due_at from loa.outlet_act a join loa.publication p on p.commune_id = ${c.tenant} and p.published_id = a.published_id
    where a.commune_id = ${c.tenant} and p.subject_id = ${inside(id).id}`
  expect(act!.due_at).toEqual(againAt)
  expect(await tasks(id)).toEqual([])
  expect(await states(id)).toMatchObject([
    { byItself: { state: 'waiting', words: expect.stringContaining('6 giờ sáng') } },
  ])
  await post(`notices/${id}/withdraw`, { reason: 'Hoãn' })
  wall.next = ['lost']
  await t.settle()
  await untilDue()
  await t.settle()
  await t.settle()
  expect(wall.asked).toEqual(['post 77', 'drop 77', 'drop 77'])
})

test('where the answer was lost nothing is posted twice: “không rõ”, and a person looks', async () => {
  const id = await send({}, ['lost'])
  await t.settle()
  expect(wall.asked).toHaveLength(1)
  expect(await tasks(id)).toMatchObject([{ trouble: expect.stringContaining('không rõ') }])
  expect(await states(id)).toMatchObject([{ byItself: { state: 'unsure' } }])
  expect(await exposed(id)).toBe(0)
  await post(`chats/${chatId}/notices/${id}/posted`)
  expect(await exposed(id)).toBe(3)
})

test('a process that dies between its intent and the answer leaves “không rõ”; a removal is simply done again', async () => {
  const id = await send()
  const { id: notice } = inside(id)
  await t.app.sql`
    delete from loa.posting where commune_id = ${c.tenant} and notice_id = ${notice}`
  const die = (act: string) => t.app.sql`
    update loa.outlet_act a set state = 'begun', lease_until = ${new Date(Date.now() - 1000)} from loa.publication p
    where a.commune_id = ${c.tenant} and p.commune_id = ${c.tenant} and p.published_id = a.published_id and p.subject_id = ${notice}
      and a.act = ${act}`
  await die('post')
  await t.settle()
  expect(wall.asked).toHaveLength(1)
  expect(await states(id)).toMatchObject([{ byItself: { state: 'unsure' } }])
  const gone = await send()
  await post(`notices/${gone}/withdraw`, { reason: 'Hoãn' })
  wall.next = ['lost']
  await t.settle()
  await untilDue()
  await t.settle()
  expect(wall.asked).toEqual(['post 77', 'remove 77 p1', 'remove 77 p1'])
  expect(await states(gone)).toMatchObject([{ state: 'taken_down' }])
})

test('what cannot be taken down is a person’s task with the reason', async () => {
  const id = await send()
  wall.next = [{ is: 'refused', why: 'message_refused' }]
  await post(`notices/${id}/withdraw`, { reason: 'Hoãn' })
  await t.settle()
  expect(await tasks(id)).toMatchObject([{ kind: 'down', trouble: expect.any(String) }])
  await post(`chats/${chatId}/notices/${id}/taken-down`)
  expect(await states(id)).toMatchObject([{ state: 'taken_down' }])
})

test('what is withdrawn while it is being posted does not stay there', async () => {
  const id = await send({}, [])
  const late = await send({}, [{ is: 'refused', why: 'slow_down' }])
  await turn(true)
  await untilDue()
  wall.next = []
  wall.onPost = () => post(`notices/${late}/withdraw`, { reason: 'Hoãn' })
  await t.settle()
  wall.onPost = undefined
  await t.settle()
  expect(await states(late)).toMatchObject([{ state: 'taken_down' }])
  expect(await states(id)).toMatchObject([{ state: 'posted' }])
})

test('two workers at the same moment post once', async () => {
  Object.assign(wall, { asked: [], posts: [], next: [] })
  const { id } = (await post('notices', { title: 'Hai máy', body: 'A', audience: { units: [c.unit] } })).body
  await post(`notices/${id}/publish`)
  await Promise.all([t.settle(), t.settle()])
  expect(wall.asked).toEqual(['post 77'])
})

test('an account that is switched off, or an outlet that is untied, leaves posting to people', async () => {
  await turn(false)
  expect(await tasks(await send())).toMatchObject([{ trouble: expect.stringContaining('chưa nối') }])
  await turn(true)
  await t.ask('DELETE', `chats/${chatId}/outlet`, { token: officer })
  expect(await tasks(await send())).toMatchObject([{ trouble: null }])
  expect(wall.asked).toEqual([])
})
