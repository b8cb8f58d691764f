// A press is never lost: not before the phone's store has come, not when the app is closed at once.
import { beforeAll, expect, test } from 'vitest'
import type { BrowserContext, Page } from 'playwright-core'
import { makeDay, type Day } from './day.ts'
import { copies } from './kept.ts'
import { networkOff, networkOn } from './network.ts'
import { browse, call, known, open } from './screen.ts'

let day: Day
beforeAll(async () => {
  day = await makeDay()
})

const knowing = async () => {
  const path = `notices/${day.emergency}/reach`
  return (await call<{ levels: { acknowledged: number } }>('commune_officer', 'GET', path)).levels.acknowledged
}

/** A phone on which the app was never opened, and has no worker yet. */
async function newPhone(context: BrowserContext) {
  await context.addInitScript(() => {
    navigator.serviceWorker.register = () => new Promise(() => {})
  })
  return context
}
const press = async (page: Page) => {
  await page.locator('.urgent').getByRole('button', { name: 'Đã rõ' }).click()
  await page.locator('.urgent').getByText('Nhà mình đã rõ').waitFor()
}
const store = '**/assets/stored-*.js'

test('“Đã rõ” pressed when the network went before the phone’s store had come is sent when the app is opened again', async () => {
  const context = await newPhone(await browse('resident'))
  await context.route(store, route => route.abort())
  const page = await open(context, '/')
  await networkOff(context)
  const before = await knowing()
  await press(page)
  await page.getByRole('button', { name: 'Chờ gửi 1' }).waitFor()
  await page.close()
  expect(await knowing()).toBe(before)
  await networkOn(context)
  await context.unroute(store)
  const again = await open(context, '/')
  await expect.poll(knowing).toBe(before + 1)
  await again.locator('.offline').waitFor({ state: 'detached' })
})

test('the same with the network back while the app is open, and the store still not there', async () => {
  const context = await newPhone(await browse({ session: known().neighbour }))
  await context.route(store, route => route.abort())
  const page = await open(context, '/')
  await networkOff(context)
  const before = await knowing()
  await press(page)
  await networkOn(context)
  await expect.poll(knowing).toBe(before + 1)
  await page.locator('.offline').waitFor({ state: 'detached' })
})

test('what the feed has stored stays, however late the phone looks whose it is; what is another’s goes', async () => {
  const context = await newPhone(await browse('resident'))
  const late = Promise.withResolvers<void>()
  await context.route('**/assets/watch-holder-*.js', async route => {
    await late.promise
    await route.continue()
  })
  const page = await open(context, '/')
  const keys = async () => (await copies(page)).map(copy => copy.key)
  await expect.poll(keys).toHaveLength(1)
  const own = await keys()
  // Of all that the phone keeps it comes last, so that the rest was looked at before.
  await page.evaluate(async () => {
    const opened = await new Promise<IDBDatabase>(done => {
      const asked = indexedDB.open('loa')
      asked.addEventListener('success', () => done(asked.result))
    })
    const row = { key: '~ another/feed', value: [], at: Date.now(), until: Date.now() + 3_600_000 }
    const put = opened.transaction('copy', 'readwrite').objectStore('copy').put(row)
    await new Promise(done => put.addEventListener('success', done))
    opened.close()
  })
  const others = '~ another/feed'
  expect(await keys()).toEqual([...own, others])
  late.resolve()
  await expect.poll(keys).not.toContain(others)
  expect(await keys()).toEqual(own)
})
