// Which account sends next, and how many: the first one that may. What it was given is counted before anything leaves.
import { dayOf, minuteOfDay, now } from '#core/clock'
import { inTransaction, type Tx } from '#core/db'
import type { App } from '#core/module'
import type { ChannelError } from './channel-errors.ts'
import { openAfter, restsUntil } from './report-use.ts'
import { adapterOf, type Account, type AccountKind, type Pace } from './account.ts'
import { addUse, holdAccounts, returnTokens, setTokens, usesOn, type AccountRow } from './store-accounts.ts'

export type Taken =
  | { account: Account; granted: number; parallel: number }
  /** None may now. */
  | Waiting
  /** The tenant has none of this kind. */
  | 'none'

export interface Waiting {
  waitUntil: Date
  why: ChannelError
  /** It refused so often in a row that it rests. */
  isBroken?: boolean
}

/** Where the pace says nothing else. */
const usualBurst = 2

export const accountFrom = (app: App, tenant: number, row: AccountRow): Account => ({
  tenant,
  id: row.id,
  kind: row.kind,
  adapter: row.adapter,
  name: row.name,
  settings: row.settings,
  secrets: row.sealed ? (JSON.parse(app.keys.unseal('channel-account', row.sealed)) as Record<string, string>) : {},
  version: row.version,
})

const isNight = (at: Date, { from, to }: { from: number; to: number }) => {
  const m = minuteOfDay(at)
  return from <= to ? m >= from && m < to : m >= from || m < to
}
const nightEnd = (at: Date, { to }: { to: number }) => {
  const minutes = (to - minuteOfDay(at) + 1440) % 1440
  return new Date(Math.floor(at.getTime() / 60_000) * 60_000 + minutes * 60_000)
}
const nextDay = (at: Date) => new Date(new Date(`${dayOf(at)}T00:00:00+07:00`).getTime() + 86_400_000)

/** Two who take at once may be that much apart: whoever asked first is served last. */
const apartMs = 60_000

/** What a bucket holds at `at`. A new account begins full; one that was filled in the future has what a second gives: our clock was set back. */
function tokensAt(
  row: Pick<AccountRow, 'tokens' | 'filledAt'>,
  { perSecond, burstSeconds = usualBurst }: Pace,
  at: Date,
): number {
  const most = Math.max(1, perSecond * burstSeconds)
  if (!row.filledAt) return most
  const since = at.getTime() - row.filledAt.getTime()
  if (since < -apartMs) return Math.min(most, Math.max(1, perSecond))
  return Math.min(most, row.tokens + (Math.max(0, since) / 1000) * perSecond)
}

type Room = { granted: number; left: number } | Waiting

/** How many of `wanted` this account may send now. */
export function roomOf(
  row: Pick<AccountRow, 'tokens' | 'filledAt' | 'pausedUntil' | 'trouble' | 'failures'>,
  pace: Pace,
  asked: { wanted: number; used: number; isEmergency: boolean; at: Date },
): Room {
  const { wanted, used, isEmergency, at } = asked
  const resting = restsUntil(row.pausedUntil, at)
  if (resting) {
    const isBroken = row.failures >= openAfter
    return { waitUntil: resting, why: row.trouble ?? 'slow_down', isBroken }
  }
  if (pace.night && !isEmergency && isNight(at, pace.night))
    return { waitUntil: nightEnd(at, pace.night), why: 'night_pause' }
  const quota = pace.perDay === undefined ? Infinity : pace.perDay - used
  if (quota <= 0) return { waitUntil: nextDay(at), why: 'quota_used' }
  const tokens = tokensAt(row, pace, at)
  const granted = Math.min(wanted, quota, Math.floor(tokens))
  if (granted >= 1) return { granted, left: tokens - granted }
  return { waitUntil: new Date(at.getTime() + Math.ceil(((1 - tokens) / pace.perSecond) * 1000)), why: 'slow_down' }
}

async function takeIn(
  app: App,
  tx: Tx,
  asked: { tenant: number; kind: AccountKind; wanted: number; isEmergency: boolean },
) {
  const { tenant, kind, wanted, isEmergency } = asked
  const at = now()
  const rows = await holdAccounts(tx, tenant, kind)
  const uses = rows.length ? await usesOn(tx, tenant, dayOf(at)) : new Map<string, { messages: number }>()
  let soonest: Waiting | undefined
  for (const row of rows) {
    const adapter = adapterOf(row.adapter)
    if (!adapter) continue
    const pace = adapter.pace(row.settings)
    const room = roomOf(row, pace, { wanted, used: uses.get(row.id)?.messages ?? 0, isEmergency, at })
    if ('granted' in room) {
      await setTokens(tx, tenant, row.id, room.left, at)
      await addUse(tx, tenant, row.id, dayOf(at), { messages: room.granted })
      return { account: accountFrom(app, tenant, row), granted: room.granted, parallel: pace.parallel }
    }
    if (!soonest || room.waitUntil < soonest.waitUntil) soonest = room
  }
  return soonest ?? 'none'
}

/** A second account takes over while the first one is paused, used up or in trouble. */
export const takeAccount = (
  app: App,
  asked: { tenant: number; kind: AccountKind; wanted: number; isEmergency: boolean },
): Promise<Taken> => inTransaction(app.sql, tx => takeIn(app, tx, asked))

/** What was taken and not used. */
export const giveBack = (app: App, account: Account, count: number) =>
  inTransaction(app.sql, async tx => {
    const { tenant, id } = account
    await returnTokens(tx, tenant, id, count)
    await addUse(tx, tenant, id, dayOf(now()), { messages: -count })
  })
