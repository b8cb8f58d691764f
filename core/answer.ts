// How a problem becomes an answer: {code, message, fields?, help}; unknown errors never show their insides.
import type { Context } from 'hono'
import type { Log } from './log.ts'
import { safePath } from './log.ts'
import { Problem, statusOf } from './problem.ts'
import { hasWords, languageOf, say, type Language } from './words.ts'

type Found = Record<string, { code: string; requirement: unknown }[]>

const sentence = (language: Language, { code, requirement }: { code: string; requirement: unknown }) =>
  hasWords(language, `field.${code}`)
    ? say(language, `field.${code}`, { requirement: Array.isArray(requirement) ? requirement.join(', ') : requirement })
    : say(language, 'field.wrong')

const fieldWords = (language: Language, fields: Found) =>
  Object.fromEntries(Object.entries(fields).map(([at, issues]) => [at, issues.map(issue => sentence(language, issue))]))

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

/** Path of a code's page. */
export const helpPage = (code: string) => `/help/${code}`

export const problemToAnswer = (log: Log) => (error: Error, c: Context) => {
  const problem = asProblem(error)
  const language = languageOf(c.req.header('accept-language'))
  if (statusOf(problem.code) >= 500)
    log.error({ path: safePath(c.req.path), error: error.message, stack: error.stack, code: problem.code }, 'failed')
  const { fields, ...data } = problem.data
  if (typeof data['retryAfter'] === 'number') c.header('Retry-After', String(data['retryAfter']))
  const body = {
    code: problem.code,
    message: say(language, `problem.${problem.code}`, data),
    ...(problem.code === 'internal' ? {} : data),
    ...(fields ? { fields: fieldWords(language, fields as Found) } : {}),
    help: helpPage(problem.code),
  }
  return c.json(body, statusOf(problem.code) as 400)
}
