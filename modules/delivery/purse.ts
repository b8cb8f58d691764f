// What a batch may spend: put aside before anything goes, so that no budget is passed, and given back where it was not needed.
import { now } from '#core/clock'
import { inTransaction, type Tx } from '#core/db'
import type { App } from '#core/module'
import { putAside, settleAside, type Account, type Channel, type HandedOver, type Outgoing } from '#channels'
import { isPaid } from './carry.ts'
import type { Publication } from './store/publication.ts'
import { addSpent } from './store/spent.ts'

interface Open {
  /** Takes the money for one message. @returns false where none is left */
  take: () => boolean
  /** It did not go. */
  giveBack: () => void
  /** Nobody knows whether it went: its money stays spent. */
  lose: () => void
}

export interface Purse extends Open {
  /** Writes what it came to, with the results. */
  settle: (tx: Tx, said: readonly HandedOver[]) => Promise<void>
}

const free: Purse = { take: () => true, giveBack() {}, lose() {}, settle: () => Promise.resolve() }

/** An emergency that a second person approved is not held up by a budget; all else is. */
export const isAboveBudget = (p: Pick<Publication, 'class' | 'isApproved'>) => p.class === 'emergency' && p.isApproved

/** Money for so many messages of at most `each`, and what was spent of it in the end. */
export function openPurse(granted: number, each: number): Open & { cameTo: (said: readonly HandedOver[]) => Came } {
  let left = granted
  let lost = 0
  return {
    take: () => left > 0 && left-- > 0,
    giveBack() {
      left++
    },
    lose() {
      lost++
    },
    cameTo(said) {
      const sum = sumOf(said)
      return { ...sum, dong: sum.dong + lost * each }
    },
  }
}
type Came = ReturnType<typeof sumOf>

const sumOf = (said: readonly HandedOver[]) => {
  const taken = said.filter(one => one.is === 'accepted')
  return {
    messages: taken.length,
    parts: taken.reduce((sum, one) => sum + (one.parts ?? 1), 0),
    dong: taken.reduce((sum, one) => sum + (one.dong ?? 0), 0),
  }
}

interface Going {
  app: App
  channel: Channel
  publication: Publication
}

/**
 * @param homes a paid channel takes at most so many messages: a home's next address is called only when nothing came of the one before.
 * One that costs now and then goes to all addresses at once, those that homes share apart.
 */
export async function purseFor(
  { app, channel, publication: p }: Going,
  message: Outgoing,
  account: Account | undefined,
  homes: number,
): Promise<Purse> {
  const each = account && (await channel.mostDong?.(app, message, account))
  if (each === undefined) return free
  const { tenant } = p
  const at = now()
  const wish = { tenant, at, each, count: isPaid(channel) ? homes : 2 * homes, isAboveBudget: isAboveBudget(p) }
  const granted = await inTransaction(app.sql, tx => putAside(tx, wish))
  const open = openPurse(granted, each)
  return {
    ...open,
    async settle(tx, said) {
      const spent = open.cameTo(said)
      await settleAside(tx, { tenant, at, aside: granted * each, ...spent })
      await addSpent(tx, { tenant, publishedId: p.publishedId, channel: channel.kind, ...spent })
    },
  }
}
