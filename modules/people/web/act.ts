// An act of a screen: what it did is said, what was refused is said in the server's words.
import type { Refusal } from '#web/api.ts'
import { toast } from '#web/kit.tsx'
import { useOnce } from '#web/submit.ts'
import { untilDone } from '#web/until-done.ts'

type Work<T> = (how: { once: string }) => Promise<T>

/** One tap. @param run gives the work its key @returns what came, or undefined when refused */
export async function attemptNow<T>(work: Work<T>, words?: string, run = untilDone()): Promise<T | undefined> {
  try {
    const given = await run(work)
    if (words) toast(words)
    return given
  } catch (error) {
    const { message, fields } = error as Refusal
    const [first] = Object.values(fields ?? {})
    toast(first?.[0] ? `${message} ${first[0]}` : message)
    return undefined
  }
}

/** `attemptNow` for one act of a form: its key stays until it is done, so that a second tap after a lost answer does nothing twice. */
export function useAttempt() {
  const run = useOnce()
  return <T>(work: Work<T>, words?: string) => attemptNow(work, words, run)
}
