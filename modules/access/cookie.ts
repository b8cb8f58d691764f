import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import type { App } from '#core/module'
import { Problem } from '#core/problem'

/** The session's cookie. Its value begins with the tenant, like every token: `15v-<256 bits>`. */
export const sessionCookie = 'loa'

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

/** A page of another site must not sign a browser in, cookie or not. @throws Problem cross_site */
export function mustBeOurPage(c: Context) {
  const site = c.req.header('sec-fetch-site')
  if (site === 'cross-site') throw new Problem('cross_site')
}
