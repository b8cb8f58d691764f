// The commune's Facebook page over a simulator of Meta: its posts, their pictures, and what people write under them.
import { afterAll, expect, test } from 'vitest'
import { startMeta } from '#channels/meta-simulator'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const t = await testApp({ isDemo: true })
const meta = await startMeta()
afterAll(() => meta.stop())
const c = await testCommune(t.app.sql, [2])
const officer = await c.staff('commune_officer')
const post = <const P extends string>(path: P, body: object = {}) => t.ask('POST', path, { token: officer, body })
const { pageId, verifyWord, pageToken, appSecret } = meta.login
const account = await post('channel-accounts', {
  adapter: 'facebook',
  name: 'Trang xã Thử',
  settings: { pageId, verifyWord, graphVersion: 26, host: '127.0.0.1', port: meta.port, line: 'http', perSecond: 200 },
  secrets: { pageToken, appSecret },
})
const accountId = account.body.id
const chatId = (await post('chats', { unit: c.unit, platform: 'facebook', name: 'Trang Facebook của xã' })).body.id
await t.ask('PUT', `chats/${chatId}/outlet`, { token: officer, body: { accountId, outlet: pageId } })
const hook = new URL(account.body.hook!).pathname

const draft = async (title: string) =>
  (await post('notices', { title, body: 'Sáng thứ Bảy.', audience: { units: [c.unit] } })).body.id
const publish = async (id: string) => {
  await post(`notices/${id}/publish`)
  await t.settle()
  return id
}
const send = async (title: string) => publish(await draft(title))
const states = async (id: string) => (await t.ask('GET', `notices/${id}/postings`, { token: officer })).body.items
const tasks = async (id: string) =>
  (await t.ask('GET', 'posting-tasks?limit=100', { token: officer })).body.items.filter(one => one.noticeId === id)
const mend = async () => {
  const { version } = (await t.ask('GET', 'channel-accounts', { token: officer })).body.items[0]!
  await t.ask('PATCH', `channel-accounts/${accountId}`, { token: officer, body: { version } })
}
const hears = async (...changes: object[]) => {
  const { body, headers } = meta.batch({ changes })
  const said = await t.ask('POST', hook, { body, headers })
  await t.settle()
  return said.status
}
const asked = async (open = 'true') =>
  (await t.ask('GET', `questions?open=${open}`, { token: officer })).body.items.filter(one => one.comment)

test('a notice stands on the page with its link’s card; its address is kept', async () => {
  const id = await send('Tiêm phòng chó')
  const [one] = meta.posts()
  expect(one).toMatchObject({ isPublished: true, pictures: [] })
  expect(one!.message).toContain(one!.link)
  expect((await states(id))[0]).toMatchObject({ state: 'posted', url: `https://www.facebook.com/${one!.id}` })
})

test('its pictures go with it, in a form that Meta takes, and the link stands in the words', async () => {
  const { default: sharp } = await import('sharp')
  const id = await draft('Lịch khám')
  const picture = sharp({ create: { width: 9, height: 9, channels: 3, background: '#0a0' } })
  for (const [name, bytes] of [
    ['a.webp', await picture.clone().webp().toBuffer()],
    ['b.png', await picture.clone().png().toBuffer()],
  ] as const) {
    const form = new FormData()
    form.append('file', new File([new Uint8Array(bytes)], name))
    await t.ask('POST', `notices/${id}/files`, { token: officer, body: form })
  }
  await publish(id)
  const one = meta.posts().at(-1)!
  expect(one.pictures.map(name => meta.photos().get(name)!.media)).toEqual(['image/jpeg', 'image/png'])
  expect(one.link).toBeUndefined()
  expect(one.message).toMatch(/\/g\/[\w-]+/)
})

test('a key that ran out makes it a person’s task; with a new one the account posts, and the same words twice are once', async () => {
  meta.expire()
  const id = await send('Họp thôn')
  expect(await tasks(id)).toMatchObject([{ trouble: expect.stringContaining('khóa') as string }])
  meta.expire(false)
  await mend()
  meta.answerWith('hang_up')
  await post(`chats/${chatId}/notices/${id}/again`)
  await t.settle()
  expect(await tasks(id)).toMatchObject([{ trouble: expect.stringContaining('không rõ') as string }])
  meta.answerWith('take')
  const before = meta.posts().length
  await post(`chats/${chatId}/notices/${id}/again`)
  await t.settle()
  expect(meta.posts()).toHaveLength(before)
  expect(await tasks(id)).toEqual([])
  expect((await states(id))[0]).toMatchObject({ state: 'posted' })
})

test('a typo is put right on the page, a withdrawn notice is taken down there', async () => {
  const id = await send('Thu gom rác')
  await post(`notices/${id}/correct`, { title: 'Thu gom rác nhựa', tellAgain: false })
  await t.settle()
  const one = meta.posts().at(-1)!
  expect(one.message).toContain('rác nhựa')
  await post(`notices/${id}/withdraw`, { reason: 'Hoãn' })
  await t.settle()
  expect(meta.posts()).not.toContain(one)
  expect((await states(id))[0]).toMatchObject({ state: 'taken_down' })
})

test('what is written under a post is a question to its author, once; the answer stands under it for all', async () => {
  const id = await send('Mở lớp bơi')
  const one = meta.posts().at(-1)!
  const comment = meta.comments(one, 'Lớp bơi mấy tuổi được học?')
  expect(await hears(comment)).toBe(200)
  await hears(comment, meta.comments(one, 'Trang xã trả lời', pageId))
  const [question] = await asked()
  expect(await asked()).toHaveLength(1)
  expect(question).toMatchObject({
    noticeId: id,
    home: null,
    words: 'Lớp bơi mấy tuổi được học?',
    comment: { account: 'Trang xã Thử', reply: null },
  })
  await post(`questions/${question!.id}/answer`, { answer: 'Từ 6 tuổi.' })
  await t.settle()
  expect(one.comments.map(each => each.message)).toContain('Từ 6 tuổi.')
  expect((await asked('false'))[0]).toMatchObject({ comment: { reply: 'done', trouble: null } })
})

test('an answer that is put right while the first is on its way stands there too', async () => {
  await send('Phát giống')
  const one = meta.posts().at(-1)!
  await hears(meta.comments(one, 'Giống gì?'))
  const [question] = await asked()
  meta.meanwhile(async () => {
    meta.meanwhile(undefined)
    await post(`questions/${question!.id}/answer`, { answer: 'Giống ngô.' })
  })
  await post(`questions/${question!.id}/answer`, { answer: 'Giống lúa.' })
  await t.settle()
  expect(one.comments.map(each => each.message)).toEqual(['Giống gì?', 'Giống lúa.', 'Giống ngô.'])
  expect((await asked('false')).find(each => each.id === question!.id)!.comment).toMatchObject({ reply: 'done' })
})

test('an answer that Meta refuses is left to a person, with the reason and the way there; one that was lost is not said twice', async () => {
  await send('Phát gạo')
  const one = meta.posts().at(-1)!
  await hears(meta.comments(one, 'Mấy giờ?'), meta.comments(one, 'Ở đâu?'))
  const [first, second] = (await asked()).toSorted((a, b) => (a.words < b.words ? -1 : 1))
  meta.answerWith({ code: 200 })
  await post(`questions/${first!.id}/answer`, { answer: 'Bảy giờ.' })
  await t.settle()
  meta.answerWith('hang_up')
  await mend()
  await post(`questions/${second!.id}/answer`, { answer: 'Nhà văn hóa.' })
  await t.settle()
  meta.answerWith('take')
  await t.settle()
  const done = await asked('false')
  const of = (id: string) => done.find(each => each.id === id)!.comment!
  expect(of(first!.id)).toMatchObject({ reply: 'refused', trouble: expect.stringContaining('quyền') as string })
  expect(of(second!.id)).toMatchObject({ reply: 'unsure', url: expect.stringContaining('facebook.com') as string })
  expect(one.comments.filter(each => each.message === 'Nhà văn hóa.')).toHaveLength(1)
})

test('what is written under a post of somebody else is no question of ours', async () => {
  const before = (await asked()).length
  const foreign = { ...meta.posts().at(-1)!, id: '1_2' }
  const { value, field } = meta.comments(meta.posts().at(-1)!, 'Hỏi nơi khác')
  await hears({ field, value: { ...value, post_id: foreign.id } })
  expect(await asked()).toHaveLength(before)
})
