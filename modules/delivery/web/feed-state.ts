// What the feed keeps on the phone: the first page, what was told, when it was last looked at.
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { newId } from '#web/id.ts'
import { keep, sent, waiting } from '#web/outbox.ts'
import { iso } from '#web/time.ts'

export type Feed = Answer<Contracts['delivery']['feed']>
export type Card = Feed['items'][number]

const isNew = (card: Card) =>
  card.state === 'open' && (card.level === 'none' || card.level === 'sent' || card.level === 'exposed')

/** Tells that the phone holds these cards now. What fails is told at the next look: the server still counts them as not delivered. */
export function tellDelivered(feed: Feed): Promise<unknown> {
  const cards = new Map([...feed.asked, ...feed.items].filter(isNew).map(card => [card.id, card]))
  if (!cards.size) return Promise.resolve()
  const receipts = [...cards.values()].slice(0, 100).map(card => ({
    id: newId(),
    noticeId: card.id,
    level: 'delivered' as const,
    at: iso(),
    version: card.version,
  }))
  return api.delivery.receipts({ receipts, now: iso() }).catch(() => {})
}

/** "Đã rõ": kept on the phone first, then sent once. */
export const acknowledge = (card: Card, label: string) =>
  keep(
    'delivery.acknowledge',
    { noticeId: card.id, id: newId(), at: iso(), version: card.version },
    { label, isOwnId: true, isListed: true },
  )

/** What this home said, sent or waiting, stands over a feed that was asked for before. */
export function withKnown(feed: Feed, askedAt: number): Feed {
  const said = new Map(
    [...sent.value.filter(one => one.sentAt > askedAt), ...waiting.value.filter(one => !one.refusal)]
      .filter(one => one.operation === 'delivery.acknowledge' && !one.input['home'])
      .map(one => [one.input['noticeId'], one.at]),
  )
  const known = (card: Card): Card => {
    const levelAt = said.get(card.id)
    return levelAt ? { ...card, level: 'acknowledged', levelAt } : card
  }
  return { ...feed, asked: feed.asked.map(card => known(card)), items: feed.items.map(card => known(card)) }
}

const key = 'loa.feed.seen'
const aDay = 86_400_000

/** Somebody who was away for more than a day hears how long and how much came. Looking renews the mark. */
export function awaySince(feed: Feed): { ms: number; n: number } | undefined {
  const at = Number(localStorage.getItem(key) ?? 0)
  localStorage.setItem(key, String(Date.now()))
  const ms = Date.now() - at
  if (!at || ms < aDay) return undefined
  const n = feed.items.filter(card => new Date(card.shownAt).getTime() > at).length
  return n ? { ms, n } : undefined
}
