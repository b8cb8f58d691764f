import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { signal } from '@preact/signals'
import { Act, Acts } from '#web/kit/act.tsx'
import { Icon } from '#web/kit/icon.tsx'
import { fraction } from '#web/numbers.ts'
import { date, hour, hourWords, near } from '#web/time.ts'
import { useWords } from '#web/words.ts'
import type { Card } from './feed-state.ts'
import { vi } from './feed-words.vi.ts'

const say = useWords(vi, () => import('./feed-words.en.ts'))

type LeafOf = ComponentType<{ date: string }>

/** The calendar comes after the words: its place is kept, so that nothing jumps. */
const leaf = signal<LeafOf | undefined>(undefined)
function CalendarLeaf({ date: at }: { date: string }) {
  useEffect(() => {
    if (!leaf.value) void import('#web/kit/leaf.tsx').then(m => (leaf.value = m.Leaf))
  }, [])
  const Found = leaf.value
  return Found ? <Found date={at} /> : <div class="leaf" />
}

/** Urgency by word, drawing and colour; said here, since the first load brings no more of the kit than it shows. */
const Urgency = ({ of }: { of: Card['class'] }) =>
  of === 'normal' ? null : (
    <span class={of === 'emergency' ? 'tag tag-alarm' : 'tag tag-prio'}>
      <Icon name={of === 'emergency' ? 'khan' : 'uutien'} isSmall />
      {say(of)}
    </span>
  )

const isKnown = (card: Card) => card.level === 'acknowledged' || card.level === 'acted'
const href = (card: Card) => `/notices/${encodeURIComponent(card.id)}`
const sender = (card: Card) => card.senders[0]?.title ?? ''

/** The state of this home, with the hour. */
const knownWords = (card: Card) => say(card.isTold ? 'told' : 'known', { time: card.levelAt ? near(card.levelAt) : '' })

/** The only coloured block: an emergency, one at a time. */
export function Urgent({ card, know }: { card: Card; know: (card: Card) => Promise<unknown> }) {
  const { village } = card
  return (
    <section class="urgent" aria-labelledby="urgent">
      <p>
        <Urgency of="emergency" />{' '}
        <span class="s">
          {near(card.shownAt)}, {sender(card)}
        </span>
      </p>
      <h1 id="urgent">{card.title}</h1>
      {card.corrected && <Corrected of={card.corrected} isLoud />}
      <p class="split">
        <b>{isKnown(card) ? knownWords(card) : say('not_yet')}</b>
        {village && <span class="n">{say('village', { part: fraction(village.reached, village.households) })}</span>}
      </p>
      {village && (
        <svg
          class="reach-bar reach-s"
          role="img"
          aria-label={say('village_label', { reached: village.reached, households: village.households })}
        >
          <rect class="frame" x="0" y="0" width="100%" height="100%" />
          <rect
            class="e2"
            x="0"
            width={`${((village.reached / village.households) * 100).toFixed(2)}%`}
            height="100%"
          />
        </svg>
      )}
      <div class="acts">
        <Act icon="mat" href={href(card)}>
          {say('see')}
        </Act>
        {!isKnown(card) && (
          <Act icon="ro" also="act-ghost" onClick={() => know(card)}>
            {say('know')}
          </Act>
        )}
      </div>
    </section>
  )
}

/** When, where, and the first words of what it says. */
function summary(card: Card): string {
  if (card.state === 'withdrawn') return card.withdrawnBecause ?? ''
  const where = card.event && `${[hourWords(card.event.at), card.event.place].filter(Boolean).join(', ')}.`
  const [first = ''] = (card.plain || card.steps[0]?.act || '').split('\n')
  return [where, first].filter(Boolean).join(' ')
}

/** That other words stood here before, and which parts differ. */
function Corrected({ of, isLoud }: { of: NonNullable<Card['corrected']>; isLoud?: boolean }) {
  const fields = of.changed.map(field => say(`f_${field}` as 'f_title')).join(', ')
  return (
    <p class={isLoud ? undefined : 'by'}>
      <b>{say('corrected', { time: near(of.at) })}</b>
      {fields && `: ${fields}`}
    </p>
  )
}

/** A notice in the list; one with a date shows its leaf of the calendar. */
export function FeedCard({ card, know }: { card: Card; know?: ((card: Card) => Promise<unknown>) | undefined }) {
  const others = card.senders.slice(1).map(one => one.title)
  const inside = (
    <>
      {card.class !== 'normal' && card.state === 'open' && (
        <p>
          <Urgency of={card.class} />
        </p>
      )}
      {card.state === 'withdrawn' && (
        <p>
          <span class="tag">{say('withdrawn')}</span>
        </p>
      )}
      <h3>
        <a href={href(card)}>{card.title}</a>
      </h3>
      {card.corrected && <Corrected of={card.corrected} />}
      <p class="by">{summary(card)}</p>
      <p class="by">
        {sender(card)}, {near(card.shownAt)}.{others.length > 0 && ` ${say('also', { who: others.join(', ') })}.`}
        {card.state === 'expired' && card.validUntil && ` ${say('expired', { date: date(card.validUntil) })}.`}
      </p>
      {card.localWords && (
        <p class="by">
          “{card.localWords.words}” {card.localWords.title}
        </p>
      )}
      {know && !isKnown(card) && (
        <Acts isLeft>
          <Act icon="ro" label={say('ack_label', { title: card.title })} onClick={() => know(card)}>
            {say('know')}
          </Act>
        </Acts>
      )}
      {isKnown(card) && card.levelAt && (
        <p class="st">
          <time dateTime={card.levelAt} title={hour(card.levelAt)}>
            {knownWords(card)}
          </time>
        </p>
      )}
    </>
  )
  return card.event && card.state !== 'withdrawn' ? (
    <article class="notice notice-dated">
      <CalendarLeaf date={card.event.at} />
      <div>{inside}</div>
    </article>
  ) : (
    <article class="notice">{inside}</article>
  )
}
