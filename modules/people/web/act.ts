// An act of a screen: what it did is said, what was refused is said in the server's words.
import type { Refusal } from '#web/api.ts'
import { toast } from '#web/kit.tsx'
import { newId } from '#web/id.ts'

/** @param work gets a key, so that a second tap or a lost answer does nothing twice @returns what came, or undefined when refused */
export async function attempt<T>(work: (how: { once: string }) => Promise<T>, words?: string): Promise<T | undefined> {
  try {
    const given = await work({ once: newId() })
    if (words) toast(words)
    return given
  } catch (error) {
    const { message, fields } = error as Refusal
    const [first] = Object.values(fields ?? {})
    toast(first?.[0] ? `${message} ${first[0]}` : message)
    return undefined
  }
}
