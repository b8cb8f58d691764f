// What nothing of ours can keep: the zero character and half of a pair, which PostgreSQL refuses, and nests too deep to walk.
import { Problem } from './problem.ts'

/** No contract goes deeper than a few. */
const deepest = 20

export const isUnwritable = (text: string) => text.includes('\0') || !text.isWellFormed()

/** Asked before anything looks the input up. @throws Problem invalid_input with the fields, not_json for a bottomless one */
export function mustBeWritable(input: Record<string, unknown>) {
  const fields: Record<string, { code: string; requirement: unknown }[]> = {}
  const left: { at: string; value: unknown; depth: number }[] = [{ at: '', value: input, depth: 0 }]
  for (let one = left.pop(); one; one = left.pop()) {
    const { at, value, depth } = one
    const text = value instanceof File ? value.name : value
    if (typeof text === 'string' && isUnwritable(text)) fields[at] = [{ code: 'unwritable', requirement: undefined }]
    if (typeof value !== 'object' || value === null || value instanceof Blob) continue
    if (depth === deepest) throw new Problem('not_json')
    for (const [name, inner] of Object.entries(value)) {
      if (isUnwritable(name)) throw new Problem('not_json')
      left.push({ at: at ? `${at}.${name}` : name, value: inner, depth: depth + 1 })
    }
  }
  if (Object.keys(fields).length) throw new Problem('invalid_input', { fields })
}
