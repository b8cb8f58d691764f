// The frame of pages that work without script: signing in must work in the browser inside Zalo on an old phone.
import { readdirSync, readFileSync } from 'node:fs'
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { App } from '#core/module'
import { languageOf, say, type Language } from '#core/words'

const folder = new URL('../../../web/styles/', import.meta.url)

/** The app's own sheets, tokens first; the desk's is not needed here. */
const sheets = () =>
  readdirSync(folder)
    .filter(name => name.endsWith('.css') && name !== 'desk.css')
    .toSorted((a, b) => Number(b === 'tokens.css') - Number(a === 'tokens.css') || (a < b ? -1 : 1))
    .map(name => readFileSync(new URL(name, folder), 'utf8').replaceAll(/\/\*.*?\*\/|\n/gs, ''))
    .join('')

/** The app has no field for secrets: only these pages do. */
const secret =
  'input[type=password]{display:block;width:100%;min-height:52px;padding:10px 14px;border:2px solid var(--edge);' +
  'border-radius:var(--r2);background:var(--paper);line-height:1.45}'

let styles: string | undefined
const style = () => raw((styles ??= sheets() + secret))

const mark = raw(
  '<svg class="mark" viewBox="0 0 39 32" aria-hidden="true"><path d="M1.5 13.5a1.5 1.5 0 0 1 1.5-1.5h3.5c4.6 0 8-3 10.5-8.5v25C14.5 23 11.1 20 6.5 20H3a1.5 1.5 0 0 1-1.5-1.5z" fill="currentColor"/><path d="M22 15.5 29.7 8.8l7.7 6.7V26.5H22z" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linejoin="round"/></svg>',
)

export type Html = ReturnType<typeof html>
export type Say = (key: string, data?: Record<string, unknown>) => string

/** Words of pages, in the reader's language. */
export function sayFor(c: Context): { language: Language; say: Say } {
  const language = languageOf(c.req.header('accept-language'))
  return { language, say: (key, data) => say(language, `page.${key}`, data) }
}

/** @param place whose page it is: the village and the commune. @param refresh seconds after which the browser looks again */
export function frame(
  app: App,
  c: Context,
  { title, lead, place, refresh, body }: { title: string; lead?: string; place?: string; refresh?: number; body: Html },
) {
  const { language, say: words } = sayFor(c)
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="theme-color" content="#12264d" />
        <meta name="robots" content="noindex" />
        ${refresh ? html`<meta http-equiv="refresh" content="${refresh}" />` : ''}
        <title>${title}</title>
        <style>
          ${style()}
        </style>
      </head>
      <body>
        <header class="bar">
          ${mark}
          <div class="bar-name"><b>Loa Làng</b>${place ? html`<span>${place}</span>` : ''}</div>
        </header>
        ${app.config.isDemo ? html`<p class="demo"><b>${words('demo')}</b></p>` : ''}
        <main>
          <div class="pad stack-l">
            <div>
              <h1>${title}</h1>
              ${lead ? html`<p class="soft">${lead}</p>` : ''}
            </div>
            ${body}
          </div>
        </main>
      </body>
    </html>`
}

/** A labelled field. `error` says how to put it right; what was typed stays. */
export const field = (
  name: string,
  label: string,
  {
    hint,
    error,
    value = '',
    attributes = '',
  }: { hint?: string; error?: string | undefined; value?: string; attributes?: string } = {},
) => html`
  <div class="${error ? 'field field-bad' : 'field'}">
    <label for="${name}">${label}</label>
    ${hint ? html`<span class="hint" id="${name}-hint">${hint}</span>` : ''}
    <input
      id="${name}"
      name="${name}"
      value="${value}"
      ${raw(attributes)}
      ${raw(hint || error ? `aria-describedby="${name}-${error ? 'error' : 'hint'}"` : '')}
      ${raw(error ? 'aria-invalid="true"' : '')}
    />
    ${error ? html`<p class="bad" id="${name}-error">${error}</p>` : ''}
  </div>
`

export const row = (href: string, title: string, words: string) =>
  html`<li>
    <a class="row-in" href="${href}"
      ><span class="row-main"><b>${title}</b><span>${words}</span></span></a
    >
  </li>`
