// How a problem becomes an answer: {code, message, fields?, help}; unknown errors never show their insides.
import type { Context } from 'hono'
import { html } from 'hono/html'
import { fieldWords, type Fields } from './fields.ts'
import type { Log } from './log.ts'
import { safePath } from './log.ts'
import { Problem, statusOf } from './problem.ts'
import { languageOf, say, type Language } from './words.ts'

/** A full disk and an unreachable database have sentences of their own; the rest is `internal`. */
function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { code } = error as { code?: string }
  if (code === '53100' || code === 'ENOSPC') return new Problem('disk_full')
  if (
    code === '53300' ||
    code === 'CONNECTION_ENDED' ||
    code === 'CONNECT_TIMEOUT' ||
    code === '57P03' ||
    code === '57P01'
  )
    return new Problem('busy')
  return new Problem('internal')
}

/** A page that a person opened, not a call of a program. */
const isForPeople = (c: Context) =>
  !c.req.path.startsWith('/api/') && Boolean(c.req.header('accept')?.includes('text/html'))

const problemPage = (message: string, language: Language) =>
  html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Loa Làng</title>
        <style>
          body {
            font:
              18px/1.55 system-ui,
              sans-serif;
            max-width: 40rem;
            margin: 0 auto;
            padding: 16px;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>Loa Làng</h1>
          <p>${message}</p>
          <p><a href="/">${language === 'vi' ? 'Về trang đầu' : 'Start page'}</a></p>
        </main>
      </body>
    </html>`

/** Path of a code's page. */
const helpPage = (code: string) => `/help/${code}`

export const problemToAnswer = (log: Log) => (error: Error, c: Context) => {
  const problem = asProblem(error)
  const language = languageOf(c.req.header('accept-language'))
  // Whoever is asked to come again is one of many: a flood of calls is not to become a flood of lines.
  if (statusOf(problem.code) >= 500 && problem.data['retryAfter'] === undefined)
    log.error({ path: safePath(c.req.path), error: error.message, stack: error.stack, code: problem.code }, 'failed')
  const { fields, ...data } = problem.data
  if (typeof data['retryAfter'] === 'number') c.header('Retry-After', String(data['retryAfter']))
  const body = {
    code: problem.code,
    message: say(language, `problem.${problem.code}`, data),
    ...(problem.code === 'internal' ? {} : data),
    ...(fields ? { fields: fieldWords(language, fields as Fields) } : {}),
    help: helpPage(problem.code),
  }
  if (isForPeople(c)) return c.html(problemPage(body.message, language), statusOf(problem.code) as 400)
  return c.json(body, statusOf(problem.code) as 400)
}
