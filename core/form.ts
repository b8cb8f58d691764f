import type { Context } from 'hono'
import { Problem } from './problem.ts'
import { mustBeWritable } from './writable.ts'

/** The fields of a form, repeated ones as a list if asked. @throws Problem invalid_input for what is no form, or holds text that cannot be kept */
export async function readForm(c: Context, all = false): Promise<Record<string, unknown>> {
  let fields
  try {
    fields = await c.req.parseBody({ all })
  } catch {
    throw new Problem('invalid_input')
  }
  mustBeWritable(fields)
  return fields
}
