// The link that stops what is optional, and takes it back. Opening it changes nothing: mail scanners open every link.
import { html } from 'hono/html'
import type { Context, Hono } from 'hono'
import { frame, sayFor } from '#access'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { sayOptionalBy } from '#people'
import { readStopToken } from './email/mark.ts'

const markedIn = (app: App, c: Context) => {
  const marked = readStopToken(app, c.req.param('token') ?? '')
  if (!marked) throw new Problem('not_found')
  return marked
}

async function saidIn(app: App, c: Context, said: 'stop' | 'yes') {
  const { tenant, contactId } = markedIn(app, c)
  app.limits.spend(`channels.stop/${contactId}`, { calls: 20, seconds: 3600 })
  if (!(await sayOptionalBy(app.sql, tenant, contactId, { said, how: 'email' }))) throw new Problem('not_found')
}

export function stopPages(app: App, hono: Hono) {
  hono.get('/u/:token', c => {
    markedIn(app, c)
    const { say } = sayFor(c)
    const body = html`<p>${say('stop_words')}</p>
      <form method="post" class="stack-l"><button class="act act-main">${say('stop_act')}</button></form>`
    return c.html(frame(app, c, { title: say('stop_title'), body }))
  })
  // RFC 8058: a mail program posts `List-Unsubscribe=One-Click` here itself. A repeat is answered the same.
  hono.post('/u/:token', async c => {
    await saidIn(app, c, 'stop')
    const { say } = sayFor(c)
    const body = html`<p>${say('stopped_words')}</p>
      <form method="post" action="/u/${c.req.param('token')}/again" class="stack-l">
        <button class="act act-quiet">${say('again_act')}</button>
      </form>`
    return c.html(frame(app, c, { title: say('stopped_title'), body }))
  })
  hono.post('/u/:token/again', async c => {
    await saidIn(app, c, 'yes')
    const { say } = sayFor(c)
    return c.html(frame(app, c, { title: say('again_title'), body: html`<p>${say('again_words')}</p>` }))
  })
}
