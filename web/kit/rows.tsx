import type { ComponentChildren } from 'preact'
import type { IconName } from '../icons.ts'
import { Icon, Home, type Evidence } from './icon.tsx'
import { number } from '../numbers.ts'

export const Rows = ({ label, children }: { label?: string | undefined; children: ComponentChildren }) => (
  <ul class="rows" aria-label={label}>
    {children}
  </ul>
)

/** A number of waiting things; red only if late. */
export const Count = ({ n, isLate }: { n: number; isLate?: boolean | undefined }) => (
  <span class={isLate ? 'count count-late' : 'count'}>{number(n)}</span>
)

export interface RowProps {
  title: ComponentChildren
  /** Second line. */
  note?: ComponentChildren
  /** What became of it, in green. */
  state?: ComponentChildren
  /** A state that is not done yet: amber. */
  isNotYet?: boolean | undefined
  icon?: IconName | undefined
  home?: Evidence | undefined
  count?: number | undefined
  isLate?: boolean | undefined
  href?: string | undefined
  onClick?: (() => void) | undefined
}

/** A line of a list; the whole row is the target. */
export function Row({ title, note, state, isNotYet, icon, home, count, isLate, href, onClick }: RowProps) {
  const inside = (
    <>
      {icon && <Icon name={icon} />}
      {home && <Home mark={home} />}
      <span class="row-main">
        <b>{title}</b>
        {note && <span>{note}</span>}
        {state && <span class={isNotYet ? 'st st-not' : 'st'}>{state}</span>}
      </span>
      {Boolean(count) && <Count n={count!} isLate={isLate} />}
      {(href ?? onClick) && <Icon name="toi" />}
    </>
  )
  return (
    <li>
      {href ? (
        <a class="row-in" href={href}>
          {inside}
        </a>
      ) : onClick ? (
        <button type="button" class="row-in" onClick={onClick}>
          {inside}
        </button>
      ) : (
        <div class="row-in">{inside}</div>
      )}
    </li>
  )
}

export interface TagProps {
  kind?: 'alarm' | 'prio' | 'good' | 'late' | undefined
  icon?: IconName | undefined
  children: ComponentChildren
}

export const Tag = ({ kind, icon, children }: TagProps) => (
  <span class={kind ? `tag tag-${kind}` : 'tag'}>
    {icon && <Icon name={icon} isSmall />}
    {children}
  </span>
)
