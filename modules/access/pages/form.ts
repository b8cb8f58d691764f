import type { Context } from 'hono'
import { html } from 'hono/html'
import { readForm } from '#core/form'
import type { App } from '#core/module'
import { callerOf } from '../caller.ts'
import { mayKeep } from '../sign-in.ts'
import type { Html, Say } from './frame.ts'

/** Texts of a form; files and repetitions are none of these pages' business. */
export async function formOf(c: Context): Promise<Record<string, string>> {
  const body = await readForm(c)
  return Object.fromEntries(
    Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

/** "Mở tin nhà mình"; on a phone that opens another home already: both, or only this one. */
export async function enterForm(
  app: App,
  c: Context,
  say: Say,
  home: { tenant: number; household: string },
): Promise<Html> {
  if (!mayKeep(await callerOf(app, c), home.tenant, home.household))
    return html`<form method="post"><button class="act act-main">${say('home_enter')}</button></form>`
  return html`<form method="post" class="stack">
    <p>${say('home_beside')}</p>
    <button class="act act-main" name="keep" value="yes">${say('home_keep')}</button>
    <button class="act act-quiet act-main" name="keep" value="no">${say('home_only')}</button>
  </form>`
}

/** What was pressed on it. */
export const keepsHomes = async (c: Context) => (await formOf(c))['keep'] === 'yes'
