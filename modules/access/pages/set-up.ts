// Setting up a commune: search it, name chair and officer, type the villages. Three short pages, no script.
import type { Context } from 'hono'
import { html } from 'hono/html'
import { today } from '#core/clock'
import type { Db } from '#core/db'
import type { App } from '#core/module'
import { findUnit, searchUnits, unitsByIds, unitTitle, type Found } from '#units'
import { setUp, type FirstPeople } from '../set-up.ts'
import { formOf } from './form.ts'
import { field, frame, sayFor, type Say } from './frame.ts'

const mostFound = 20

/** Communes of today by code, by name, or by a name they bore before: `7615`, `xã Sơn Động`, `an chau, son dong`. */
async function searchCommunes(db: Db, typed: string) {
  const code = /^\s*\d{1,5}\s*$/.test(typed) ? await findUnit(db, typed.trim().padStart(5, '0')) : undefined
  const found: Found[] = code ? [{ unit: code }] : await searchUnits(db, typed, today())
  const communes = found.filter(one => one.unit.level === 'commune').slice(0, mostFound)
  const above = communes.flatMap(one => one.unit.parentId ?? [])
  const provinces = new Map((await unitsByIds(db, above)).map(unit => [unit.id, unit.name]))
  return communes.map(({ unit, formerly }) => ({
    code: unit.code,
    title: unitTitle(unit),
    province: provinces.get(unit.parentId ?? ''),
    formerly: formerly && [formerly.title, formerly.district].filter(Boolean).join(', '),
  }))
}

async function searchPage(app: App, c: Context) {
  const { say } = sayFor(c)
  const typed = c.req.query('q') ?? ''
  const found = typed.trim() ? await searchCommunes(app.sql, typed.slice(0, 80)) : []
  const nothing = typed.trim() && !found.length ? html`<p role="status">${say('setup_none', { q: typed })}</p>` : ''
  return frame(app, c, {
    title: say('setup_title'),
    lead: say('setup_lead'),
    body: html`<form method="get" class="stack-l">
        ${field('q', say('setup_search'), { hint: say('setup_search_hint'), value: typed, attributes: 'type="search"' })}
        <button class="act act-main">${say('setup_find')}</button>
      </form>
      ${nothing}
      <ul class="rows out">
        ${found.map(
          one =>
            html`<li>
              <a class="row-in" href="?commune=${one.code}"
                ><span class="row-main"
                  ><b>${one.title}</b><span>${one.province} · ${one.code}</span>${
                    one.formerly ? html`<span>${say('setup_formerly', { name: one.formerly })}</span>` : ''
                  }</span
                ></a
              >
            </li>`,
        )}
      </ul>`,
  })
}

type Errors = Partial<Record<'chair' | 'officer', string>>

const choice = (say: Say, value: 'chair' | 'officer', chosen: string) =>
  html`<label class="choice"
    ><input type="radio" name="me" value="${value}" ${value === chosen ? 'checked' : ''} />
    ${say(`setup_me_${value}`)}</label
  >`

async function peoplePage(app: App, c: Context, code: string, typed: Partial<FirstPeople> = {}, errors: Errors = {}) {
  const { say } = sayFor(c)
  const commune = await findUnit(app.sql, code)
  if (commune?.level !== 'commune') return searchPage(app, c)
  return frame(app, c, {
    title: say('setup_people', { commune: unitTitle(commune) }),
    lead: say('setup_people_lead'),
    place: unitTitle(commune),
    body: html`<form method="post" class="stack-l">
      <input type="hidden" name="commune" value="${code}" />
      ${field('chair', say('setup_chair'), { value: typed.chair ?? '', error: errors.chair, attributes: 'maxlength="80"' })}
      ${field('officer', say('setup_officer'), {
        value: typed.officer ?? '',
        error: errors.officer,
        attributes: 'maxlength="80"',
      })}
      <fieldset class="field">
        <legend class="label">${say('setup_me')}</legend>
        ${choice(say, 'officer', typed.me ?? 'officer')} ${choice(say, 'chair', typed.me ?? 'officer')}
      </fieldset>
      <div class="field">
        <label for="villages">${say('setup_villages')}</label>
        <span class="hint" id="villages-hint">${say('setup_villages_hint')}</span>
        <textarea id="villages" name="villages" rows="8" aria-describedby="villages-hint">
${typed.villages ?? ''}</textarea>
      </div>
      <button class="act act-main">${say('setup_do')}</button>
      <p><a class="act act-plain act-flush" href="?">${say('setup_other')}</a></p>
    </form>`,
  })
}

function donePage(app: App, c: Context, done: Awaited<ReturnType<typeof setUp>>) {
  const { say } = sayFor(c)
  const { theirs, invitation } = done
  return frame(app, c, {
    title: say('setup_done'),
    lead: say('setup_done_lead', { name: theirs.name, title: theirs.title }),
    body: html`<div class="qr">
        <svg viewBox="-2 -2 ${invitation.qr.size + 4} ${invitation.qr.size + 4}" aria-hidden="true">
          <path d="${invitation.qr.path}" />
        </svg>
        <p><b>${say('setup_scan', { name: theirs.name })}</b><br /><span class="s">${invitation.address}</span></p>
      </div>
      <p><a class="act act-main" href="/">${say('setup_open')}</a></p>`,
  })
}

const readForm = (form: Record<string, string>): FirstPeople => ({
  commune: form['commune'] ?? '',
  chair: (form['chair'] ?? '').trim().slice(0, 80),
  officer: (form['officer'] ?? '').trim().slice(0, 80),
  me: form['me'] === 'chair' ? 'chair' : 'officer',
  villages: (form['villages'] ?? '').slice(0, 40_000),
})

export const setUpPages = (app: App) => ({
  async get(c: Context) {
    const code = c.req.query('commune')
    return c.html(await (code ? peoplePage(app, c, code) : searchPage(app, c)))
  },
  async post(c: Context) {
    const { say } = sayFor(c)
    const first = readForm(await formOf(c))
    const errors: Errors = {
      ...(!first.chair && { chair: say('setup_name_needed') }),
      ...(!first.officer && { officer: say('setup_name_needed') }),
    }
    if (errors.chair || errors.officer) return c.html(await peoplePage(app, c, first.commune, first, errors), 422)
    return c.html(donePage(app, c, await setUp(app, c, c.req.param('token')!, first)))
  },
})
