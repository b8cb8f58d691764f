// An account as it is while a message is played: its pace, its day, its troubles, as the product keeps them in a row.
import { dayOf } from '#core/clock'
import { roomOf, stateAfter, type HandedOver, type Pace } from '#channels'

export class PlayAccount {
  readonly #pace: Pace
  readonly #isEmergency: boolean
  readonly #used = new Map<string, number>()
  #row: Parameters<typeof roomOf>[0] = { tokens: 0, filledAt: null, pausedUntil: null, trouble: null, failures: 0 }

  constructor(pace: Pace, isEmergency: boolean) {
    this.#pace = pace
    this.#isEmergency = isEmergency
  }

  take(wanted: number, ms: number) {
    const at = new Date(ms)
    const used = this.#used.get(dayOf(at)) ?? 0
    const room = roomOf(this.#row, this.#pace, { wanted, used, isEmergency: this.#isEmergency, at })
    if ('granted' in room) {
      this.#row = { ...this.#row, tokens: room.left, filledAt: at }
      this.#used.set(dayOf(at), used + room.granted)
    }
    return room
  }

  giveBack(count: number, ms: number) {
    const day = dayOf(new Date(ms))
    this.#row = { ...this.#row, tokens: this.#row.tokens + count }
    this.#used.set(day, (this.#used.get(day) ?? 0) - count)
  }

  hear(said: readonly HandedOver[], ms: number) {
    const state = stateAfter(said, this.#row.failures, new Date(ms))
    if (state === 'well') this.#row = { ...this.#row, failures: 0, trouble: null, pausedUntil: null }
    else if (state) {
      const { why, failures, until } = state
      this.#row = { ...this.#row, failures, trouble: why, pausedUntil: until ?? this.#row.pausedUntil }
    }
  }
}
