import { expect, test } from 'vitest'
import { now } from '#core/clock'
import { fold } from '#core/fold'
import { inside, newId } from '#core/ids'
import { groupToken } from '#delivery'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const t = await testApp()
// The third village has a head too, and nobody of it is in any chat group.
const c = await testCommune(t.app.sql, [4, 3, 2])
const [first, second] = c.villages as [(typeof c.villages)[0], (typeof c.villages)[0]]
const officer = await c.staff('commune_officer')
const head = await c.staff('village_head', first.id)
const otherHead = await c.staff('village_head', second.id)
for (const village of c.villages.slice(2)) await c.staff('village_head', village.id)
await t.app.sql`
  update loa.household set needs = '{poor}' where commune_id = ${c.tenant} and id = ${first.homes[0]!}`
await t.settle()

const chat = async (token: string, unit: string, name: string) =>
  (await t.ask('POST', 'chats', { token, body: { unit, platform: 'zalo', name, link: 'https://zalo.me/g/thonthu1' } }))
    .body.id
const ofFirst = await chat(head, first.id, 'Thôn Thử 1')
const ofSecond = await chat(otherHead, second.id, 'Thôn Thử 2')
const ofCommune = await chat(officer, c.unit, 'Cả xã')

const post = <const P extends string>(path: P, token: string, body: object = {}) => t.ask('POST', path, { token, body })
const send = async (changes: object = {}): Promise<string> => {
  const body = {
    title: 'Tiêm phòng chó',
    body: 'Sáng thứ Bảy.',
    plain: 'Đưa chó ra nhà văn hóa.',
    audience: { units: [c.unit] },
    ...changes,
  }
  const { id } = (await post('notices', officer, body)).body
  await post(`notices/${id}/publish`, officer)
  await t.settle()
  return id
}
const allTasks = async (token: string) => (await t.ask('GET', 'posting-tasks?limit=100', { token })).body.items
const tasks = async (token: string, id: string) => (await allTasks(token)).filter(one => one.noticeId === id)
const where = async (token: string, id: string) => (await tasks(token, id)).map(one => one.chat.name)
const say = (what: 'posted' | 'unposted' | 'taken-down', at: string, id: string, token = head) =>
  t.ask('POST', `chats/${at}/notices/${id}/${what}`, { token })
const states = async (id: string, token = officer) =>
  (await t.ask('GET', `notices/${id}/postings`, { token })).body.items
const levels = async (id: string) => (await t.ask('GET', `notices/${id}/reach`, { token: officer })).body
const trail = async (id: string) =>
  (
    await t.app.sql<{ what: string }[]>`
      select what from loa.trail where commune_id = ${c.tenant} and about_id = ${inside(id).id} order by id`
  ).map(row => row.what)

test('a notice waits for a village’s group once its head has passed it on, for the commune’s once all have', async () => {
  const id = await send({ relay: 'village' })
  expect(await where(officer, id)).toEqual([])
  await post(`notices/${id}/relay`, head, { words: 'Nhớ rọ mõm chó.' })
  expect(await where(head, id)).toEqual(['Thôn Thử 1'])
  expect(await where(officer, id)).toEqual(['Thôn Thử 1'])
  const [task] = await tasks(head, id)
  expect(task).toMatchObject({ kind: 'post', isMine: true, lateMinutes: 0 })
  expect(task!.text).toContain('village_head: Nhớ rọ mõm chó.')
  for (const [n, village] of c.villages.slice(1).entries())
    await post(`notices/${id}/relay`, n ? await c.staff('village_head', village.id) : otherHead)
  expect((await where(officer, id)).toSorted()).toEqual(['Cả xã', 'Thôn Thử 1', 'Thôn Thử 2'])
  expect(await where(otherHead, id)).toEqual(['Thôn Thử 2'])
})

test('the words are ready: whose, what, what to do, who says it, and the group’s own link', async () => {
  const id = await send({
    title: 'Dịch tả lợn',
    class: 'emergency',
    audience: { units: [first.id] },
    steps: [{ act: 'Nhốt lợn', why: 'bệnh theo giày dép' }, { act: 'Báo trưởng thôn' }],
    event: { at: '2099-11-25T07:00:00+07:00', place: 'Nhà văn hóa' },
    paper: { number: '3/CĐ', date: '2026-11-19', issuer: 'UBND xã' },
  })
  const [task] = await tasks(head, id)
  expect(task!.chat).toMatchObject({ name: 'Thôn Thử 1', link: 'https://zalo.me/g/thonthu1' })
  expect(Date.parse(task!.dueAt) - Date.parse(task!.visibleAt)).toBe(30 * 60_000)
  const text = task!.text.split('\n').filter(Boolean)
  expect(text).toEqual([
    'KHẨN CẤP - Thôn Thử 1',
    'Dịch tả lợn',
    'Đưa chó ra nhà văn hóa.',
    'Việc làm ngay:',
    '1. Nhốt lợn (bệnh theo giày dép)',
    '2. Báo trưởng thôn',
    'Lúc 07:00 ngày 25-11-2099, Nhà văn hóa',
    'commune_officer. Giấy số 3/CĐ ngày 19-11-2026',
    expect.stringMatching(/^Đọc cả tin, .*: http:\/\/loa\.test\/g\/[\w-]{15,24}$/),
  ])
})

test('what is for one village is not asked of another’s group nor of the commune’s', async () => {
  const id = await send({ audience: { units: [second.id] } })
  expect(await where(officer, id)).toEqual(['Thôn Thử 2'])
  expect(await where(head, id)).toEqual([])
  expect((await say('posted', ofFirst, id)).problem.code).toBe('posting_not_asked')
  expect((await say('posted', ofSecond, id)).status).toBe(403)
})

test('what is private, internal or for some homes only never goes to a group', async () => {
  const ids = [
    await send({ audience: { units: [c.unit], attributes: { needs: ['poor'] } } }),
    await send({ audience: { units: [c.unit], attributes: { phoneKinds: ['app'] } } }),
    await send({ internal: true }),
  ]
  for (const id of ids) {
    expect(await where(officer, id)).toEqual([])
    expect(await states(id)).toEqual([])
    expect((await say('posted', ofFirst, id)).problem.code).toBe('posting_not_asked')
  }
  const draft = (await post('notices', officer, { title: 'A', body: 'B', audience: { units: [c.unit] } })).body.id
  expect((await say('posted', ofFirst, draft)).problem.code).toBe('posting_not_asked')
})

test('“Đã đăng” exposes the homes below that level, which is not reach; who, when and once only', async () => {
  const id = await send({ audience: { units: [first.id] } })
  const home = await c.resident(first.homes[0]!)
  await post('receipts', home, {
    receipts: [{ id: newId(), noticeId: id, level: 'seen', at: now().toISOString() }],
  })
  expect((await say('posted', ofFirst, id)).body).toMatchObject({ state: 'posted' })
  expect((await say('posted', ofFirst, id)).status).toBe(200)
  const reach = await levels(id)
  expect(reach.levels).toMatchObject({ exposed: 3, seen: 1, none: 0 })
  expect(reach.reached).toBe(1)
  expect(await where(head, id)).toEqual([])
  expect(await states(id)).toMatchObject([
    { chat: { name: 'Thôn Thử 1' }, state: 'posted', by: 'village_head', lateMinutes: 0, opens: 0 },
  ])
  expect((await trail(id)).filter(what => what === 'notice.posted')).toHaveLength(1)
})

test('a home that then opens the notice rises from exposed as from nothing', async () => {
  const id = await send({ audience: { units: [first.id] } })
  await say('posted', ofFirst, id)
  const home = await c.resident(first.homes[1]!)
  await post(`notices/${id}/acknowledge`, home)
  expect((await levels(id)).levels).toMatchObject({ exposed: 3, acknowledged: 1 })
})

test('a wrong “Đã đăng” is taken back: the homes are what they were, the task is there again', async () => {
  const id = await send({ audience: { units: [c.unit] } })
  await say('posted', ofFirst, id)
  await say('posted', ofCommune, id, officer)
  expect((await levels(id)).levels).toMatchObject({ exposed: 9 })
  expect((await say('unposted', ofCommune, id, officer)).body.state).toBe('waiting')
  expect((await levels(id)).levels).toMatchObject({ exposed: 4, none: 5 })
  expect(await where(officer, id)).toContain('Cả xã')
  expect((await say('unposted', ofCommune, id, officer)).problem.code).toBe('posting_missing')
  await say('posted', ofCommune, id, officer)
  expect((await levels(id)).levels).toMatchObject({ exposed: 9 })
  await t.app.sql`
    update loa.posting set posted_at = posted_at - interval '2 days' where commune_id = ${c.tenant} and notice_id = ${inside(id).id}`
  expect((await say('unposted', ofFirst, id)).problem.code).toBe('posting_old')
})

test('two people say so at the same moment: it stands once', async () => {
  const id = await send({ audience: { units: [first.id] } })
  const said = await Promise.all([say('posted', ofFirst, id), say('posted', ofFirst, id, officer)])
  expect(said.map(one => one.status)).toEqual([200, 200])
  expect((await trail(id)).filter(what => what === 'notice.posted')).toHaveLength(1)
})

test('a late one says by how much, also after it was posted', async () => {
  const id = await send({ audience: { units: [first.id] } })
  const shift = () => t.app.sql`
    update loa.reach_unit r set visible_at = r.visible_at - interval '5 hours' from loa.publication p
    where r.commune_id = ${c.tenant} and p.commune_id = ${c.tenant} and p.published_id = r.published_id and p.subject_id = ${inside(id).id}`
  await shift()
  expect((await tasks(head, id))[0]!.lateMinutes).toBe(60)
  await say('posted', ofFirst, id)
  expect(await states(id)).toMatchObject([{ state: 'posted', lateMinutes: 60 }])
})

test('a correction that is told again is posted again; a typo is not', async () => {
  const id = await send({ audience: { units: [first.id] } })
  await say('posted', ofFirst, id)
  await post(`notices/${id}/correct`, officer, { title: 'Tiêm phòng chó, mèo', tellAgain: false })
  expect(await where(head, id)).toEqual([])
  await post(`notices/${id}/correct`, officer, { title: 'Tiêm phòng chó, mèo, chiều', tellAgain: true })
  const [task] = await tasks(head, id)
  expect(task).toMatchObject({ kind: 'again', title: 'Tiêm phòng chó, mèo, chiều' })
  expect(task!.text).toContain('ĐÍNH CHÍNH')
  expect(await states(id)).toMatchObject([{ state: 'again' }])
  expect((await say('posted', ofFirst, id)).body.state).toBe('posted')
  expect(await where(head, id)).toEqual([])
})

test('a withdrawn notice is taken down from the groups where it stands, and asked of no other', async () => {
  const id = await send({ audience: { units: [c.unit] } })
  await say('posted', ofFirst, id)
  await post(`notices/${id}/withdraw`, officer, { reason: 'Hoãn vì mưa' })
  expect(await where(officer, id)).toEqual(['Thôn Thử 1'])
  const [task] = await tasks(head, id)
  expect(task).toMatchObject({ kind: 'down', reason: 'Hoãn vì mưa', picture: null })
  expect(task!.text).toContain('đã thu hồi')
  expect((await say('posted', ofSecond, id, otherHead)).problem.code).toBe('posting_not_asked')
  expect((await say('taken-down', ofFirst, id)).body.state).toBe('taken_down')
  expect((await say('taken-down', ofFirst, id)).status).toBe(200)
  expect(await where(officer, id)).toEqual([])
  expect((await states(id)).find(one => one.chat.name === 'Thôn Thử 1')).toMatchObject({ state: 'taken_down' })
  expect((await trail(id)).filter(what => what === 'notice.taken_down')).toHaveLength(1)
  expect((await say('taken-down', ofSecond, id, otherHead)).problem.code).toBe('posting_missing')
})

test('an association’s chat group is asked for what is for the association, and its members’ homes are exposed', async () => {
  const group = newId()
  const yesterday = new Date(now().getTime() - 86_400_000)
  await t.app.sql`
    insert into loa.group_of_people (commune_id, id, kind, name, folded, unit_id, opened_at)
    values (${c.tenant}, ${group}, 'women', 'Phụ nữ', ${fold('Phụ nữ')}, ${c.unit}, ${yesterday})`
  await t.app.sql`
    insert into loa.group_member (commune_id, group_id, person_id, valid_from)
    select ${c.tenant}::int, ${group}::uuid, id, ${yesterday}::timestamptz from loa.person
    where commune_id = ${c.tenant} and household_id = any(${[first.homes[0]!, second.homes[0]!]}::uuid[])`
  const leader = await c.staff('association_officer', c.unit, group)
  const body = { platform: 'facebook', name: 'Phụ nữ xã' }
  const at = (await post(`groups/${c.out(group)}/chats`, leader, body)).body.id
  const forAll = await send({ audience: { units: [c.unit] } })
  expect(await where(leader, forAll)).toEqual([])
  const id = await send({ audience: { groups: [c.out(group)] } })
  expect(await tasks(leader, id)).toMatchObject([{ isMine: true, chat: { name: 'Phụ nữ xã' } }])
  expect(await where(head, id)).toEqual([])
  await say('posted', at, id, leader)
  expect((await levels(id)).levels).toMatchObject({ exposed: 2, none: 0 })
})

test('a group noted today is not asked for last week’s notices, a closed one for nothing', async () => {
  const id = await send({ audience: { units: [first.id] } })
  await t.app.sql`
    update loa.reach_unit r set visible_at = r.visible_at - interval '3 days' from loa.publication p
    where r.commune_id = ${c.tenant} and p.commune_id = ${c.tenant} and p.published_id = r.published_id and p.subject_id = ${inside(id).id}`
  expect(await where(head, id)).toEqual([])
  const other = await send({ audience: { units: [first.id] } })
  await post(`chats/${ofFirst}/close`, head)
  expect(await where(head, other)).toEqual([])
  expect(await states(other)).toEqual([])
  await post(`chats/${ofFirst}/reopen`, head)
  expect(await where(head, other)).toEqual(['Thôn Thử 1'])
})

test('the list of tasks is read page by page, and a place that is none is refused', async () => {
  const all = await allTasks(officer)
  const page = (await t.ask('GET', 'posting-tasks?limit=2', { token: officer })).body
  const rest = (await t.ask('GET', `posting-tasks?limit=100&cursor=${page.next}`, { token: officer })).body
  expect([...page.items, ...rest.items].map(one => one.noticeId + one.chat.id)).toEqual(
    all.map(one => one.noticeId + one.chat.id),
  )
  expect((await t.ask('GET', 'posting-tasks?cursor=sai', { token: officer })).problem.code).toBe('bad_cursor')
})

test('a screenshot loses what the phone noted in it; only those who keep the group see it', async () => {
  const id = await send({ audience: { units: [first.id] } })
  const { default: sharp } = await import('sharp')
  const shot = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#f00' } })
    .withExif({ IFD0: { Make: 'Điện thoại' }, IFD3: { GPSLatitude: '21/1 0/1 0/1' } })
    .jpeg()
    .toBuffer()
  const give = (bytes: Buffer, media: string) => {
    const form = new FormData()
    form.append('file', new File([new Uint8Array(bytes)], 'a.jpg', { type: media }))
    return t.ask('POST', `chats/${ofFirst}/notices/${id}/proof`, { token: head, body: form })
  }
  expect((await give(shot, 'image/jpeg')).problem.code).toBe('posting_missing')
  await say('posted', ofFirst, id)
  expect((await give(Buffer.from('%PDF-1.4'), 'application/pdf')).problem.code).toBe('proof_type')
  expect((await give(shot, 'image/jpeg')).status).toBe(201)
  expect((await states(id))[0]!.hasProof).toBe(true)
  const read = (token: string) =>
    t.process.hono.request(`/api/v1/chats/${ofFirst}/notices/${id}/proof`, {
      headers: { authorization: `Bearer ${token}` },
    })
  const kept = await read(officer)
  expect(kept.headers.get('content-type')).toBe('image/jpeg')
  expect((await sharp(Buffer.from(await kept.arrayBuffer())).metadata()).exif).toBeUndefined()
  expect((await read(otherHead)).status).toBe(403)
  expect((await read(await c.resident(first.homes[0]!))).status).toBe(403)
})

test('a head sees on a notice of the commune his own village’s group, not the others’', async () => {
  const id = await send({ audience: { units: [c.unit] } })
  expect((await states(id, head)).map(one => one.chat.name)).toEqual(['Thôn Thử 1'])
  expect(await states(id)).toHaveLength(3)
})

const phone = {
  'user-agent':
    'Mozilla/5.0 (Linux; Android 9; SM-J260) AppleWebKit/537.36 Chrome/66.0 Mobile Safari/537.36 Zalo android/12100',
}
const open = (path: string, headers: Record<string, string> = phone, method: 'GET' | 'HEAD' = 'GET') =>
  t.ask(method, path, { headers })

test('the group’s link opens the notice without signing in; only a person’s picture is counted, never a preview, and nobody’s level moves', async () => {
  const id = await send({ audience: { units: [first.id] } })
  const path = new URL(/http:\S+/.exec((await tasks(head, id))[0]!.text)![0]).pathname
  const page = await open(path)
  expect(page.status).toBe(200)
  expect(page.text).toContain('Tiêm phòng chó')
  expect(page.text).toContain(`${path}/xem.gif`)
  expect(page.text).toContain('og:title')
  const before = (await levels(id)).levels
  const opens = async () => (await states(id))[0]!.opens
  for (const agent of ['facebookexternalhit/1.1', 'ZaloBot/1.0', 'Mozilla/5.0 (compatible; Zalo-Preview/1.0)'])
    for (const one of [path, `${path}/xem.gif`]) {
      await open(one, { 'user-agent': agent })
      await open(one, { 'user-agent': agent }, 'HEAD')
    }
  await open(`${path}/xem.gif`, phone, 'HEAD')
  expect(await opens()).toBe(0)
  await open(`${path}/xem.gif`)
  const picture = await open(`${path}/xem.gif`)
  expect(await opens()).toBe(2)
  expect(picture.headers.get('cache-control')).toContain('max-age')
  expect((await levels(id)).levels).toEqual(before)
  expect((await open(`${path}x`)).status).toBe(404)
  expect((await open('/g/AAAAAAAAAAAAAAAAAAAA/xem.gif')).status).toBe(200)
})

test('what was opened before the correction counts for the group; a withdrawn notice says so; a private one opens by no group link', async () => {
  const id = await send({ audience: { units: [first.id] } })
  const path = new URL(/http:\S+/.exec((await tasks(head, id))[0]!.text)![0]).pathname
  await open(`${path}/xem.gif`)
  await post(`notices/${id}/correct`, officer, { title: 'Tiêm phòng mèo', tellAgain: true })
  expect((await open(path)).text).toContain('Tiêm phòng mèo')
  expect((await states(id))[0]!.opens).toBe(1)
  await post(`notices/${id}/withdraw`, officer, { reason: 'Hoãn' })
  expect((await open(path)).status).toBe(410)
  const secret = await send({ audience: { units: [c.unit], attributes: { needs: ['poor'] } } })
  const [row] = await t.app.sql<{ no: number }[]>`
    select no from loa.publication where commune_id = ${c.tenant} and subject_id = ${inside(secret).id}`
  const token = groupToken(t.app.keys, { tenant: c.tenant, chatNo: 1, publicationNo: row!.no })
  expect((await open(`/g/${token}`)).status).toBe(404)
})
