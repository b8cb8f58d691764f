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
  kindsOf,
  phoneKindsReached,
  purposesAsked,
  type Account,
  type Channel,
  type Outgoing,
  type ShownAs,
} from '#channels'
import { contactBornBy } from '#people'
import type { Audience } from './audience.ts'
import { homesWithout, moneyOf, needsOf, type Money, type Need, type Rung } from './estimate.ts'
import { ladderOf, type Step } from './ladder.ts'
import { defaultLadder } from './ladder-pack.ts'
import type { LevelName, MessageClass } from './levels.ts'
import type { Content } from './message.ts'
import { defaultTopics, isOptional } from './optional.ts'
import { render } from './outgoing.ts'
import { whomOf } from './send.ts'
import { pastOf, type Past } from './store/history.ts'
import { waysOf } from './store/ways.ts'

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

/** Steps of the commune's ladder by channels, in their order; a channel that needs an account the commune has not is left out, as in sending. */
async function waysByLadder(app: App, db: Db, d: Draft): Promise<Way[]> {
  const { body } = await packOn(db, d.tenant, defaultLadder, today())
  const steps = ladderOf(body, {
    class: d.class,
    ask: d.ask,
    visibleAt: now(),
    lastUsefulAt: d.lastUsefulAt,
  })
  const kinds = await kindsOf(db, d.tenant)
  const ways: Way[] = []
  for (const step of steps) {
    const channel = channelOf(step.channel)
    const through = channel?.speaksThrough
    if (!channel || (through && !kinds.includes(through))) continue
    ways.push({ step, channel, account: through && (await firstAccount(app, db, d.tenant, through)) })
  }
  return ways
}

/** Fewer homes than this say nothing of the next message. */
const enoughHomes = 10

async function pastBefore(db: Db, d: Draft, ways: readonly Way[], n: number): Promise<WayShown['past']> {
  const channels = [...new Set(ways.slice(0, n).map(way => way.channel.kind))]
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

/** @throws nothing of its own: what has no price or no history is said so */
export async function showDraft(app: App, db: Db, d: Draft): Promise<DraftShown> {
  const ways = await waysByLadder(app, db, d)
  const mayStop = isOptional(d, (await packOn(db, d.tenant, defaultTopics, dayOf(now()))).body)
  const message = outgoingOf(app, d, mayStop)
  const kinds = [...new Set(['phone', ...ways.map(way => way.channel.declares.address)])]
  const asking = {
    kinds,
    purposes: purposesAsked({ class: d.class, isOptional: mayStop }),
    isOptional: mayStop,
    withReaders: !d.isPrivate,
    bornBy: contactBornBy(today()),
    isDemo: app.config.isDemo,
    phoneKinds: phoneKindsReached(),
  }
  const { sets, addresses } = await waysOf(db, whomOf(d.tenant, d.audience, now()), asking)
  const pasts = await Promise.all(ways.map((_, n) => pastBefore(db, d, ways, n)))
  const rungs = await Promise.all(
    ways.map(async ({ channel, account }, n): Promise<Rung> => {
      const past = pasts[n]
      return {
        channel: channel.kind,
        address: channel.declares.address,
        each: (account && (await channel.mostDong?.(app, message, account))) ?? 0,
        reachedBefore: past && past.reached / past.homes,
      }
    }),
  )
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
