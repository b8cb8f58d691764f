// A phone, a desk, a person who is signed in: what every end-to-end test begins with.
import { basename } from 'node:path'
import { afterAll, expect, inject } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Role } from '#access'
import { launch } from './browser.ts'
import type { Known } from './commune.ts'
import { wired } from './network.ts'

export interface Look {
  width: number
  height: number
  isDark?: boolean
  size?: 'elder' | 'large'
  isContrast?: boolean
  language?: 'vi' | 'en'
}

export const phone: Look = { width: 360, height: 780 }
export const smallPhone: Look = { width: 320, height: 640 }
export const desk: Look = { width: 1366, height: 768 }

let browser: Promise<Browser> | undefined
const opened: BrowserContext[] = []

afterAll(async () => {
  for (const context of opened.splice(0)) await context.close()
  await (await browser)?.close()
  browser = undefined
})

const url = () => inject('url')

/** The commune of the test file that runs: what one file does there no other sees. */
export const known = (): Known => inject('communes')[basename(expect.getState().testPath!)]!

/** A browser of its own, signed in with a session or as a role; without either a stranger's. */
export async function browse(who: Role | { session: string } | undefined, look: Look = phone): Promise<BrowserContext> {
  browser ??= launch()
  const context = await wired(await browser, {
    baseURL: url(),
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: look.width, height: look.height },
    reducedMotion: 'reduce',
    colorScheme: look.isDark ? 'dark' : 'light',
    contrast: look.isContrast ? 'more' : 'no-preference',
    ...(look.width < 500 ? { hasTouch: true, isMobile: false } : {}),
  })
  opened.push(context)
  const session = typeof who === 'string' ? known().sessions[who] : who?.session
  if (session) await context.addCookies([{ name: 'loa', value: session, url: url(), httpOnly: true, sameSite: 'Lax' }])
  const kept = { view: look.size ? JSON.stringify({ size: look.size }) : '', language: look.language ?? '' }
  await context.addInitScript(given => {
    if (given.view) localStorage.setItem('loa.view', given.view)
    if (given.language) localStorage.setItem('loa.language', given.language)
  }, kept)
  return context
}

/** Opens an address and waits until what it shows has come. */
export const open = async (context: BrowserContext, path: string): Promise<Page> =>
  openIn(context.pages()[0] ?? (await context.newPage()), path)

/** The same in a page that is there. */
export async function openIn(page: Page, path: string): Promise<Page> {
  await page.goto(path)
  await settled(page)
  return page
}

/** Nothing is loading any more. */
export async function settled(page: Page) {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'))
}

/** Calls the API as somebody, from outside the browser. @throws Error with the server's words */
export async function call<T>(
  who: Role | { session: string },
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  const session = typeof who === 'string' ? known().sessions[who] : who.session
  const answer = await fetch(`${url()}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${session}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const said = (await answer.json()) as T & { message?: string }
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${said.message}`)
  return said
}
