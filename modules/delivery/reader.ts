// Who reads a feed and gives evidence about himself: a home, or a post with what goes to posts.
import type { Caller } from '#core/caller'
import { gathering } from '#core/gather'
import type { App } from '#core/module'
import { inside, insideOf } from '#core/ids'
import { Problem } from '#core/problem'
import { remembered } from './memory.ts'
import { cardOf, windowsOf, type CardOf, type FeedReader } from './store/feed.ts'

export type Reader = FeedReader

/** @throws Problem not_allowed for staff without a post */
export function readerOf(caller: Caller): Reader {
  const id = caller.household ?? caller.post
  if (!id || caller.tenant === undefined) throw new Problem('not_allowed')
  return { tenant: caller.tenant, id, kind: caller.household ? 'home' : 'post' }
}

/** A home that a phone answers for. */
export interface Answering extends Reader {
  /** Somebody here reads for its elder: what is private is not for him. */
  isReading: boolean
}

/** Everybody that this phone or post answers for, the home in use first. @throws Problem not_allowed */
export function allOf(caller: Caller): Answering[] {
  const reader = readerOf(caller)
  const { otherHomes = [], readsFor = [] } = caller
  const own = new Set([reader.id, ...otherHomes])
  return [
    ...[...own].map(id => ({ ...reader, id, isReading: false })),
    ...readsFor.filter(id => !own.has(id)).map(id => ({ ...reader, id, isReading: true })),
  ]
}

/** The home chosen on the page; the one in use where none is named. @throws Problem home_not_here, not_allowed */
export function chosenOf(caller: Caller, home: string | undefined): Answering {
  const all = allOf(caller)
  if (home === undefined) return all[0]!
  const id = insideOf(caller.tenant!, home)
  const found = all.find(one => one.kind === 'home' && one.id === id)
  if (!found) throw new Problem('home_not_here')
  return found
}

/** Whose messages a reader is shown, and from when until when. */
export const findWindows = gathering((app, readers: readonly Reader[]) => windowsOf(app.sql, readers))

/** A stream ends with the session that opened it. */
export const sessionOf = ({ tenant, session }: Caller) => (session ? `${tenant}/${session}` : undefined)

/** What is private is the home's own: who acts for it is shown none of it, and learns of no home that got it. @throws Problem assist_private */
function forHelper(card: readonly CardOf[], subjectId: string) {
  if (card.some(one => one.subjectId === subjectId && one.isPrivate)) throw new Problem('assist_private')
  return card.filter(one => !one.isPrivate)
}

/** The card that a caller names. @throws Problem not_found, assist_private */
export async function getCardFor(app: App, caller: Caller, noticeId: string): Promise<readonly CardOf[]> {
  const card = await getCard(app, readerOf(caller), noticeId)
  return caller.helper ? forHelper(card, inside(noticeId).id) : card
}

/** All publications on the card of the notice named. The origin's id means the reader's own commune's copy. @throws Problem not_found */
async function getCard(app: App, reader: Reader, noticeId: string): Promise<readonly CardOf[]> {
  const { id } = inside(noticeId)
  const memory = remembered(app, reader.tenant)
  const known = memory.cards.find(id)
  if (known) return known
  const found = await cardOf(app.sql, reader.tenant, id)
  if (!found.length) throw new Problem('not_found')
  return memory.cards.keep(id, found)
}

/**
 * Which publication of each sender a piece of evidence is about: the round that had the version told, else the one that was
 * out at the time. @param subjectId whose version is told
 */
export function roundsAt(
  card: readonly CardOf[],
  kind: CardOf['kind'],
  subjectId: string,
  version: number | undefined,
  at: Date,
) {
  const bySubject = Map.groupBy(
    card.filter(one => one.kind === kind),
    one => one.subjectId,
  )
  return [...bySubject].flatMap(([subject, rounds]) => {
    const inOrder = rounds.toSorted((a, b) => a.round - b.round)
    const byVersion =
      version !== undefined && subject === subjectId ? inOrder.find(one => one.version >= version) : undefined
    const found = byVersion ?? inOrder.findLast(one => one.publishedAt <= at) ?? inOrder[0]
    return found ? [found] : []
  })
}
