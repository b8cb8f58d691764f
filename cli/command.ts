// What a command of `loa` is, and how it speaks.
import type { ParseArgsOptionsConfig } from 'node:util'

/** The input cannot be done as it stands: exit code 2, and nothing was changed. */
export class Refused extends Error {}

export interface Said {
  /** What is being done: to standard error when the answer is JSON. */
  say: (line: string) => void
  /** The answer: as JSON, or as words for a person. */
  give: (value: unknown, words: string) => void
}

export type Values = Record<string, string | boolean | undefined>

export interface Command {
  /** After the command's name. */
  usage: string
  about: string
  options?: ParseArgsOptionsConfig
  run: (given: { values: Values; words: string[] }, said: Said) => Promise<void>
}

/** An option that must be there. @throws Refused */
export function needed(values: Values, name: string): string {
  const value = values[name]
  if (typeof value !== 'string' || !value) throw new Refused(`--${name} is missing`)
  return value
}

export const optional = (values: Values, name: string) => (typeof values[name] === 'string' ? values[name] : undefined)
