// An article of the Official Account: made, asked for until it stands, told of once, changed and taken away.
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { liveEarlier, minuteOfDay, now, nowMs } from '#core/clock'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import type { Post } from '../poster.ts'
import { articleOf } from './article.ts'
import { places } from './places.ts'
import { startZalo } from './simulator.ts'
import { grantedAccount } from './zalo-for-tests.ts'

const { app } = await testApp({ isDemo: true })
const zalo = await startZalo({ clock: nowMs })
afterAll(() => zalo.stop())

const link = 'https://loa.example/g/abc'
const post: Post = {
  title: 'Họp thôn',
  text: `UBND xã\nHọp thôn\n\nMời bà con họp thôn.\n\nĐọc cả tin: ${link}`,
  link,
  author: 'UBND xã Sơn Động',
  isEmergency: false,
  card: 'https://loa.example/n/1-a/card.png?v=1',
  pictureAddresses: ['https://loa.example/n/1-a/f/b'],
  pictures: [],
  key: '',
}
const fresh = (changes: Partial<Post> = {}): Post => ({ ...post, key: newId(), ...changes })

let present: (() => void)[] = []
/** Lives at that hour of the day. */
const at = (hour: number) => present.push(liveEarlier(((minuteOfDay(now()) - hour * 60 + 1440) % 1440) * 60_000))
const later = (minutes: number) => present.push(liveEarlier(-minutes * 60_000))
beforeEach(() => {
  zalo.forget()
  zalo.articleTakesLong(1)
  zalo.quota.broadcast = 500
  at(10)
})
afterEach(() => {
  for (const back of present.toReversed()) back()
  present = []
})
const say = (one: Post, account: Awaited<ReturnType<typeof grantedAccount>>) =>
  places.post(app, account, 'article', one)
const paths = () => zalo.asked.map(one => one.path).filter(path => path.startsWith('/v2.0'))

test('the account’s articles stand first among the places where it posts, before its groups and without any', async () => {
  const account = await grantedAccount(app, zalo)
  zalo.group('tan-loi', { name: 'Thôn Tân Lợi', members: 80 })
  expect(await places.outlets(app, account)).toMatchObject([
    { id: 'article', words: 'zalo.article', url: 'https://zalo.me/2510000000000000002' },
    { id: 'tan-loi' },
  ])
  zalo.answerWith({ error: -237 })
  expect(await places.outlets(app, account)).toMatchObject([{ id: 'article' }])
  zalo.answerWith({ error: -32 })
  expect(await places.outlets(app, account)).toBe('slow_down')
})

test('an article that is still being made is asked for again; once it stands its followers are told, one time', async () => {
  const account = await grantedAccount(app, zalo)
  zalo.articleTakesLong(2)
  const one = fresh()
  for (let n = 0; n < 2; n++)
    expect(await say(one, account)).toMatchObject({
      is: 'refused',
      why: 'being_made',
      againAt: expect.any(Date) as Date,
    })
  expect(zalo.taken()).toEqual([])
  const said = await say(one, account)
  expect(said).toMatchObject({ is: 'accepted', ids: [zalo.taken()[0]!.to] })
  expect(zalo.taken()).toMatchObject([{ way: 'broadcast', text: 'Họp thôn' }])
  const [article] = [...zalo.articles.values()].slice(-1)
  expect(article).toMatchObject({ status: 'show', author: post.author, cover: { photo_url: post.card } })
  expect(article!.body.map(part => part.content ?? part.url)).toEqual([
    'UBND xã',
    'Họp thôn',
    'Mời bà con họp thôn.',
    `Đọc cả tin: ${link}`,
    post.pictureAddresses[0],
  ])
  const broadcast = JSON.parse(zalo.asked.at(-1)!.words) as { message: object }
  expect(broadcast.message).not.toHaveProperty('text')
  // Whoever died before he wrote it down is told the same again.
  expect(await say(one, account)).toEqual(said)
  expect(paths().filter(path => path === '/v2.0/oa/message')).toHaveLength(1)
  expect(paths().filter(path => path === '/v2.0/article/create')).toHaveLength(1)
})

test('in the night nothing is made: it waits for six o’clock; an emergency is left to people at once', async () => {
  at(23)
  const account = await grantedAccount(app, zalo)
  const said = await say(fresh(), account)
  expect(said).toMatchObject({ is: 'refused', why: 'night' })
  expect(said.is === 'refused' && minuteOfDay(said.againAt!)).toBe(360)
  expect(await say(fresh({ isEmergency: true }), account)).toEqual({ is: 'refused', why: 'not_at_night' })
  expect(paths()).toEqual([])
})

test('what Zalo itself calls night waits, and goes on with the same article', async () => {
  const account = await grantedAccount(app, zalo)
  zalo.articleTakesLong(0)
  for (const isEmergency of [false, true]) {
    const one = fresh({ isEmergency })
    zalo.quota.broadcast = 0
    expect(await say(one, account)).toMatchObject({ is: 'refused', why: 'unasked_used' })
    zalo.answerWith({ error: -234 })
    expect(await say(one, account)).toMatchObject({ why: isEmergency ? 'not_at_night' : 'night' })
    zalo.forget()
    zalo.quota.broadcast = 1
    expect(await say(one, account)).toMatchObject({ is: 'accepted' })
    expect(paths()).toEqual(['/v2.0/oa/message'])
  }
})

/** An article that stands, and whose followers may be told now. */
async function madeAndUntold() {
  const account = await grantedAccount(app, zalo)
  const one = fresh()
  await say(one, account)
  zalo.quota.broadcast = 0
  await say(one, account)
  zalo.quota.broadcast = 500
  return { account, one }
}

test.each([['hang_up'], ['down'], [{ error: -100 }]] as const)(
  'a broadcast that ended in %o may have gone: nobody knows, and it never goes again',
  async trouble => {
    const { account, one } = await madeAndUntold()
    zalo.answerWith(trouble)
    await expect(say(one, account)).rejects.toThrow()
    const asked = zalo.asked.length
    zalo.answerWith('none')
    await expect(say(one, account)).rejects.toThrow()
    expect(zalo.asked.length).toBe(asked)
    expect(zalo.taken().length).toBe(trouble === 'hang_up' ? 1 : 0)
  },
)

test('two that tell at the same moment tell once', async () => {
  const { account, one } = await madeAndUntold()
  await Promise.allSettled([say(one, account), say(one, account)])
  expect(zalo.taken()).toHaveLength(1)
})

test('an article that is not there after ten minutes is a person’s, and a new try makes a new one', async () => {
  const account = await grantedAccount(app, zalo)
  zalo.articleTakesLong(5)
  const one = fresh()
  expect(await say(one, account)).toMatchObject({ why: 'being_made' })
  later(11)
  expect(await say(one, account)).toEqual({ is: 'refused', why: 'message_refused' })
  zalo.articleTakesLong(0)
  expect(await say(one, account)).toMatchObject({ is: 'accepted' })
})

test('it is put right without telling anybody again, and taken away; a removal whose answer was lost is done when it is gone', async () => {
  const account = await grantedAccount(app, zalo)
  zalo.articleTakesLong(0)
  const one = fresh()
  const said = await say(one, account)
  const id = said.is === 'accepted' ? said.ids![0]! : ''
  expect(await places.change!(app, account, 'article', id, { ...one, title: 'Họp xã' })).toEqual({ is: 'accepted' })
  expect(zalo.articles.get(id)!.title).toBe('Họp xã')
  expect(zalo.taken()).toHaveLength(1)
  zalo.answerWith('hang_up')
  await expect(places.remove!(app, account, 'article', id)).rejects.toThrow()
  zalo.answerWith('none')
  expect(zalo.articles.has(id)).toBe(false)
  expect(await places.remove!(app, account, 'article', id)).toEqual({ is: 'accepted' })
  expect(await places.remove!(app, account, 'article', 'khong-co')).toMatchObject({ why: 'message_refused' })
  expect(await places.remove!(app, account, 'tan-loi', id)).toEqual({ is: 'refused', why: 'not_possible' })
})

test('an article whose followers were never told is taken away with its notice, also while it is being made', async () => {
  const account = await grantedAccount(app, zalo)
  const one = fresh()
  await say(one, account)
  expect(await places.drop!(app, account, 'article', one.key)).toEqual({ is: 'accepted' })
  expect(await places.drop!(app, account, 'article', one.key)).toEqual({ is: 'accepted' })
  expect(await places.drop!(app, account, 'article', 'khong-co')).toEqual({ is: 'accepted' })
  zalo.articleTakesLong(2)
  const two = fresh()
  await say(two, account)
  expect(await places.drop!(app, account, 'article', two.key)).toMatchObject({ why: 'being_made' })
  expect(await places.drop!(app, account, 'article', two.key)).toEqual({ is: 'accepted' })
  expect(paths().slice(-2)).toEqual(['/v2.0/article/verify', '/v2.0/article/remove'])
})

const table = [
  [-216, 'not_signed_in'],
  [-221, 'account_blocked'],
  [-224, 'account_blocked'],
  [-136, 'no_money'],
  [-32, 'slow_down'],
  [-100, 'provider_down'],
  [-211, 'unasked_used'],
  [-201, 'message_refused'],
  [-248, 'message_refused'],
] as const
test.each(table)('%i at the making is %s', async (error, why) => {
  const account = await grantedAccount(app, zalo)
  zalo.answerWith({ error })
  expect(await say(fresh(), account)).toMatchObject({ is: 'refused', why })
})

test('what is too long for Zalo’s fields is cut; the text is whole', () => {
  const long = articleOf({
    ...post,
    title: 'Họp thôn. '.repeat(40),
    author: 'Ủy ban nhân dân '.repeat(9),
    text: `${'Mời bà con. '.repeat(400)}\n${link}`,
  })
  expect(Array.from(long.title).length).toBeLessThanOrEqual(150)
  expect(Array.from(long.author).length).toBeLessThanOrEqual(50)
  expect(Array.from(long.description).length).toBeLessThanOrEqual(300)
  expect(long.body[0]!).toMatchObject({ content: 'Mời bà con. '.repeat(400) })
  expect(long.body[1]!).toMatchObject({ content: link })
})
