import type { Refusal } from '#web/api.ts'
import { toast } from '#web/kit.tsx'
import { useOnce } from '#web/submit.ts'
import { useWords } from '#web/words.ts'
import { vi } from './words.vi.ts'

export const say = useWords(vi, () => import('./words.en.ts'))

type Work<T> = (how: { once: string }) => Promise<T>

/** `doing` for one act of a form: its key stays until it is done, so that a second tap after a lost answer does nothing twice. */
export function useDoing() {
  const run = useOnce()
  return <T>(work: Work<T>, done?: string) => doing(run(work), done)
}

/** Does it and says so; a refusal is said in its own words. @returns what came, undefined when it was refused */
export async function doing<T>(work: Promise<T>, done?: string): Promise<T | undefined> {
  try {
    const given = await work
    if (done) toast(done)
    return given
  } catch (error) {
    toast((error as Refusal).message)
    return undefined
  }
}
