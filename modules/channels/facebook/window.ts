// May a person be written to now? A day after his last word; for seven days as a human's answer, where Meta allowed the app to.
import type { Settings } from '../account-field.ts'

const hourMs = 3_600_000
const answerMs = 24 * hourMs
const humanMs = 7 * 24 * hourMs

export type Manner = { messaging_type: 'RESPONSE' } | { messaging_type: 'MESSAGE_TAG'; tag: 'HUMAN_AGENT' }

/** @param spokeAt absent: he has never written @returns undefined where nothing may be said */
export function mannerOf(spokeAt: Date | undefined, at: Date, { humanAgent }: Settings): Manner | undefined {
  if (!spokeAt) return undefined
  const since = at.getTime() - spokeAt.getTime()
  if (since < answerMs) return { messaging_type: 'RESPONSE' }
  return humanAgent === true && since < humanMs ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : undefined
}
