// "Is this really from the commune?": whoever was handed a message types its code here, and sees what was said under it.
import { html } from 'hono/html'
import type { Context, Hono } from 'hono'
import { callerOf, frame, postTitle, sayFor } from '#access'
import { iso } from '#core/clock'
import { outside } from '#core/ids'
import type { App } from '#core/module'
import { readCheckCode } from '#delivery'
import { publicationByNo } from './store/homes.ts'
import { findNotice, type NoticeRow } from './store/notices.ts'

/** A guess in a million is right: nobody gets to try many. */
const limit = { calls: 30, seconds: 60 }

/** What was said under a code; an internal paper is nobody's outside. */
async function findSaid(app: App, code: string): Promise<NoticeRow | undefined> {
  const named = readCheckCode(app.keys, code)
  const subject = named && (await publicationByNo(app.sql, named.tenant, named.publicationNo))
  const row = subject ? await findNotice(app.sql, named.tenant, subject) : undefined
  return row?.published_at && !row.is_internal ? row : undefined
}

const day = (at: Date) => iso(at).slice(0, 10).split('-').toReversed().join('/')

async function answer(app: App, c: Context, code: string) {
  const { say } = sayFor(c)
  const row = await findSaid(app, code)
  if (!row) return html`<p role="status"><b>${say('check_none')}</b></p>`
  const author = row.author_post ? await postTitle(app.sql, row.author_post) : ''
  const said = html`<p role="status"><b>${say('check_yes', { author, day: day(row.published_at!) })}</b></p>`
  if (row.state === 'withdrawn')
    return html`${said}
      <p>${say('check_withdrawn', { reason: row.withdrawn_reason })}</p>`
  if (row.is_private)
    return html`${said}
      <p>${say('check_private')}</p>`
  return html`${said}
    <p><a href="/n/${outside(row.commune_id, row.id)}">${row.title}</a></p>`
}

export function checkPage(app: App, hono: Hono) {
  hono.get('/check', async c => {
    const { say } = sayFor(c)
    const code = (c.req.query('code') ?? '').trim().slice(0, 40)
    if (code) app.limits.spend(`notices.check/${(await callerOf(app, c)).address}`, limit)
    const body = html`${code ? await answer(app, c, code) : ''}
      <form class="stack-l">
        <div class="field">
          <label for="code">${say('check_code')}</label>
          <input
            id="code"
            name="code"
            type="text"
            value="${code}"
            required
            maxlength="40"
            autocomplete="off"
            autocapitalize="characters"
          />
        </div>
        <button class="act act-main">${say('check_act')}</button>
      </form>`
    return c.html(frame(app, c, { title: say('check_title'), lead: say('check_lead'), body }))
  })
}
