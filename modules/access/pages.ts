// Pages without script. No GET of them changes anything: link previews and mail scanners open every address.
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { App } from '#core/module'
import { Problem, statusOf } from '#core/problem'
import { languageOf, say } from '#core/words'
import { frame } from './frame.ts'
import { findAccount } from './store/accounts.ts'
import { findHome } from './store/places.ts'
import { findTitle } from './store/posts.ts'
import type { InvitationRow } from './store/invitations.ts'
import { getLink, useLink } from './use-link.ts'

async function whoFor(app: App, link: InvitationRow) {
  if (link.household_id) {
    const home = await findHome(app.sql, link.commune_id, link.household_id)
    return { name: home ? `Nhà ${home.headName}` : '', title: '' }
  }
  const [account, title] = await Promise.all([
    findAccount(app.sql, link.account_id!),
    link.post_id ? findTitle(app.sql, link.post_id) : undefined,
  ])
  return { name: account?.name ?? '', title: title ?? '' }
}

export function accessPages(app: App) {
  const hono = new Hono()
  hono.get('/link/:token', async c => {
    const link = await getLink(app.sql, c.req.param('token'))
    const { name, title } = await whoFor(app, link)
    return c.html(
      frame(
        'Vào Loa Làng',
        '',
        html`<p>${name}${title ? html`<br />${title}` : ''}</p>
          <form method="post"><button>Vào</button></form>`,
      ),
    )
  })
  hono.onError((error, c) => {
    const language = languageOf(c.req.header('accept-language'))
    const { code, data } = error instanceof Problem ? error : new Problem('internal')
    if (code === 'internal') app.log.error({ error: error.message, stack: error.stack }, 'a page failed')
    return c.html(frame(say(language, `problem.${code}`, data), '', html``), statusOf(code) as 400)
  })
  hono.post('/link/:token', async c => {
    await useLink(app, c, c.req.param('token'))
    return c.redirect('/', 303)
  })
  return hono
}
