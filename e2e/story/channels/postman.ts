// Calls back to the product in the story's time: late, twice, and again where nobody listened, as providers do.
import type { Agenda } from '../agenda.ts'
import type { Time } from '../time.ts'

const minute = 60_000
/** Tries of one call that is told to come again. */
const most = 30

/** @returns the status of the answer */
export type Call = () => Promise<number>

export class Postman {
  readonly #agenda: Agenda
  readonly #time: Time
  readonly #end: number
  readonly #isLost: boolean
  #onTheWay = 0
  /** What the product did not take, in words. */
  readonly refused = new Set<string>()

  /** @param end nobody does anything after it @param isLost a planted fault: providers and people do their part, and nothing arrives */
  constructor(how: { agenda: Agenda; time: Time; end: number; isLost: boolean }) {
    this.#agenda = how.agenda
    this.#time = how.time
    this.#end = how.end
    this.#isLost = how.isLost
  }

  get isBusy() {
    return this.#onTheWay > 0
  }

  /** @param then once the product has taken it; the repeat changes nothing @param isOnce what has no name of its own would be said anew */
  plan(at: number, call: Call, then: () => Promise<void>, isOnce = false) {
    if (at > this.#end) return
    this.#carry(at, call, then, 1)
    if (!isOnce) this.#carry(at + 6 * minute, call, undefined, 1)
  }

  #carry(at: number, call: Call, then: (() => Promise<void>) | undefined, tries: number) {
    this.#onTheWay++
    this.#agenda.plan(at, async () => {
      this.#onTheWay--
      // No answer in time is none: it is told again.
      const status = this.#isLost ? 200 : await call().catch(() => 503)
      if (status < 400) return then?.()
      const isLater = (status === 429 || status === 503) && tries < most
      if (isLater) this.#carry(this.#time.now() + minute, call, then, tries + 1)
      else this.refused.add(`a call of a provider was answered ${status}`)
    })
  }
}

/** One call by HTTP. */
export async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  const all = { 'content-type': 'application/json', ...headers }
  const said = await fetch(url, { method: 'POST', body, headers: all })
  await said.arrayBuffer()
  return said.status
}
