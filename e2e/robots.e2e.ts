// Facebook's and Zalo's machines open every link that somebody shares. They must prove nothing.
import { beforeAll, expect, inject, test } from 'vitest'
import { makeDay, type Day } from './day.ts'
import { call } from './screen.ts'

let day: Day
beforeAll(async () => {
  day = await makeDay()
})

const robots = [
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'facebookcatalog/1.0',
  'ZaloBot/1.0',
  'Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/80.0 Mobile Safari/537.36 Zalo/21.1',
  'TelegramBot (like TwitterBot)',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
]

const levels = async () => {
  const reach = await call<{ levels: Record<string, number> }>(
    'commune_officer',
    'GET',
    `notices/${day.emergency}/reach`,
  )
  return reach.levels
}

test('a shared link opened by preview robots changes no evidence', async () => {
  const before = await levels()
  for (const robot of robots)
    for (const method of ['GET', 'HEAD']) {
      const answer = await fetch(`${inject('url')}/n/${day.emergency}`, { method, headers: { 'user-agent': robot } })
      expect(answer.status, robot).toBe(200)
    }
  expect(await levels()).toEqual(before)
})

test('the page of a public notice needs no script and is at most 14 KB', async () => {
  const answer = await fetch(`${inject('url')}/n/${day.emergency}`, { headers: { 'accept-encoding': 'identity' } })
  const page = await answer.text()
  expect(page).toContain('Dịch tả lợn châu Phi')
  expect(page).not.toContain('<script')
  const { gzipSync } = await import('node:zlib')
  expect(gzipSync(page).length).toBeLessThan(14_336)
})
