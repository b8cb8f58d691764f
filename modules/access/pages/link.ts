import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import * as v from 'valibot'
import { LoginName, NewPassword } from '../shapes.ts'
import { findAccount } from '../store.ts'
import type { InvitationRow } from '../store.ts'
import { findHome } from '../store.ts'
import { findTitle } from '../store.ts'
import { getLink, useLink } from '../use-link.ts'
import { enterForm, formOf, keepsHomes } from './form.ts'
import { field, frame, sayFor, type Html, type Say } from './frame.ts'

async function homePage(app: App, c: Context, link: InvitationRow) {
  const { say } = sayFor(c)
  const home = await findHome(app.sql, link.commune_id, link.household_id!)
  if (!home) throw new Problem('link_ended')
  const body = await enterForm(app, c, say, { tenant: link.commune_id, household: home.id })
  return frame(app, c, {
    title: say('home_title', { name: home.headName }),
    lead: say('home_lead'),
    place: `${home.unitKind} ${home.unitName}`,
    body,
  })
}

const loginFields = (say: Say, login: string, errors: Partial<Record<'login' | 'password', string>>) => html`
  <h2>${say('login_later')}</h2>
  <p class="soft">${say('login_why')}</p>
  ${field('login', say('login'), {
    hint: say('login_hint'),
    error: errors.login,
    value: login,
    attributes: 'autocomplete="username" autocapitalize="none" maxlength="40"',
  })}
  ${field('password', say('password_new'), {
    hint: say('password_hint'),
    error: errors.password,
    attributes: 'type="password" autocomplete="new-password" maxlength="200"',
  })}
`

async function staffPage(
  app: App,
  c: Context,
  link: InvitationRow,
  typed: { login?: string; errors?: Partial<Record<'login' | 'password', string>> } = {},
) {
  const { say } = sayFor(c)
  const [account, title] = await Promise.all([
    findAccount(app.sql, link.account_id!),
    link.post_id ? findTitle(app.sql, link.post_id) : undefined,
  ])
  if (!account) throw new Problem('link_ended')
  const isInvitation = link.kind === 'account'
  const login: Html | string = isInvitation
    ? loginFields(say, typed.login ?? account.login ?? '', typed.errors ?? {})
    : ''
  const body = html`<form method="post" class="stack-l">
    ${login}
    <button class="act act-main">${say('enter')}</button>
  </form>`
  return frame(app, c, { title: account.name, lead: title ?? say('staff_lead'), body })
}

const Login = v.object({ login: LoginName, password: NewPassword })

/** What was typed, checked; nothing typed means "later", half of it does not. */
function readLogin(form: Record<string, string>, given: string) {
  const login = form['login'] ?? ''
  const password = form['password'] ?? ''
  if (!password && login.trim() === given.trim()) return { isRight: true as const, wanted: undefined }
  if (!password) return { isRight: false as const, login, wrong: new Set(['password_missing']) }
  const read = v.safeParse(Login, { login, password })
  if (read.success) return { isRight: true as const, wanted: read.output }
  return { isRight: false as const, login, wrong: new Set(read.issues.map(issue => v.getDotPath(issue))) }
}

async function again(app: App, c: Context, link: InvitationRow, login: string, wrong: ReadonlySet<string | null>) {
  const { say } = sayFor(c)
  const errors = {
    ...(wrong.has('login') && { login: say('login_wrong') }),
    ...(wrong.has('login_taken') && { login: say('login_taken') }),
    ...(wrong.has('password') && { password: say('password_wrong') }),
    ...(wrong.has('password_missing') && { password: say('password_missing') }),
    ...(wrong.has('password_like_login') && { password: say('password_like_login') }),
  }
  return c.html(await staffPage(app, c, link, { login, errors }), 422)
}

const asked = new Set(['login_taken', 'password_like_login'])

export function linkPages(app: App, hono: Hono, setUp: { get: SetUpPage; post: SetUpPage }) {
  hono.get('/link/:token', async c => {
    const link = await getLink(app.sql, c.req.param('token'))
    if (link.kind === 'setup') return setUp.get(c)
    return c.html(await (link.household_id ? homePage(app, c, link) : staffPage(app, c, link)))
  })
  hono.post('/link/:token', async c => {
    const token = c.req.param('token')
    const link = await getLink(app.sql, token)
    if (link.kind === 'setup') return setUp.post(c)
    const keeps = Boolean(link.household_id) && (await keepsHomes(c))
    const isInvitation = link.kind === 'account'
    const given = isInvitation ? (await findAccount(app.sql, link.account_id!))?.login : undefined
    const read = readLogin(isInvitation ? await formOf(c) : {}, given ?? '')
    if (!read.isRight) return again(app, c, link, read.login, read.wrong)
    try {
      await useLink(app, c, token, { wanted: read.wanted, keeps })
    } catch (error) {
      if (error instanceof Problem && asked.has(error.code))
        return again(app, c, link, read.wanted?.login ?? '', new Set([error.code]))
      throw error
    }
    return c.redirect('/', 303)
  })
}

type SetUpPage = (c: Context) => Promise<Response>
