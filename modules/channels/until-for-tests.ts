import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'

/** Waits until something is so: what comes over a line comes when it comes. */
export async function until(isSo: () => boolean, more = () => '') {
  for (let n = 0; n < 1500 && !isSo(); n++) await sleep(20)
  expect(isSo(), more()).toBe(true)
}
