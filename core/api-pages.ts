// The API read by people: the document, a plain page of it, and a page for every error code in both languages.
import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import type { Module } from './module.ts'
import { openapi } from './openapi.ts'
import type { Operation } from './operation.ts'
import { Problem, problemCodes, statusOf } from './problem.ts'
import { hasWords, say, type Language } from './words.ts'

const style = raw(
  '<style>body{font:18px/1.55 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:16px;color:#141a25;background:#fff}' +
    'h2{border-top:1px solid #d9d5ca;padding-top:16px}code,pre{font-size:15px;overflow-wrap:anywhere}a{color:#1f3f7a}' +
    'table{border-collapse:collapse}td,th{text-align:left;padding:4px 12px 4px 0;vertical-align:top}' +
    '@media(prefers-color-scheme:dark){body{background:#10151f;color:#eff2f7}a{color:#a9c5f8}}</style>',
)

const page = (title: string, body: unknown, language: Language = 'vi') =>
  html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${style}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`

const operationPart = ([name, op]: [string, Operation]) =>
  html`<tr>
    <td><code>${op.method} /api/v1${op.path}</code></td>
    <td>${op.summary}<br /><small>${name} · ${op.who}${op.problems ? ` · ${op.problems.join(', ')}` : ''}</small></td>
  </tr>`

const docsPage = (modules: readonly Module[]) =>
  page(
    'Loa Làng API',
    html`<p>
        Machine-readable: <a href="/api/openapi.json">/api/openapi.json</a>. Send <code>Authorization: Bearer …</code>;
        a write takes an <code>Idempotency-Key</code>. Errors are <code>{code, message, fields?, help}</code>:
        <a href="/help">every code</a>.
      </p>
      ${modules.map(
        module =>
          html`<h2>${module.name}</h2>
            <table>
              ${Object.entries(module.contract ?? {}).map(operationPart)}
            </table>`,
      )}`,
    'en',
  )

const codePage = (code: string) =>
  page(
    code,
    html`<p lang="vi">${say('vi', `problem.${code}`)}</p>
      <p lang="en">${say('en', `problem.${code}`)}</p>
      <p>HTTP ${statusOf(code)} · <a href="/help">Mọi mã lỗi · Every code</a></p>`,
  )

const codesPage = () =>
  page(
    'Mã lỗi · Error codes',
    html`<table>
      ${problemCodes().map(
        code =>
          html`<tr>
            <td>
              <a href="/help/${code}"><code>${code}</code></a>
            </td>
            <td>
              <span lang="vi">${say('vi', `problem.${code}`)}</span><br /><small lang="en"
                >${say('en', `problem.${code}`)}</small
              >
            </td>
          </tr>`,
      )}
    </table>`,
  )

export function apiPages(modules: readonly Module[]) {
  const hono = new Hono()
  const contracts = Object.fromEntries(
    modules.flatMap(module => (module.contract ? [[module.name, module.contract]] : [])),
  )
  let document: object | undefined
  hono.get('/api/openapi.json', c => c.json((document ??= openapi('Loa Làng', '1', contracts))))
  hono.get('/api/docs', c => c.html(docsPage(modules)))
  hono.get('/help', c => c.html(codesPage()))
  hono.get('/help/:code', c => {
    const code = c.req.param('code')
    if (!hasWords('vi', `problem.${code}`)) throw new Problem('not_found')
    return c.html(codePage(code))
  })
  return hono
}
