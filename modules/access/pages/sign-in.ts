import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { App } from '#core/module'
import { Problem, statusOf } from '#core/problem'
import { say as wordOf } from '#core/words'
import { callerOf } from '../caller.ts'
import { signIn } from '../sign-in.ts'
import { formOf } from './form.ts'
import { field, frame, row, sayFor } from './frame.ts'

function page(app: App, c: Context, { login = '', error }: { login?: string; error?: string } = {}) {
  const { say } = sayFor(c)
  return frame(app, c, {
    title: say('sign_in'),
    lead: say('sign_in_lead'),
    body: html`<form method="post" action="/sign-in" class="stack-l">
        ${field('login', say('login'), {
          value: login,
          attributes: 'required autocomplete="username" autocapitalize="none" maxlength="100"',
        })}
        ${field('password', say('password'), {
          error,
          attributes: 'required type="password" autocomplete="current-password" maxlength="200"',
        })}
        <button class="act act-main">${say('sign_in')}</button>
      </form>
      <ul class="rows out">
        ${row('/card', say('card_row'), say('card_row_words'))}
      </ul>`,
  })
}

export function signInPages(app: App, hono: Hono) {
  hono.get('/sign-in', c => c.html(page(app, c)))
  hono.post('/sign-in', async c => {
    const form = await formOf(c)
    const login = (form['login'] ?? '').trim().slice(0, 100)
    const password = (form['password'] ?? '').slice(0, 200)
    try {
      await signIn({ login, password }, { app, caller: await callerOf(app, c), c })
    } catch (error) {
      if (!(error instanceof Problem) || statusOf(error.code) === 403) throw error
      const words = wordOf(sayFor(c).language, `problem.${error.code}`, error.data)
      return c.html(page(app, c, { login, error: words }), statusOf(error.code) as 422)
    }
    return c.redirect('/', 303)
  })
}
