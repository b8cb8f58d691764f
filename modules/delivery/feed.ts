// GET /feed: {asked, items, next}.
import { createHash } from 'node:crypto'
import { iso, now } from '#core/clock'
import { readCursor, toCursor } from '#core/cursor'
import { gathering } from '#core/gather'
import { outside, timeOfId } from '#core/ids'
import type { Answers, Call } from '#core/serve'
import type { Answer } from '#core/operation'
import { Uuid } from '#core/shapes'
import type { homeOperations } from './contract-home.ts'
import { levelName } from './levels.ts'
import { liveOf } from './live.ts'
import { listsOf, remembered } from './memory.ts'
import { findWindows, readerOf, sessionOf, type Reader } from './reader.ts'
import {
  askingNow,
  isPresent,
  shownRows,
  standingsOf,
  villageFiguresOf,
  type ShownRow,
  type Standing,
  type StandingsAsked,
  type VillageFigures,
  type Window,
} from './store/feed.ts'
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

/** What differs from home to home, by publication. */
interface Own {
  standings: Map<string, Standing>
  villages: Map<string, VillageFigures>
}

const levelOf = ({ publishedId }: ShownRow, { standings }: Own) => standings.get(publishedId)?.level ?? 0

const villageOf = ({ publishedId }: ShownRow, { villages }: Own) => {
  const { households, reached } = villages.get(publishedId) ?? { households: 0, reached: 0 }
  return households >= fewest && reached >= fewest ? { households, reached } : null
}

/** One card of all rows by which this reader got it: the newest version, the highest class, everybody who sent it. */
function cardFrom(tenant: number, rows: readonly ShownRow[], own: Own, at: Date): Card {
  const senders = sendersOf(rows)
  const top = senders.find(row => !row.withdrawnAt) ?? senders[0]!
  const standing = own.standings.get(top.publishedId)
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
    corrected: (!top.withdrawnAt && top.content.corrected) || null,
    isPrivate: top.isPrivate,
    shownAt: iso(timeOfId(rows.toSorted(byShown)[0]!.shownId)),
    validUntil: top.endsAt && iso(top.endsAt),
    senders: senders.map(row => ({
      id: outside(tenant, row.subjectId),
      title: row.authorTitle,
      at: iso(row.publishedAt),
    })),
    localWords: top.localWords && { words: top.localWords.words, title: top.localWords.title ?? null },
    level: levelName(standing?.level ?? 0),
    levelAt: standing?.level ? iso(standing.levelAt) : null,
    isTold: standing?.isTold ?? false,
    village: villageOf(top, own),
  }
}

/** Does this card ask something of this home now? */
function isAsking(rows: readonly ShownRow[], own: Own, at: Date): boolean {
  const open = sendersOf(rows).filter(row => stateOf(row, at) === 'open')
  const isAnswered = open.every(row => levelOf(row, own) >= row.ask)
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

interface Asked {
  before: string | undefined
  limit: number
}

/** Rows of the page and of what is asked. Homes that are shown the same share them. */
async function rowsOf(call: Call, { tenant }: Reader, windows: readonly Window[], { before, limit }: Asked, at: Date) {
  const memory = remembered(call.app, tenant)
  const key = before === undefined && limit === 20 ? `${memory.no} ${JSON.stringify(windows)}` : undefined
  const known = key && listsOf(call.app).find(key)
  if (known) return known
  const asking = before
    ? []
    : (memory.asking.find('all') ?? memory.asking.keep('all', await askingNow(call.db, tenant, at)))
  const list = { asking: new Set(asking), rows: await shownRows(call.db, tenant, windows, { before, limit, asking }) }
  return key ? listsOf(call.app).keep(key, list) : list
}

const findStandings = gathering((app, asked: readonly StandingsAsked[]) => standingsOf(app.sql, asked))

async function ownOf({ app, db }: Call, { tenant, id }: Reader, rows: readonly ShownRow[]): Promise<Own> {
  if (!rows.length) return { standings: new Map(), villages: new Map() }
  const published = rows.map(row => row.publishedId).toSorted()
  const emergencies = rows.filter(row => row.class === 'emergency').map(row => row.publishedId)
  const [standings, villages] = await Promise.all([
    findStandings(app, { tenant, id, low: published[0]!, high: published.at(-1)! }),
    villageFiguresOf(db, tenant, id, emergencies),
  ])
  return { standings: new Map(standings.map(one => [one.publishedId, one])), villages }
}

async function makeFeed(
  call: Call,
  reader: Reader,
  input: { cursor?: string | undefined; limit: number },
): Promise<Feed> {
  const at = now()
  const before = readCursor(input.cursor, Uuid)?.[0]
  const windows = (await findWindows(call.app, reader)).filter(window => !window.isEmpty)
  const found = await rowsOf(call, reader, windows, { before, limit: input.limit }, at)
  const { asking } = found
  const rows = call.caller.helper ? found.rows.filter(row => !row.isPrivate) : found.rows
  const own = await ownOf(call, reader, rows)
  const cards = [...Map.groupBy(rows, row => row.cardId).values()]
  const asked = cards
    .filter(card => asking.has(card[0]!.cardId) && isAsking(card, own, at))
    .toSorted(byNeed)
    .slice(0, mostAsked)
  const onPage = found.rows.filter(row => row.isOnPage).toSorted(byShown)
  // A card stands where it was shown last; an older row of it on this page says nothing new.
  const items = cards
    .map(card => card.toSorted(byShown))
    .filter(card => card[0]!.isOnPage)
    .toSorted((a, b) => byShown(a[0]!, b[0]!))
  const isMore = onPage.length > 0 && found.rows[0]!.taken === input.limit
  return {
    asked: asked.map(card => cardFrom(reader.tenant, card, own, at)),
    items: items.map(card => cardFrom(reader.tenant, card, own, at)),
    next: isMore ? toCursor([onPage.at(-1)!.shownId]) : null,
  }
}

const unchanged = (etag: string) =>
  new Response(null, { status: 304, headers: { etag, 'cache-control': 'private, no-cache' } })

export const feeding = {
  async feed(input, call) {
    const reader = readerOf(call.caller)
    const memory = remembered(call.app, reader.tenant)
    const isOwn = !call.caller.helper
    const key = isOwn && input.cursor === undefined && input.limit === 20 ? reader.id : undefined
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
    const targets = (await findWindows(app, reader)).filter(isPresent).map(window => window.targetId)
    const about = { tenant: reader.tenant, reader: reader.id, targets }
    return liveOf(app).feeds.open(c, about, sessionOf(caller), event('feed', {}))
  },
} satisfies Pick<Answers<typeof homeOperations>, 'feed' | 'feedLive'>
