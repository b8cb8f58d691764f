// The channels of a rung as they stand for a commune now: those through which it can speak, what is cheapest first.
import type { App } from '#core/module'
import { channelOf, firstAccount, type AddressKind, type Channel, type Outgoing } from '#channels'
import { channelsOf, rungOf, type Step } from './ladder.ts'
import { render } from './outgoing.ts'
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

/** Undefined: the commune cannot speak through it. An account that names no price costs what the channel says. */
async function dongOf(app: App, { tenant }: Publication, channel: Channel, message: Outgoing) {
  const { speaksThrough, mostDong, declares } = channel
  if (!speaksThrough) return declares.cost
  const account = await firstAccount(app, app.sql, tenant, speaksThrough)
  return account && ((await mostDong?.(app, message, account)) || declares.cost)
}

/** @param step of which any channel of the rung is named */
export async function waysOf(app: App, p: Publication, step: Pick<Step, 'step' | 'channel'>): Promise<Way[]> {
  const rung = rungOf(p.ladder.steps, step) ?? step
  const known = channelsOf(rung).flatMap(kind => channelOf(kind) ?? [])
  const isOneOfSeveral = known.length > 1
  const wayOf = (channel: Channel, dong: number): Way => ({
    channel: channel.kind,
    address: channel.declares.address,
    dong,
    isOneOfSeveral,
  })
  // One alone is not reckoned: without an account it says so in each home's delivery.
  if (!isOneOfSeveral) return known.map(channel => wayOf(channel, 0))
  const message = render(app, p)
  const dongs = await Promise.all(known.map(channel => dongOf(app, p, channel, message)))
  return byCost(known.flatMap((channel, n) => (dongs[n] === undefined ? [] : wayOf(channel, dongs[n]))))
}
