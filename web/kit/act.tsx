import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { IconName } from '../icons.ts'
import { Icon } from './icon.tsx'
import { oneAtATime } from './one-at-a-time.ts'
import { saying } from './toast.tsx'

export interface ActProps {
  /** `main`: the one act of the screen, full width · `quiet`: outline · `plain`: underlined · `alarm`: only sends an emergency · `done`: a state */
  kind?: 'main' | 'quiet' | 'quiet-main' | 'plain' | 'alarm' | 'done' | undefined
  icon?: IconName | undefined
  /** Why it cannot be done now: stands in place of the verb. */
  disabledBecause?: string | false | undefined
  /** While the promise runs the button takes no second tap. A refusal that it throws is said. */
  onClick?: (() => unknown) | undefined
  href?: string | undefined
  submit?: boolean | undefined
  /** Read out instead of the words, where they alone would not say enough. */
  label?: string | undefined
  /** More classes. */
  also?: string | undefined
  isPressed?: boolean | undefined
  children: ComponentChildren
}

const classes = {
  main: 'act act-main',
  quiet: 'act act-quiet',
  'quiet-main': 'act act-quiet act-main',
  plain: 'act act-plain',
  alarm: 'act act-main act-alarm',
  done: 'act act-main act-done',
}

/** A button or link whose words are a verb. */
export function Act({
  kind,
  icon,
  disabledBecause,
  onClick,
  href,
  submit,
  label,
  also,
  isPressed,
  children,
}: ActProps) {
  const [isBusy, setBusy] = useState(false)
  const run = useRef(oneAtATime())
  const name = `${kind ? classes[kind] : 'act'}${also ? ` ${also}` : ''}`
  const inside = (
    <>
      {icon && <Icon name={icon} isSmall={kind !== 'main' && kind !== 'alarm'} />}
      <span>{children}</span>
    </>
  )
  if (disabledBecause)
    return (
      <button type="button" class={name} aria-disabled="true">
        {disabledBecause}
      </button>
    )
  if (href)
    return (
      <a class={name} href={href} aria-label={label}>
        {inside}
      </a>
    )
  if (kind === 'done')
    return (
      <p class={name} role="status">
        {inside}
      </p>
    )
  const click = async () => {
    setBusy(true)
    try {
      await saying(() => onClick?.())
    } finally {
      setBusy(false)
    }
  }
  return (
    <button
      type={submit ? 'submit' : 'button'}
      class={name}
      aria-label={label}
      aria-busy={isBusy || undefined}
      aria-pressed={isPressed}
      onClick={onClick && (() => void run.current(click))}
    >
      {inside}
    </button>
  )
}

/** Acts side by side, wrapping where there is no room. */
export const Acts = ({ isLeft, children }: { isLeft?: boolean; children: ComponentChildren }) => (
  <div class={isLeft ? 'acts acts-left' : 'acts'}>{children}</div>
)
