import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { nowMs } from '#core/clock'
import type { App } from '#core/module'
import { Problem } from '#core/problem'

/** The session's cookie. Its value begins with the tenant, like every token: `15v-<256 bits>`. */
export const sessionCookie = 'loa'

/** Beside it, while its owner acts for a home: the home's assisted session. His own stays as it is. */
const assistCookie = 'loa_assist'

/** Days without use after which a session of staff ends, and one of a home. */
export const sessionDays = { staff: 30, resident: 400 } as const

const cookieSeconds = 400 * 86_400

export const cookieHow = (app: App) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: app.config.publicUrl.startsWith('https:') }) as const

export const giveCookie = (app: App, c: Context, token: string) => {
  setCookie(c, sessionCookie, token, { ...cookieHow(app), maxAge: cookieSeconds })
}

export const takeCookie = (app: App, c: Context) => {
  deleteCookie(c, sessionCookie, cookieHow(app))
}

export const assistTokenOf = (c: Context) => getCookie(c, assistCookie)

/** Goes by itself when the time is over. */
export const giveAssistCookie = (app: App, c: Context, token: string, endsAt: Date) => {
  const maxAge = Math.max(1, Math.ceil((endsAt.getTime() - nowMs()) / 1000))
  setCookie(c, assistCookie, token, { ...cookieHow(app), maxAge })
}

export const takeAssistCookie = (app: App, c: Context) => {
  deleteCookie(c, assistCookie, cookieHow(app))
}

/** A page of another site must not sign a browser in, cookie or not. @throws Problem cross_site */
export function mustBeOurPage(c: Context) {
  const site = c.req.header('sec-fetch-site')
  if (site === 'cross-site') throw new Problem('cross_site')
}
