import type { ComponentChildren } from 'preact'
import { fraction, number } from '../numbers.ts'
import { shellWords } from '../shell-words.ts'
import { Home, type Evidence } from './icon.tsx'

export type LevelName = 'none' | 'sent' | 'exposed' | 'delivered' | 'seen' | 'acknowledged' | 'acted'
/** Homes at each level; null where a count is hidden because it is a handful. */
export type Levels = Record<LevelName, number | null>

const evidences: readonly Evidence[] = ['e1', 'e2', 'e3', 'e4', 'e5', 'e6']
/** Which mark a level is drawn with; `told` at the door is the deepest. */
export const evidenceOf = (level: LevelName, isTold = false): Evidence =>
  isTold
    ? 'e1'
    : (
        { none: 'e6', sent: 'e6', exposed: 'e5', delivered: 'e4', seen: 'e3', acknowledged: 'e2', acted: 'e2' } as const
      )[level]

const marksLeftOf: Record<LevelName, number> = {
  none: 6,
  sent: 5,
  exposed: 5,
  delivered: 4,
  seen: 3,
  acknowledged: 2,
  acted: 2,
}

const sum = (...counts: (number | null)[]) =>
  counts.includes(null) ? null : counts.reduce<number>((a, b) => a + b!, 0)

/** Homes per mark, in the order of the marks. */
const marksOf = (levels: Levels, told: number | null): (number | null)[] => [
  told,
  sum(levels.acknowledged, levels.acted, told === null ? null : -told),
  levels.seen,
  levels.delivered,
  levels.exposed,
  sum(levels.none, levels.sent),
]

export interface ReachProps {
  levels: Levels
  /** Part of acknowledged: told by a person. */
  told: number | null
  households: number | null
  /** The level the message asks for: the black tick. */
  ask?: LevelName | undefined
  isSmall?: boolean | undefined
}

const shown = (count: number | null, say: ReturnType<typeof shellWords>) =>
  count === null ? say('few') : number(count)

/** The bar: the deeper the dye, the surer the evidence; what stands left of the tick counts as reached. */
export function ReachBar({ levels, told, households, ask, isSmall }: ReachProps) {
  const say = shellWords()
  const marks = marksOf(levels, told)
  const label = evidences.map((mark, i) => `${say(mark)} ${shown(marks[i]!, say)}`).join(', ')
  const share = (n: number) => `${households ? ((n / households) * 100).toFixed(3) : 0}%`
  const need =
    ask && !isSmall ? share(marks.slice(0, marksLeftOf[ask]).reduce<number>((a, b) => a + (b ?? 0), 0)) : undefined
  let from = 0
  return (
    <svg class={isSmall ? 'reach-bar reach-s' : 'reach-bar'} role="img" aria-label={label}>
      <rect class="frame" x="0" y="0" width="100%" height="100%" />
      {evidences.slice(0, 5).map((mark, i) => {
        const x = from
        from += marks[i] ?? 0
        return marks[i] ? (
          <rect
            key={mark}
            {...(mark === 'e5' ? { fill: 'url(#dots)' } : { class: mark })}
            x={share(x)}
            width={share(marks[i])}
            height="100%"
          />
        ) : null
      })}
      {need && <line class="need" x1={need} x2={need} y1="-5" y2="27" />}
    </svg>
  )
}

/** All six, in order, with their counts. */
export function ReachKey({ levels, told, ask }: Pick<ReachProps, 'levels' | 'told' | 'ask'>) {
  const say = shellWords()
  const marks = marksOf(levels, told)
  const cut = ask ? marksLeftOf[ask] : undefined
  return (
    <ul class="key">
      {evidences.map((mark, i) => (
        <>
          {i === cut && <li class="cut">{say('still_to_tell')}</li>}
          <li key={mark}>
            <Home mark={mark} />
            {say(mark)}
            <b>{shown(marks[i]!, say)}</b>
          </li>
        </>
      ))}
    </ul>
  )
}

/** `187/203 hộ đã rõ` … `còn 16 hộ`, then the bar, then the key if asked. */
export function Reach({
  reached,
  left,
  hasKey,
  right,
  ...bar
}: ReachProps & { reached: number | null; left: number | null; hasKey?: boolean; right?: ComponentChildren }) {
  const say = shellWords()
  return (
    <div class="reach">
      <p class="reach-say">
        <b>{say(`reached_${bar.ask ?? 'delivered'}`, { part: fraction(reached, bar.households) })}</b>
        <span>{right ?? (left === null ? '' : say('left_homes', { n: number(left) }))}</span>
      </p>
      <ReachBar {...bar} />
      {hasKey && <ReachKey {...bar} />}
    </div>
  )
}
