// The channels of a rung as they stand for a commune now: those through which it can speak, what is cheapest first.
import type { App } from '#core/module'
import { channelOf, firstAccount, type AddressKind, type Channel, type Outgoing } from '#channels'
import { channelsOf, rungOf, type Step } from './ladder.ts'
import { render } from './outgoing.ts'
import type { State } from './store/delivery.ts'
import type { Publication } from './store/publication.ts'

/** One channel of a rung. */
export interface Way {
  channel: string
  address: AddressKind
  /** Đồng for one home, about. */
  dong: number
  isOneOfSeveral: boolean
}

/** What costs the same stays as the pack has it. */
export const byCost = <W extends Pick<Way, 'dong'>>(ways: readonly W[]): W[] => ways.toSorted((a, b) => a.dong - b.dong)

/**
 * Which way a home is told by next in a rung: the cheapest that finds it and was not tried, while none has it in hand. What
 * `insertDeliveries` does for all homes in one statement.
 * @param has kinds of its addresses @param tried its deliveries of this rung
 */
export function wayFor<W extends Pick<Way, 'channel' | 'address' | 'isOneOfSeveral'>>(
  ways: readonly W[],
  has: (kind: AddressKind) => boolean,
  tried: readonly Tried[],
  silentSince = 0,
): W | undefined {
  const holds = ({ state, changedAt }: Tried) =>
    state === 'planned' || state === 'intent' || (state === 'handed_over' && changedAt > silentSince)
  return ways.find(way => {
    if (tried.some(one => one.channel === way.channel && one.reason !== passedOn)) return false
    if (!way.isOneOfSeveral) return way.address === 'device' || has(way.address)
    return has(way.address) && !tried.some(holds)
  })
}

/** Why a delivery is over though its channel knows more addresses of the home: another one has it. Their turn comes when that is silent. */
export const passedOn = 'passed_on'

/** A delivery as its rung sees it. */
export interface Tried {
  channel: string
  state: State | 'intent'
  reason?: string | undefined
  /** Milliseconds since 1970. */
  changedAt: number
}

/** Undefined: the commune cannot speak through it. An account that names no price costs what the channel says. */
async function dongOf(app: App, { tenant }: Publication, channel: Channel, message: Outgoing) {
  const { speaksThrough, mostDong, declares } = channel
  if (!speaksThrough) return declares.cost
  const account = await firstAccount(app, app.sql, tenant, speaksThrough)
  return account && ((await mostDong?.(app, message, account)) || declares.cost)
}

/** @param step of which any channel of the rung is named */
export async function waysOfRung(app: App, p: Publication, step: Pick<Step, 'step' | 'channel'>): Promise<Way[]> {
  const rung = rungOf(p.ladder.steps, step) ?? step
  const known = channelsOf(rung).flatMap(kind => channelOf(kind) ?? [])
  // One alone is not reckoned: without an account it says so in each home's delivery.
  if (known.length < 2) return waysFrom(known.map(channel => ({ channel, dong: 0 })))
  const message = render(app, p)
  return waysFrom(
    await Promise.all(known.map(async channel => ({ channel, dong: await dongOf(app, p, channel, message) }))),
  )
}

/** @param known the rung's channels; `dong` undefined: the commune cannot speak through it */
export function waysFrom(
  known: readonly { channel: Pick<Channel, 'kind' | 'declares'>; dong: number | undefined }[],
): Way[] {
  const isOneOfSeveral = known.length > 1
  const ways = known.flatMap(({ channel: { kind, declares }, dong }) =>
    dong === undefined ? [] : { channel: kind, address: declares.address, dong, isOneOfSeveral },
  )
  return byCost(ways)
}
