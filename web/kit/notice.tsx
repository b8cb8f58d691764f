import type { ComponentChildren } from 'preact'
import { shellWords } from '../shell-words.ts'
import { clock, date, dayOf, hour, lastDay, stretch } from '../time.ts'
import { Icon } from './icon.tsx'
import { Tag } from './rows.tsx'

export type NoticeClass = 'normal' | 'priority' | 'emergency'

/** Urgency by word, icon and colour together; a normal notice has none. */
export function ClassTag({ of }: { of: NoticeClass }) {
  const say = shellWords()
  if (of === 'normal') return null
  return of === 'emergency' ? (
    <Tag kind="alarm" icon="khan">
      {say('emergency')}
    </Tag>
  ) : (
    <Tag kind="prio" icon="uutien">
      {say('priority')}
    </Tag>
  )
}

/** Midnight is the end of the day before; another day than today says which. */
function endWords(until: Date | string): string {
  if (hour(until) === '0:00') return shellWords()('day_end', { day: lastDay(until) })
  return dayOf(until) === dayOf(new Date(clock.value)) ? hour(until) : `${hour(until)} ${date(until)}`
}

/** Time left, drawn and said. `atZero` says what happens then. */
export function Clock({ from, until, atZero }: { from: Date | string; until: Date | string; atZero: string }) {
  const say = shellWords()
  const [start, end] = [new Date(from).getTime(), new Date(until).getTime()]
  const left = end - clock.value
  const isLate = left <= 0
  const share = isLate ? 100 : Math.min(100, (left / Math.max(1, end - start)) * 100)
  return (
    <div class={isLate ? 'clock clock-late' : 'clock'}>
      <p class="clock-say">
        <b class={isLate ? 'is-late' : undefined}>
          <Icon name="gio" isSmall />
          {say(isLate ? 'late_by' : 'time_left', { time: stretch(left) })}
        </b>
        <span>
          {endWords(until)} {atZero}
        </span>
      </p>
      <svg class="clock-bar" aria-hidden="true">
        <rect class="all" width="100%" height="100%" />
        <rect class="left" width={`${share.toFixed(1)}%`} height="100%" />
        <rect class="frame" width="100%" height="100%" />
      </svg>
    </div>
  )
}

/** What to do now: at most three, the act bold and the reason plain. */
export const Steps = ({ steps }: { steps: readonly { act: string; why?: string | undefined }[] }) => (
  <ol class="steps">
    {steps.map(step => (
      <li key={step.act}>
        <b>{step.act}</b>
        {step.why && <span>{step.why}</span>}
      </li>
    ))}
  </ol>
)

/** A person's own words, with post and hour. */
export const Said = ({ by, children }: { by: ComponentChildren; children: ComponentChildren }) => (
  <blockquote class="said">
    {children}
    <footer>{by}</footer>
  </blockquote>
)

export interface Paper {
  issuer: string
  number: string
  date: string
}

/** Words of an official paper stand in the face of an official paper. */
export function PaperQuote({ paper, children }: { paper?: Paper | undefined; children: ComponentChildren }) {
  const say = shellWords()
  return (
    <div class="paper">
      {paper && (
        <p class="paper-head">
          <b>{paper.issuer}</b>
          <span>
            {say('paper_number')} <span class="nb">{paper.number}</span>
          </span>
        </p>
      )}
      {children}
    </div>
  )
}

export interface TraceStep {
  at: string
  act: string
  by?: string | undefined
  isNow?: boolean | undefined
  isNext?: boolean | undefined
}

/** Who did what, and when. */
export const Trace = ({ steps }: { steps: readonly TraceStep[] }) => (
  <ol class="trace">
    {steps.map((step, i) => (
      <li key={i} class={step.isNow ? 'is-now' : step.isNext ? 'is-next' : undefined}>
        <b>
          {step.at} {step.act}
        </b>
        {step.by && <span>{step.by}</span>}
      </li>
    ))}
  </ol>
)

/** Names and values. */
export const Facts = ({ rows }: { rows: readonly (readonly [string, ComponentChildren])[] }) => (
  <dl class="facts">
    {rows.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
