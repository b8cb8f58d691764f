// Before sending: how a message would look by each way of its ladder, whom each would find, and what it would cost.
import { dayOf, now, today } from '#core/clock'
import type { Db } from '#core/db'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { packOn } from '#core/packs'
import {
  budgetAt,
  channelOf,
  firstAccount,
  phoneKindsReached,
  purposesAsked,
  type Account,
  type AddressKind,
  type Channel,
  type Outgoing,
  type ShownAs,
} from '#channels'
import { contactBornBy } from '#people'
import type { Audience } from './audience.ts'
import { homesWithout, moneyOf, needsOf, type Money, type Need, type Rung } from './estimate.ts'
import { channelsOf, ladderOf, type Step } from './ladder.ts'
import { defaultLadder } from './ladder-pack.ts'
import type { LevelName, MessageClass } from './levels.ts'
import type { Content } from './message.ts'
import { defaultTopics, isOptional } from './optional.ts'
import { render } from './outgoing.ts'
import { whomOf } from './send.ts'
import { pastOf, type Past } from './store/history.ts'
import { addressSets } from './store/address-sets.ts'
import { byCost } from './ways.ts'

export interface Draft {
  tenant: number
  audience: Audience
  class: MessageClass
  ask: LevelName
  isPrivate: boolean
  content: Content
  authorTitle: string
  endsAt: Date | undefined
  lastUsefulAt: Date | undefined
}

export interface WayShown extends Need {
  shown: ShownAs | undefined
  /** Which of the commune's accounts would send it. */
  account: string | undefined
  firstAt: Date
  /** What the likely figure stands on; undefined: nothing yet, so that it is the highest. */
  past: (Past & { minutes: number }) | undefined
}

export interface DraftShown {
  ways: WayShown[]
  /** Homes that none of these ways finds. */
  doors: number
  money: Money
}

interface Way {
  step: Step
  channel: Channel
  account: Account | undefined
  /** Đồng for one address at most; 0: free, or the account names no price. */
  each: number
  /** What it is tried by: a price that is not named is the channel's own. */
  dong: number
}

/** The code and the link of a message that is not there yet, as long as a real one's. */
const specimenCode = 'X'.repeat(10)
const specimenLink = (app: App) => `${app.config.publicUrl}/t/${'x'.repeat(24)}`

function outgoingOf(app: App, d: Draft, mayStop: boolean): Outgoing {
  const specimen = { subject: 'notice', subjectId: newId(), publishedId: newId(), no: 1, version: 1 }
  const ends = { endsAt: d.endsAt ?? null, lastUsefulAt: d.lastUsefulAt ?? null }
  return {
    ...render(app, { ...d, ...specimen, ...ends, isOptional: mayStop, publishedAt: now() }),
    checkCode: specimenCode,
  }
}

async function wayOf(app: App, db: Db, message: Outgoing, step: Step, kind: string): Promise<Way | undefined> {
  const channel = channelOf(kind)
  if (!channel) return undefined
  const { speaksThrough: through, mostDong, declares } = channel
  const account = through && (await firstAccount(app, db, message.tenant, through))
  if (through && !account) return undefined
  const each = (account && (await mostDong?.(app, message, account))) ?? 0
  return { step, channel, account, each, dong: each || declares.cost }
}

/** Channels of the commune's ladder in their order, of one step the cheapest first; what the commune has no account for is left out, as in sending. */
async function waysByLadder(app: App, db: Db, d: Draft, message: Outgoing): Promise<Way[]> {
  const { body } = await packOn(db, d.tenant, defaultLadder, today())
  const steps = ladderOf(body, { class: d.class, ask: d.ask, visibleAt: now(), lastUsefulAt: d.lastUsefulAt })
  const ways = await Promise.all(
    steps.map(async step => {
      const kinds = channelsOf(body[d.class][step.step - 1] ?? step)
      const found = await Promise.all(kinds.map(kind => wayOf(app, db, message, step, kind)))
      return byCost(found.filter(way => way !== undefined))
    }),
  )
  return ways.flat()
}

/** Fewer homes than this say nothing of the next message. */
const enoughHomes = 10

async function pastBefore(db: Db, d: Draft, ways: readonly Way[], n: number): Promise<WayShown['past']> {
  const { step } = ways[n]!.step
  const channels = [...new Set(ways.filter(way => way.step.step < step).map(way => way.channel.kind))]
  if (!channels.length) return undefined
  const at = now()
  const minutes = Math.max(0, Math.round((ways[n]!.step.dueAt.getTime() - at.getTime()) / 60_000))
  const past = await pastOf(db, { tenant: d.tenant, class: d.class, channels, minutes, at })
  return past.homes >= enoughHomes ? { ...past, minutes } : undefined
}

/** Đồng for a short message to every home that has a number. */
async function toAllOf(app: App, db: Db, message: Outgoing, phones: number): Promise<number | null> {
  const account = await firstAccount(app, db, message.tenant, 'sms')
  const each = account && (await channelOf('sms')?.mostDong?.(app, message, account))
  return each ? each * phones : null
}

const askingOf = (app: App, d: Draft, kinds: AddressKind[], mayStop: boolean) => ({
  kinds,
  purposes: purposesAsked({ class: d.class, isOptional: mayStop }),
  withReaders: !d.isPrivate,
  bornBy: contactBornBy(today()),
  isDemo: app.config.isDemo,
  phoneKinds: phoneKindsReached(),
})

/** @throws nothing of its own: what has no price or no history is said so */
export async function showDraft(app: App, db: Db, d: Draft): Promise<DraftShown> {
  const mayStop = isOptional(d, (await packOn(db, d.tenant, defaultTopics, dayOf(now()))).body)
  const message = outgoingOf(app, d, mayStop)
  const ways = await waysByLadder(app, db, d, message)
  const kinds = [...new Set<AddressKind>(['phone', ...ways.map(way => way.channel.declares.address)])]
  const asking = askingOf(app, d, kinds, mayStop)
  const { sets, addresses } = await addressSets(db, whomOf(d.tenant, d.audience, now()), asking)
  const pasts = await Promise.all(ways.map((_, n) => pastBefore(db, d, ways, n)))
  const rungs = ways.map(({ step, channel, each }, n): Rung => {
    const past = pasts[n]
    const reachedBefore = past && past.reached / past.homes
    return { step: step.step, channel: channel.kind, address: channel.declares.address, each, reachedBefore }
  })
  const addressesOf = new Map(addresses.map(({ kind, count }) => [kind, count]))
  const needs = needsOf(rungs, sets, addressesOf)
  const { dong, spent } = await budgetAt(db, d.tenant, now())
  const left = dong === null ? null : Math.max(0, dong - spent.dong)
  const toAll = await toAllOf(app, db, message, addressesOf.get('phone') ?? 0)
  return {
    ways: await Promise.all(
      needs.map(async (need): Promise<WayShown> => {
        const n = ways.findIndex(way => way.channel.kind === need.channel)
        const { channel, account, step } = ways[n]!
        const shown = await channel.show?.(app, message, { link: specimenLink(app) }, account)
        return { ...need, shown, account: account?.name, firstAt: step.dueAt, past: pasts[n] }
      }),
    ),
    doors: homesWithout(sets, [...kinds.filter(kind => rungs.some(rung => rung.address === kind)), 'app']),
    money: moneyOf(needs, left, toAll),
  }
}
