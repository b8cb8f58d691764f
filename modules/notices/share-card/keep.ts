// Cards are drawn when somebody first asks, one at a time, and the last ones are kept.
import { Problem } from '#core/problem'
import { drawCard, type Card } from './draw.ts'

/** 30 KB each. */
const mostKept = 200
/** More than this wait in no line: a robot asks again. */
const mostWaiting = 20

const kept = new Map<string, Promise<Buffer>>()
let line: Promise<unknown> = Promise.resolve()
let waiting = 0

async function drawInLine(card: Card): Promise<Buffer> {
  if (waiting >= mostWaiting) throw new Problem('too_many_requests', { retryAfter: 5 })
  waiting++
  const mine = line.then(() => drawCard(card))
  line = mine.catch(() => {})
  try {
    return await mine
  } finally {
    waiting--
  }
}

/** @param key names the words on the card @throws Problem too_many_requests */
export async function keptCard(key: string, card: () => Promise<Card>): Promise<Buffer> {
  const known = kept.get(key)
  if (known) return known
  const made = card().then(drawInLine)
  kept.set(key, made)
  if (kept.size > mostKept) kept.delete(kept.keys().next().value!)
  try {
    return await made
  } catch (error) {
    kept.delete(key)
    throw error
  }
}
