// The first screen of a home: what is asked of it above what is only news.
import { useEffect, useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts } from '#web/kit/act.tsx'
import { Later } from '#web/kit/later.tsx'
import { Group, Page } from '#web/kit/page.tsx'
import { Empty, Failed, Lines, OldCopy } from '#web/kit/state.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { useLocation } from '#web/router.tsx'
import { stretch } from '#web/time.ts'
import { useWords } from '#web/words.ts'
import { useEvents } from './events.ts'
import { acknowledge, awaySince, tellDelivered, withKnown, type Card, type Feed as Cards } from './feed-state.ts'
import { FeedCard, Urgent } from './FeedCard.tsx'
import { vi } from './feed-words.vi.ts'

const say = useWords(vi, () => import('./feed-words.en.ts'))

/** Pages after the first, one a tap. The first is kept as it then was: what news push out of it stays in sight. */
function useOlder(first: Cards | undefined) {
  const [pages, setPages] = useState<Cards[]>([])
  const last = pages.at(-1) ?? first
  const more = async () => {
    const page = await api.delivery.feed({ cursor: last!.next! })
    setPages([...(pages.length ? pages : [first!]), page])
  }
  return { items: pages.flatMap(page => page.items), more: last?.next ? more : undefined }
}

export function Feed() {
  const feed = useLoaded(() => api.delivery.feed({}), [], { stored: 'feed', every: 120_000 })
  const older = useOlder(feed.value)
  const [away, setAway] = useState<ReturnType<typeof awaySince>>()
  useEvents('/api/v1/feed/live', 'feed', () => void feed.reload())
  const isAssisted = Boolean(me.value?.assist)
  const isFresh = Boolean(feed.value) && feed.storedAt === undefined
  useEffect(() => {
    // A helper's phone is not the home's: it tells nothing of holding.
    if (!feed.value || !isFresh || isAssisted) return
    void tellDelivered(feed.value)
    const found = awaySince(feed.value)
    if (found) setAway(found)
  }, [feed.value, isFresh])

  const { route } = useLocation()
  const know = async (card: Card) => {
    // Whose "Đã rõ" it is, is asked where the notice is read.
    if (me.value?.choosesHome) return route(`/notices/${encodeURIComponent(card.id)}`)
    await acknowledge(card, say('ack_label', { title: card.title }))
  }

  const { asked = [], items = [] } = feed.value ? withKnown(feed.value, feed.askedAt) : {}
  const [urgent, ...rest] = asked.filter(card => card.class === 'emergency')
  const waiting = [...rest, ...asked.filter(card => card.class !== 'emergency')]
  const isAsked = new Set(asked.map(card => card.id))
  // Of a card that stands in several pages the first is the newest.
  const all = new Map([...items, ...older.items].toReversed().map(card => [card.id, card]))
  const news = [...all.values()].toReversed().filter(card => !isAsked.has(card.id))
  return (
    <Page title={say('title')} hasOwnTitle={Boolean(urgent)}>
      {urgent && <Urgent card={urgent} know={know} />}
      <OldCopy at={feed.storedAt} />
      {feed.isLoading && <Lines retry={feed.reload} />}
      {feed.refusal && !feed.value && <Failed refusal={feed.refusal} retry={feed.reload} />}
      {waiting.length > 0 && (
        <Group title={say('asked')}>
          {waiting.map(card => (
            <FeedCard key={card.id} card={card} know={know} />
          ))}
        </Group>
      )}
      {away && <p class="pad by">{say('away', { time: stretch(away.ms), n: away.n })}</p>}
      {news.length > 0 && (
        <Group title={say('news')}>
          {news.map(card => (
            <FeedCard key={card.id} card={card} />
          ))}
        </Group>
      )}
      {feed.value && !asked.length && !news.length && <Empty title={say('empty')} words={say('empty_words')} />}
      {older.more && (
        <div class="pad">
          <p class="by">{say('old_stays')}</p>
          <Acts isLeft>
            <Act kind="quiet" onClick={older.more}>
              {say('older')}
            </Act>
          </Acts>
        </div>
      )}
      {!isAssisted && <Later load={() => import('#web/device-cards.tsx').then(m => m.DeviceCards)} />}
    </Page>
  )
}
