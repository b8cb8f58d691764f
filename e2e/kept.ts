// What the app has stored on a phone.
import { expect } from 'vitest'
import type { Page } from 'playwright-core'

interface Copy {
  key: string
  value: unknown
  at: number
  until: number
}

/** The lists that the app keeps; none before it has made its database, which is left to the app. */
export const copies = (page: Page): Promise<Copy[]> =>
  page.evaluate(
    () =>
      new Promise<Copy[]>((done, failed) => {
        const asked = indexedDB.open('loa')
        let isMissing = false
        asked.addEventListener('upgradeneeded', () => {
          isMissing = true
          asked.transaction!.abort()
        })
        asked.addEventListener('error', () => (isMissing ? done([]) : failed(asked.error!)))
        asked.addEventListener('success', () => {
          const all = asked.result.transaction('copy').objectStore('copy').getAll()
          all.addEventListener('success', () => {
            asked.result.close()
            done(all.result as Copy[])
          })
        })
      }),
  )

/** From here on the screen opens again without a network: the worker has the app, the phone has the screen's list. */
export async function keptForOffline(page: Page, list: 'feed' | 'doors' | 'relays') {
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect.poll(async () => (await copies(page)).map(copy => copy.key).join(' ')).toContain(`/${list}`)
}
