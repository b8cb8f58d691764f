// Pages without script. No GET of them changes anything: link previews and mail scanners open every address.
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import type { App } from '#core/module'
import { Problem, statusOf, tooLarge } from '#core/problem'
import { say } from '#core/words'
import { cardPages } from './card.ts'
import { frame, sayFor } from './frame.ts'
import { linkPages } from './link.ts'
import { setUpPages } from './set-up.ts'
import { signInPages } from './sign-in.ts'

const mostBytes = 65_536

export function accessPages(app: App) {
  const hono = new Hono()
  hono.onError((error, c) => {
    const { code, data } = error instanceof Problem ? error : new Problem('internal')
    if (code === 'internal') app.log.error({ error: error.message, stack: error.stack }, 'a page failed')
    const { language, say: words } = sayFor(c)
    const act = html`<p><a class="act act-quiet" href="/card">${words('other_way')}</a></p>`
    const body = frame(app, c, { title: say(language, `problem.${code}`, data), body: act })
    return c.html(body, statusOf(code) as 400)
  })
  const onError = () => {
    throw tooLarge(mostBytes)
  }
  for (const path of ['/link/*', '/card', '/card/*', '/sign-in']) {
    hono.post(path, bodyLimit({ maxSize: mostBytes, onError }))
    hono.use(path, async (c, next) => {
      await next()
      c.header('cache-control', 'no-store')
    })
  }
  signInPages(app, hono)
  cardPages(app, hono)
  linkPages(app, hono, setUpPages(app))
  return hono
}
