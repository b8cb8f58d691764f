// What a commune says of its short messages, whichever way they go: with or without marks, how long, what a part costs.
import { addAdapter, type Adapter } from '../account.ts'
import type { Field, Settings } from '../account-field.ts'
import type { SmsAdapter } from './sms-adapter.ts'
import { testMessage } from './test-message.ts'

const fields: readonly Field[] = [
  { name: 'dongPerPart', type: 'whole', min: 0, max: 10_000 },
  { name: 'mostParts', type: 'whole', initial: 3, min: 1, max: 8 },
  { name: 'marks', type: 'flag', isOptional: true },
  { name: 'hearsReplies', type: 'flag', isOptional: true },
]

export interface Look {
  marks: boolean
  mostParts: number
  /** Whoever answers is heard: a brand name mostly cannot be answered. */
  hearsReplies: boolean
}

export const lookOf = ({ marks, mostParts, hearsReplies }: Settings): Look => ({
  marks: marks === true,
  mostParts: Number(mostParts ?? 3),
  hearsReplies: hearsReplies === true,
})

/** Đồng for one part, by the commune's contract. */
export const priceOf = ({ dongPerPart }: Settings) => Number(dongPerPart ?? 0)

/** A trial costs what any message does: the provider's own price, or the contract's. */
const priced =
  (adapter: SmsAdapter): Adapter['test'] =>
  async (app, account, to) => {
    const said = await adapter.test(app, account, to)
    const parts = testMessage(to)?.parts.length ?? 1
    return said.is === 'accepted' ? { parts, dong: parts * priceOf(account.settings), ...said } : said
  }

/** Makes a way of sending short messages known: its own fields first, then what all of them ask. */
export function addSms(adapter: SmsAdapter) {
  const own = new Set(adapter.fields.map(field => field.name))
  addAdapter({
    ...adapter,
    test: priced(adapter),
    fields: [...adapter.fields, ...fields.filter(field => !own.has(field.name))],
  })
}

export const isSms = (adapter: Adapter | undefined): adapter is SmsAdapter => adapter?.kind === 'sms'
