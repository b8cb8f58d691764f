// From a home's card to the commune's account at Zalo, Facebook or Telegram: the code that links them, on a page without script.
import { html } from 'hono/html'
import type { Context, Hono } from 'hono'
import { frame, offerOnCards, sayFor, useHeldCard } from '#access'
import { nowMs } from '#core/clock'
import { inTransaction, type Db } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { makeLinkCode } from '#people'
import { adapterOf } from './account.ts'
import { listAccounts } from './store-accounts.ts'

/** Accounts to which a home may write; `{code}` in an address stands for its code. */
export async function accountsToFollow(db: Db, tenant: number) {
  const rows = (await listAccounts(db, tenant)).filter(row => row.isOn)
  return rows.flatMap(({ kind, adapter, name, settings }) => {
    const url = adapterOf(adapter)?.page?.(settings, '{code}')
    return url === undefined ? [] : [{ kind, name, url }]
  })
}

/** As many as in the app: a code holds for a quarter of an hour. */
const codes = { calls: 10, seconds: 3600 }

/** The card is the home's yes to be shown a code; its yes to be told is that it sends the code, and is noted then. */
async function followPage(app: App, c: Context) {
  const { tenant, home } = await useHeldCard(app, c)
  app.limits.spend(`channels.follow/${tenant}/${home.id}`, codes)
  const accounts = await accountsToFollow(app.sql, tenant)
  if (!accounts.length) throw new Problem('not_found')
  const { code, endsAt } = await inTransaction(app.sql, tx => makeLinkCode(tx, tenant, home.id, null))
  const { say } = sayFor(c)
  const minutes = Math.round((endsAt.getTime() - nowMs()) / 60_000)
  const open = accounts.map(
    ({ name, url }) =>
      html`<p>
        <a class="act act-quiet" href="${url.replace('{code}', code)}">${say('follow_open', { name })}</a>
      </p>`,
  )
  return frame(app, c, {
    title: say('follow_title'),
    lead: say('follow_lead', { name: home.headName }),
    place: `${home.unitKind} ${home.unitName}`,
    body: html`<ol class="steps">
      <li>${say('follow_step_open')} ${open}</li>
      <li>
        ${say('follow_step_send')}
        <p class="big"><b class="code">${code.slice(0, 3)} ${code.slice(3)}</b></p>
        <p class="soft">${say('follow_until', { minutes })}</p>
      </li>
      <li>${say('follow_step_done')}</li>
    </ol>`,
  })
}

export function followPages(app: App, hono: Hono) {
  offerOnCards(async ({ sql }, tenant) => (await accountsToFollow(sql, tenant)).map(account => account.name))
  hono.post('/card/:token/follow', async c => c.html(await followPage(app, c)))
}
