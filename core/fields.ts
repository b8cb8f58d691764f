// What is wrong with an input, field by field, and the sentences for it.
import * as v from 'valibot'
import { hasWords, say, type Language } from './words.ts'

interface Wrong {
  code: string
  requirement: unknown
}
/** Path → what is wrong there: `event.place`, `normal.1.after`; the path of the whole is empty. */
export type Fields = Record<string, Wrong[]>

/** A check of our own says in its message which sentence it means. */
function codeOf(issue: v.BaseIssue<unknown>): string {
  if (issue.received === 'undefined') return 'missing'
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'unknown_key'
  return issue.type === 'check' ? issue.message : issue.type
}

/** Only a list to choose from is named by what it expects: `("door" | "push")`. */
const requirementOf = (issue: v.BaseIssue<unknown>): unknown =>
  issue.type === 'picklist'
    ? issue.expected?.replace(/^\(|\)$/g, '').replaceAll(' | ', ', ')
    : issue.requirement instanceof RegExp
      ? undefined
      : issue.requirement

export function fieldsOf(issues: readonly v.BaseIssue<unknown>[]): Fields {
  const fields: Fields = {}
  for (const issue of issues)
    (fields[v.getDotPath(issue) ?? ''] ??= []).push({ code: codeOf(issue), requirement: requirementOf(issue) })
  return fields
}

const sentence = (language: Language, { code, requirement }: Wrong) =>
  hasWords(language, `field.${code}`)
    ? say(language, `field.${code}`, { requirement: Array.isArray(requirement) ? requirement.join(', ') : requirement })
    : say(language, 'field.wrong')

/** Path → its sentences. */
export const fieldWords = (language: Language, fields: Fields): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(fields).map(([at, wrong]) => [at, [...new Set(wrong.map(one => sentence(language, one)))]]),
  )
