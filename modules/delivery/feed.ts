// GET /feed: {asked, items, next}.
import { createHash } from 'node:crypto'
import { iso, now } from '#core/clock'
import { outside, timeOfId } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import type { Answer } from '#core/operation'
import type { homeOperations } from './contract-home.ts'
import { levelName } from './levels.ts'
import { liveOf } from './live.ts'
import { remembered } from './memory.ts'
import { readerOf, sessionOf, type Reader } from './reader.ts'
import { askingNow, shownRows, targetsOfReader, type ShownRow } from './store/feed.ts'
import { event } from './streams.ts'

type Feed = Answer<(typeof homeOperations)['feed']>
type Card = Feed['items'][number]

const mostAsked = 20
/** An emergency without an end stays on top for a day after this home knew it. */
const stillAsksMs = 86_400_000
/** Fewer homes than this say something about each of them. */
const fewest = 5

const byShown = (a: ShownRow, b: ShownRow) => (a.shownId < b.shownId ? 1 : -1)
const classes = ['normal', 'priority', 'emergency'] as const

/** The newest row of each sender, newest first. */
const sendersOf = (rows: readonly ShownRow[]) => {
  const newest = new Map<string, ShownRow>()
  for (const row of rows.toSorted(byShown)) if (!newest.has(row.subjectId)) newest.set(row.subjectId, row)
  return [...newest.values()]
}

const stateOf = (row: ShownRow, at: Date): Card['state'] =>
  row.withdrawnAt ? 'withdrawn' : row.endsAt && row.endsAt <= at ? 'expired' : 'open'

/** A withdrawn card keeps its title and says why; its words are gone. */
const wordsOf = ({ content, withdrawnAt }: ShownRow) =>
  withdrawnAt
    ? {
        title: content.title,
        plain: '',
        body: '',
        steps: [],
        paper: null,
        event: null,
        topic: content.topic,
        files: [],
      }
    : {
        title: content.title,
        plain: content.plain,
        body: content.body,
        steps: content.steps.map(({ act, why }) => (why === undefined ? { act } : { act, why })),
        paper: content.paper ?? null,
        event: content.event ?? null,
        topic: content.topic,
        files: content.files,
      }

const villageOf = ({ villageHomes, villageReached }: ShownRow) =>
  villageHomes !== null && villageReached !== null && villageHomes >= fewest && villageReached >= fewest
    ? { households: villageHomes, reached: villageReached }
    : null

/** One card of all rows by which this reader got it: the newest version, the highest class, everybody who sent it. */
function cardFrom(tenant: number, rows: readonly ShownRow[], at: Date): Card {
  const senders = sendersOf(rows)
  const top = senders.find(row => !row.withdrawnAt) ?? senders[0]!
  const highest = Math.max(...senders.filter(row => row.withdrawnAt === null).map(row => classes.indexOf(row.class)), 0)
  return {
    id: outside(tenant, top.subjectId),
    version: top.version,
    round: top.round,
    class: top.withdrawnAt ? top.class : classes[highest]!,
    ask: levelName(Math.max(...senders.map(row => row.ask))),
    ...wordsOf(top),
    state: stateOf(top, at),
    withdrawnBecause: top.withdrawnReason,
    isPrivate: top.isPrivate,
    shownAt: iso(timeOfId(rows.toSorted(byShown)[0]!.shownId)),
    validUntil: top.endsAt && iso(top.endsAt),
    senders: senders.map(row => ({
      id: outside(tenant, row.subjectId),
      title: row.authorTitle,
      at: iso(row.publishedAt),
    })),
    localWords: top.localWords && { words: top.localWords.words, title: top.localWords.title ?? null },
    level: levelName(top.level ?? 0),
    levelAt: top.level && top.levelAt ? iso(top.levelAt) : null,
    isTold: top.isTold ?? false,
    village: villageOf(top),
  }
}

/** Does this card ask something of this home now? */
function isAsking(rows: readonly ShownRow[], at: Date): boolean {
  const open = sendersOf(rows).filter(row => stateOf(row, at) === 'open')
  const isAnswered = open.every(row => (row.level ?? 0) >= row.ask)
  const isEmergency = open.some(row => row.class === 'emergency')
  if (!isAnswered) return isEmergency || open.some(row => row.ask >= 5)
  return isEmergency && open.some(row => row.endsAt ?? at.getTime() - timeOfId(row.shownId).getTime() < stillAsksMs)
}

const dateOf = (rows: readonly ShownRow[]) => {
  const [row] = sendersOf(rows)
  const date = row!.content.event?.at ?? row!.lastUsefulAt ?? row!.endsAt
  return date ? new Date(date).getTime() : Infinity
}

/** Open emergencies first, newest on top; then what has the soonest date. */
const byNeed = (a: readonly ShownRow[], b: readonly ShownRow[]) => {
  const isEmergency = (rows: readonly ShownRow[]) => Number(rows.some(row => row.class === 'emergency'))
  const newest = byShown(a.toSorted(byShown)[0]!, b.toSorted(byShown)[0]!)
  if (isEmergency(a) !== isEmergency(b)) return isEmergency(b) - isEmergency(a)
  if (isEmergency(a)) return newest
  const [x, y] = [dateOf(a), dateOf(b)]
  return x === y ? newest : x - y
}

async function askingCards({ app, db }: Call, { tenant }: Reader, at: Date): Promise<readonly string[]> {
  const memory = remembered(app, tenant)
  return memory.asking.find('all') ?? memory.asking.keep('all', await askingNow(db, tenant, at))
}

const readCursor = (cursor: string | undefined) => {
  if (cursor === undefined) return undefined
  try {
    const { shown } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { shown?: unknown }
    if (typeof shown === 'string' && /^[\da-f-]{36}$/.test(shown)) return shown
  } catch {
    // falls through: whatever it is, it is no cursor of ours
  }
  throw new Problem('bad_cursor')
}
const writeCursor = (shown: string) => Buffer.from(JSON.stringify({ shown })).toString('base64url')

async function makeFeed(
  call: Call,
  reader: Reader,
  input: { cursor?: string | undefined; limit: number },
): Promise<Feed> {
  const at = now()
  const before = readCursor(input.cursor)
  const asking = before ? [] : await askingCards(call, reader, at)
  const rows = await shownRows(call.db, reader.tenant, reader, { before, limit: input.limit, asking })
  const cards = [...Map.groupBy(rows, row => row.cardId).values()]
  const isAsked = new Set(asking)
  const asked = cards
    .filter(card => isAsked.has(card[0]!.cardId) && isAsking(card, at))
    .toSorted(byNeed)
    .slice(0, mostAsked)
  const onPage = rows.filter(row => row.isOnPage).toSorted(byShown)
  // A card stands where it was shown last; an older row of it on this page says nothing new.
  const items = cards
    .map(card => card.toSorted(byShown))
    .filter(card => card[0]!.isOnPage)
    .toSorted((a, b) => byShown(a[0]!, b[0]!))
  const isMore = onPage.length > 0 && rows[0]!.taken === input.limit
  return {
    asked: asked.map(card => cardFrom(reader.tenant, card, at)),
    items: items.map(card => cardFrom(reader.tenant, card, at)),
    next: isMore ? writeCursor(onPage.at(-1)!.shownId) : null,
  }
}

const unchanged = (etag: string) =>
  new Response(null, { status: 304, headers: { etag, 'cache-control': 'private, no-cache' } })

export const feeding = {
  async feed(input, call) {
    const reader = readerOf(call.caller)
    const memory = remembered(call.app, reader.tenant)
    const key = input.cursor === undefined && input.limit === 20 ? reader.id : undefined
    const asked = call.request.headers.get('if-none-match')
    if (key && asked && memory.etags.find(key) === asked) return unchanged(asked)
    // Whoever changes this home meanwhile takes the mark away, and what was read before is not remembered.
    if (key) memory.etags.keep(key, '')
    const body = JSON.stringify(await makeFeed(call, reader, input))
    const etag = `"${createHash('sha1').update(body).digest('base64url')}"`
    if (key && memory.etags.find(key) !== undefined) memory.etags.keep(key, etag)
    if (asked === etag) return unchanged(etag)
    return new Response(body, {
      headers: { 'content-type': 'application/json', etag, 'cache-control': 'private, no-cache' },
    })
  },

  async feedLive(_, { app, c, caller }) {
    const reader = readerOf(caller)
    const targets = await targetsOfReader(app.sql, reader.tenant, reader, { past: false })
    const about = { tenant: reader.tenant, reader: reader.id, targets }
    return liveOf(app).feeds.open(c, about, sessionOf(caller), event('feed', {}))
  },
} satisfies Pick<Answers<typeof homeOperations>, 'feed' | 'feedLive'>
