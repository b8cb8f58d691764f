import type { Refusal } from './api.ts'
import { newId } from './id.ts'

/**
 * Runs work with a key that stays until the work has succeeded: a second tap after a lost answer does nothing twice. When the lost
 * one was written and other words came since, the server says so, and the next tap is a write of its own.
 */
export function untilDone() {
  let once = newId()
  return async <T>(work: (how: { once: string }) => Promise<T>): Promise<T> => {
    try {
      const given = await work({ once })
      once = newId()
      return given
    } catch (error) {
      if ((error as Refusal).code === 'key_reused') once = newId()
      throw error
    }
  }
}
