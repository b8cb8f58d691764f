import type { Context } from 'hono'
import { readForm } from '#core/form'

/** Texts of a form; files and repetitions are none of these pages' business. */
export async function formOf(c: Context): Promise<Record<string, string>> {
  const body = await readForm(c)
  return Object.fromEntries(
    Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}
