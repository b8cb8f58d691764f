// The card's page, and the pages for its 8 digits: a village's own, and one that asks for the village.
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { say as wordOf, type Language } from '#core/words'
import { unitTitle, villagesOf } from '#units'
import { callerOf } from '../caller.ts'
import { accountsOnCards, getCard, useHeldCard } from '../held-card.ts'
import { may } from '../may.ts'
import { askToJoin, enterAfterYes, findMyJoin } from '../join.ts'
import { openHomeSession } from '../sign-in.ts'
import { communesWithPosts, findHome } from '../store.ts'
import { readVillagePage, villagePage } from '../village-page.ts'
import { enterForm, formOf, keepsHomes } from './form.ts'
import { field, frame, row, sayFor, type Say } from './frame.ts'

/** A home that has no use for the app follows the commune's accounts from its card. */
async function followForm(app: App, say: Say, tenant: number, token: string) {
  const names = await accountsOnCards(app, tenant)
  if (!names.length) return ''
  return html`<form method="post" action="/card/${token}/follow" class="stack">
    <p class="soft">${say('card_follow_words', { names: names.join(', ') })}</p>
    <button class="act act-quiet act-main">${say('card_follow')}</button>
  </form>`
}

async function cardPage(app: App, c: Context) {
  const { say } = sayFor(c)
  const { tenant, home } = await getCard(app, c)
  // Who may act for homes and was handed the card need not leave his own session for it.
  const isHelper = await may(app, await callerOf(app, c), 'home.assist')
  return c.html(
    frame(app, c, {
      title: say('home_title', { name: home.headName }),
      lead: say('card_lead'),
      place: `${home.unitKind} ${home.unitName}`,
      body: html`${await enterForm(app, c, say, { tenant, household: home.id })}
      ${await followForm(app, say, tenant, c.req.param('token')!)}
      ${isHelper ? row(`/assist#${c.req.param('token')!}`, say('card_assist'), say('card_assist_words')) : ''}`,
    }),
  )
}

async function useCard(app: App, c: Context) {
  const { tenant, card, home, caller: old } = await useHeldCard(app, c)
  const keeps = await keepsHomes(c)
  const opened = { tenant, household: home.id, card: card.id, old, keeps }
  await inTransaction(app.sql, tx => openHomeSession(app, tx, c, opened))
  return c.redirect('/', 303)
}

interface Typed {
  /** The page is a village's own. */
  of?: { tenant: number; village: number }
  digits?: string
  village?: string
  error?: Problem
}

const whichCommune = (say: Say, communes: { tenant: number; name: string }[], chosen: string) => {
  const [only] = communes
  if (communes.length === 1 && only) return html`<input type="hidden" name="xa" value="${only.tenant.toString(36)}" />`
  return html`<div class="field">
    <label for="xa">${say('commune')}</label>
    <select id="xa" name="xa">
      ${communes.map(({ tenant, name }) => {
        const value = tenant.toString(36)
        return html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${name}</option>`
      })}
    </select>
  </div>`
}

const numeric = 'inputmode="numeric" autocomplete="off" class="code"'

/** The 8 digits, and the village's number where neither the page nor what was typed tells it. */
function digitsFields(say: Say, language: Language, { of, digits = '', village = '', error }: Typed) {
  const words = error && wordOf(language, `problem.${error.code}`)
  const isVillageAsked = error?.code === 'card_village_needed' || village !== ''
  const key = of || isVillageAsked ? 'digits' : 'digits_whole'
  return html`${
    isVillageAsked
      ? field('thon', say('village_no'), { error: words, value: village, attributes: `${numeric} maxlength="4"` })
      : ''
  }
  ${field('digits', say(key), {
    hint: say(`${key}_hint`),
    error: isVillageAsked ? undefined : words,
    value: digits,
    attributes: `${numeric} maxlength="16"`,
  })}`
}

async function digitsPage(app: App, c: Context, typed: Typed = {}) {
  const { say, language } = sayFor(c)
  const { of } = typed
  const village = of && (await villagesOf(app.sql, of.tenant)).find(one => one.no === of.village)
  const which = of ? '' : whichCommune(say, await communesWithPosts(app.sql), c.req.query('xa') ?? '')
  return frame(app, c, {
    title: say('digits_title'),
    lead: say('digits_lead'),
    ...(village ? { place: unitTitle(village) } : {}),
    body: html`<form
        method="post"
        action="${of ? `/card/${villagePage(of.tenant, of.village)}` : '/card'}"
        class="stack-l"
      >
        ${which} ${digitsFields(say, language, typed)}
        <button class="act act-main">${say('digits_send')}</button>
      </form>
      <ul class="rows out">
        ${row('/sign-in', say('staff_row'), say('staff_row_words'))}
      </ul>`,
  })
}

const retyped = new Set(['digits_unknown', 'card_village_needed'])
const villageOf = (text: string | undefined) => (/^\s*\d{1,4}\s*$/.test(text ?? '') ? Number(text) : undefined)

async function sendDigits(app: App, c: Context, of?: { tenant: number; village: number }) {
  const form = await formOf(c)
  const tenant = of?.tenant ?? Number.parseInt(c.req.query('xa') ?? form['xa'] ?? '', 36)
  const number = form['digits'] ?? ''
  const village = of?.village ?? villageOf(form['thon'])
  try {
    await askToJoin(app, c, { tenant: Number.isSafeInteger(tenant) ? tenant : -1, village, number })
  } catch (error) {
    if (!(error instanceof Problem) || !retyped.has(error.code)) throw error
    const typed = { digits: number, village: form['thon'] ?? '', error, ...(of ? { of } : {}) }
    return c.html(await digitsPage(app, c, typed), 422)
  }
  return c.redirect('/card/waiting', 303)
}

/** Looks again by itself until the head has answered; going in is a press, since a GET changes nothing. */
async function waitingPage(app: App, c: Context) {
  const { say } = sayFor(c)
  const join = await findMyJoin(app, c)
  if (!join) throw new Problem('link_ended')
  const home = await findHome(app.sql, join.tenant, join.household_id)
  const place = home && `${home.unitKind} ${home.unitName}`
  const at = place ? { place } : {}
  if (join.answer === 'no') throw new Problem('join_refused')
  if (join.answer === 'yes') {
    const body = await enterForm(app, c, say, { tenant: join.tenant, household: join.household_id })
    return c.html(frame(app, c, { ...at, title: say('join_yes'), lead: say('join_yes_lead'), body }))
  }
  return c.html(
    frame(app, c, {
      ...at,
      title: say('join_waiting'),
      lead: say('join_waiting_lead'),
      refresh: 10,
      body: html`<p role="status">${say('join_waiting_words')}</p>`,
    }),
  )
}

export function cardPages(app: App, hono: Hono) {
  hono.get('/card', async c => c.html(await digitsPage(app, c)))
  hono.post('/card', c => sendDigits(app, c))
  hono.get('/card/waiting', c => waitingPage(app, c))
  hono.post('/card/waiting', async c => {
    await enterAfterYes(app, c, await keepsHomes(c))
    return c.redirect('/', 303)
  })
  hono.get('/card/:token', async c => {
    const of = readVillagePage(c.req.param('token'))
    return of ? c.html(await digitsPage(app, c, { of })) : cardPage(app, c)
  })
  hono.post('/card/:token', c => {
    const of = readVillagePage(c.req.param('token'))
    return of ? sendDigits(app, c, of) : useCard(app, c)
  })
}
