// What came in over a line, joined and passed on. The SMSC gets its yes when it is kept, not before.
import { createHash } from 'node:crypto'
import { now, nowMs } from '#core/clock'
import type { Pdu } from 'smpp'
import type { Heard } from '../heard.ts'
import { readDelivered, type Delivered, type Reading } from './smpp-read.ts'

type Piece = Extract<Delivered, { is: 'piece' }>
interface Joining {
  pieces: Map<number, Piece>
  give: ReturnType<typeof setTimeout>
}
interface Waiting {
  heard: Heard
  /** True: kept. False: the SMSC shall deliver it again. */
  answer: (isKept: boolean) => void
}

const together = { ms: 20, most: 200 }
/** A long message of which a piece is missing is passed on as far as it came. */
const joinMs = 120_000

export class Inbox {
  readonly #reading: Reading
  readonly #pass: (heard: readonly Heard[]) => Promise<void>
  readonly #joining = new Map<string, Joining>()
  readonly #waiting: Waiting[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #passing: Promise<void> | undefined

  constructor(reading: Reading, pass: (heard: readonly Heard[]) => Promise<void>) {
    this.#reading = reading
    this.#pass = pass
  }

  take(pdu: Pdu, answer: Waiting['answer']) {
    const read = readDelivered(pdu, this.#reading, nowMs())
    switch (read.is) {
      case 'nothing':
        return answer(true)
      case 'receipt':
        return this.#add({ is: 'part', providerId: read.providerId, ...read.became, at: now() }, answer)
      case 'said':
        return this.#add({ is: 'said', id: read.id, from: read.from, words: read.words, at: now() }, answer)
      case 'piece':
        return this.#join(read, answer)
    }
  }

  /** The SMSC sends the next piece only after a yes to this one: all but the last are held in memory. */
  #join(piece: Piece, answer: Waiting['answer']) {
    const known = this.#joining.get(piece.mark)
    const joining = known ?? { pieces: new Map<number, Piece>(), give: this.#later(piece.mark) }
    this.#joining.set(piece.mark, joining)
    joining.pieces.set(piece.n, piece)
    if (joining.pieces.size < piece.of) return answer(true)
    this.#give(piece.mark, answer)
  }

  #later(mark: string) {
    return setTimeout(() => this.#give(mark, () => {}), joinMs).unref()
  }

  #give(mark: string, answer: Waiting['answer']) {
    const joining = this.#joining.get(mark)
    if (!joining) return
    clearTimeout(joining.give)
    this.#joining.delete(mark)
    const pieces = [...joining.pieces.values()].toSorted((a, b) => a.n - b.n)
    const id = createHash('sha256')
      .update(pieces.map(piece => piece.id).join())
      .digest('base64url')
      .slice(0, 32)
    const words = pieces
      .map(piece => piece.words)
      .join('')
      .normalize('NFC')
    this.#add({ is: 'said', id, from: pieces[0]!.from, words, at: now() }, answer)
  }

  #add(heard: Heard, answer: Waiting['answer']) {
    this.#waiting.push({ heard, answer })
    if (this.#waiting.length >= together.most) this.#flush()
    else this.#timer ??= setTimeout(() => this.#flush(), together.ms)
  }

  #flush() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#waiting.length) this.#passing ??= this.#passAll()
  }

  /** One after the other, in the order in which they came; what comes meanwhile goes together. */
  async #passAll() {
    while (this.#waiting.length) {
      const batch = this.#waiting.splice(0, together.most)
      const isKept = await this.#pass(batch.map(one => one.heard)).then(
        () => true,
        () => false,
      )
      for (const { answer } of batch) answer(isKept)
    }
    this.#passing = undefined
  }

  /** What is half here is passed on, and what is being kept is waited for. */
  async close() {
    for (const mark of this.#joining.keys()) this.#give(mark, () => {})
    this.#flush()
    await this.#passing
  }
}
