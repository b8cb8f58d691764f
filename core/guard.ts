// What every request passes: no cross-site writes with cookies, and headers that keep a page to itself.
import type { MiddlewareHandler } from 'hono'
import type { App } from './module.ts'
import { Problem } from './problem.ts'

const policy = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "script-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const isRead = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

/** Browsers name where a request comes from; a write with our cookie from another site is refused. */
function isCrossSite(headers: Headers, ownOrigins: () => string[]) {
  if (!headers.get('cookie')) return false
  const site = headers.get('sec-fetch-site')
  if (site) return site === 'cross-site'
  const origin = headers.get('origin')
  return Boolean(origin) && origin !== 'null' && !ownOrigins().includes(origin!)
}

export const guard =
  (app: App): MiddlewareHandler =>
  async (c, next) => {
    const own = () => [new URL(app.config.publicUrl).origin, new URL(c.req.url).origin]
    if (!isRead(c.req.method) && isCrossSite(c.req.raw.headers, own)) throw new Problem('cross_site')
    await next()
    const { headers } = c.res
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', policy)
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('permissions-policy', 'interest-cohort=()')
    if (app.config.publicUrl.startsWith('https:')) headers.set('strict-transport-security', 'max-age=31536000')
    if (c.req.path.startsWith('/api/') && !headers.has('cache-control'))
      headers.set('cache-control', 'private, no-store')
  }
