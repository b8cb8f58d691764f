// What a head's phone keeps of other people's homes goes on its day, and as soon as it hears that it may no longer have it.
import { beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { makeDay, type Day } from './day.ts'
import { copies } from './kept.ts'
import { networkOff, networkOn } from './network.ts'
import { browse, call, open, phone, settled } from './screen.ts'

let day: Day
beforeAll(async () => {
  day = await makeDay()
})

interface Handed {
  account: string
  invitation: { address: string }
}

const holdsDoors = async (page: Page) => {
  await page.locator('.row-in').first().waitFor()
  await expect.poll(async () => JSON.stringify(await copies(page))).toContain('headName')
}
const holdsNothing = (page: Page) => expect.poll(async () => copies(page)).toEqual([])

const doors = () => `/doors?noticeId=${day.emergency}`
/** As when the phone is taken out of the pocket again. */
const lookAgain = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))

/** A head of his own, come in by his invitation. */
async function newHead() {
  const { unit } = await call<{ unit: { id: string } }>('village_head', 'GET', 'me')
  const make = (role: string) =>
    call<{ id: string }>('commune_officer', 'POST', 'posts', { unit: unit.id, role, title: `${role} thử` })
  const post = (await make('village_head')).id
  const { account, invitation } = await call<Handed>('commune_officer', 'POST', `posts/${post}/people`, {
    name: 'Hà Thị Thử',
  })
  const page = await (await browse(undefined, phone)).newPage()
  await page.goto(invitation.address)
  await page.getByRole('button', { name: 'Vào' }).click()
  await page.waitForURL('**/')
  await page.goto(doors())
  await settled(page)
  return { page, post, account, make }
}

const days = (n: number) => Date.now() + n * 86_400_000

test('a list of doors is gone from the phone after its day, when the phone is looked at and when the app is opened', async () => {
  const context = await browse('village_head', phone)
  const page = await open(context, doors())
  await holdsDoors(page)
  await networkOff(context)
  await context.clock.setSystemTime(days(20))
  await lookAgain(page)
  await holdsNothing(page)
  await networkOn(context)

  await context.clock.setSystemTime(days(0))
  await page.goto(doors())
  await holdsDoors(page)
  await context.clock.setSystemTime(days(20))
  await page.goto('/account')
  await settled(page)
  await holdsNothing(page)
})

test('what is still to be told is kept when the phone is looked at before that day', async () => {
  const context = await browse('village_head', phone)
  const page = await open(context, doors())
  await holdsDoors(page)
  await context.clock.setSystemTime(days(1))
  await lookAgain(page)
  await page.waitForTimeout(500)
  await holdsDoors(page)
})

test('a phone that is refused as nobody’s erases its lists without being asked to', async () => {
  const { page, post, account } = await newHead()
  await holdsDoors(page)
  // A lost phone: the officer hands over a new way in, and every old one dies.
  await call('commune_officer', 'POST', `posts/${post}/people/${account}/invitation`)
  await page.getByRole('link', { name: 'In danh sách' }).click()
  await holdsNothing(page)
  await page.getByRole('heading', { level: 1, name: 'Vào Loa Làng' }).waitFor()
})

test('a post that ended takes its lists along, though the person goes on in another', async () => {
  const { page, post, account, make } = await newHead()
  await holdsDoors(page)
  const next = (await make('front_head')).id
  await call('commune_officer', 'POST', `posts/${next}/people`, { account })
  await call('commune_officer', 'POST', `posts/${post}/people/${account}/end`)
  await lookAgain(page)
  await expect.poll(async () => JSON.stringify(await copies(page))).not.toContain('headName')
})
