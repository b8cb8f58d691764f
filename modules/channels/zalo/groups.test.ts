// Groups that the account owns: which there are, what is posted in them, and that nobody is called by it.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { groups, groupText } from './groups.ts'
import { startZalo } from './simulator.ts'
import { grantedAccount } from './zalo-for-tests.ts'

const { app } = await testApp({ isDemo: true })
const zalo = await startZalo()
afterAll(() => zalo.stop())
beforeEach(() => zalo.forget())
const post = {
  title: 'Họp thôn',
  text: 'Mời bà con họp thôn. https://loa.example/g/abc',
  link: 'https://loa.example/g/abc',
  author: 'UBND xã Sơn Động',
  isEmergency: false,
  card: 'http://loa.test/n/1-a/card.png',
  pictureAddresses: [],
  pictures: [],
  key: 'k',
}

test('every group of the account is a place to post in, however many there are', async () => {
  const account = await grantedAccount(app, zalo)
  for (let n = 0; n < 60; n++) zalo.group(`g${n}`, { name: `Thôn ${n}`, members: 40 + n })
  const found = await groups.outlets(app, account)
  expect(found.length).toBe(60)
  expect(found[7]).toEqual({ id: 'g7', name: 'Thôn 7', members: 47, url: 'https://zalo.me/g/g7' })
})

test('a post stands in its group once, in the night too, and has its name', async () => {
  const account = await grantedAccount(app, zalo)
  zalo.group('tan-loi', { name: 'Thôn Tân Lợi', members: 80 })
  const said = await groups.post(app, account, 'tan-loi', post)
  expect(said).toMatchObject({ is: 'accepted', ids: [zalo.taken()[0]!.id] })
  expect(zalo.taken()).toMatchObject([{ way: 'group', to: 'tan-loi', text: post.text }])
})

test('whatever somebody wrote calls no member of the group; what is too long ends with its link', () => {
  expect(groupText({ ...post, text: `Chào [@all] và [@123] ${post.link}` })).toBe(`Chào  và  ${post.link}`)
  const long = groupText({ ...post, text: `${'Nhốt lợn lại. '.repeat(300)}${post.link}` })
  expect(Array.from(long).length).toBeLessThanOrEqual(2000)
  expect(long.endsWith(post.link)).toBe(true)
})

test('a group whose package has ended is a person’s to post in, and the account goes on', async () => {
  const account = await grantedAccount(app, zalo)
  zalo.answerWith({ error: -237 })
  expect(await groups.post(app, account, 'tan-loi', post)).toEqual({ is: 'refused', why: 'not_possible' })
  zalo.answerWith({ error: -32 })
  expect(await groups.outlets(app, account)).toBe('slow_down')
})
