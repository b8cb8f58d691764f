// Facebook's and Zalo's machines open every link that somebody shares. They must prove nothing.
import { beforeAll, expect, inject, test } from 'vitest'
import { inside } from '#core/ids'
import { keysFrom, readSecret } from '#core/secrets'
import { messageToken } from '#delivery'
import { makeDay, type Day } from './day.ts'
import { call } from './screen.ts'
import { serverSecret } from './secret.ts'

let day: Day
beforeAll(async () => {
  day = await makeDay()
})

const robots = [
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'facebookcatalog/1.0',
  'ZaloBot/1.0',
  'TelegramBot (like TwitterBot)',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  // Scanners that open every link of a mail before it is delivered.
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks/1.0',
  'Barracuda Sentinel (EE)',
  'Mimecast-URL-Scanner/2.0',
  'GoogleImageProxy',
]
/** A person who opens a link inside Zalo. */
const inZalo = 'Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/80.0 Mobile Safari/537.36 Zalo/21.1'

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
  for (const robot of [...robots, inZalo])
    for (const method of ['GET', 'HEAD']) {
      for (const path of ['', '/card.png']) {
        const headers = { 'user-agent': robot }
        const answer = await fetch(`${inject('url')}/n/${day.emergency}${path}`, { method, headers })
        expect(answer.status, robot + path).toBe(200)
      }
    }
  expect(await levels()).toEqual(before)
})

/** The first home's own link to the emergency, as a channel would send it; what number the notice has no answer tells, so it is looked for. */
async function ownLink(): Promise<string> {
  const { items } = await call<{ items: { no: number; noticeId: string }[] }>(
    'village_head',
    'GET',
    `doors?noticeId=${day.emergency}&limit=1`,
  )
  const { tenant } = inside(day.emergency)
  const keys = keysFrom(readSecret(serverSecret, ''))
  for (let publicationNo = 200; publicationNo > 0; publicationNo--) {
    const path = `/t/${messageToken(keys, { tenant, homeNo: items[0]!.no, publicationNo })}`
    const answer = await fetch(inject('url') + path, { headers: { 'user-agent': robots[0]! } })
    if (answer.ok && (await answer.text()).includes('Dịch tả lợn châu Phi')) return path
  }
  throw new Error('no link of this home opens the emergency')
}

const openAs = (agent: string, path: string, method = 'GET') =>
  fetch(inject('url') + path, { method, headers: { 'user-agent': agent } })

test('a home’s own link and its picture prove nothing when robots and mail scanners open them; a person’s phone does', async () => {
  const path = await ownLink()
  const before = await levels()
  for (const robot of robots)
    for (const one of [path, `${path}/xem.gif`]) {
      expect((await openAs(robot, one)).status, robot).toBe(200)
      await openAs(robot, one, 'HEAD')
    }
  await openAs(inZalo, path)
  await openAs(inZalo, `${path}/xem.gif`, 'HEAD')
  expect(await levels()).toEqual(before)
  await openAs(inZalo, `${path}/xem.gif`)
  await expect.poll(levels).toEqual({ ...before, none: before['none']! - 1, seen: before['seen']! + 1 })
})

test('the page of a public notice needs no script and is at most 14 KB', async () => {
  const answer = await fetch(`${inject('url')}/n/${day.emergency}`, { headers: { 'accept-encoding': 'identity' } })
  const page = await answer.text()
  expect(page).toContain('Dịch tả lợn châu Phi')
  expect(page).not.toContain('<script')
  const { gzipSync } = await import('node:zlib')
  expect(gzipSync(page).length).toBeLessThan(14_336)
})
