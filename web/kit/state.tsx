import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Refusal } from '../api.ts'
import type { IconName } from '../icons.ts'
import { shellWords } from '../shell-words.ts'
import { near } from '../time.ts'
import { Act } from './act.tsx'
import { Home, Icon } from './icon.tsx'

/** Grey lines, and only when there was nothing stored; after eight seconds a sentence and a way out. */
export function Lines({ retry }: { retry?: (() => unknown) | undefined }) {
  const say = shellWords()
  const [step, setStep] = useState(0)
  useEffect(() => {
    const timers = [setTimeout(() => setStep(1), 400), setTimeout(() => setStep(2), 8000)]
    return () => timers.forEach(timer => clearTimeout(timer))
  }, [])
  if (!step) return <div class="pad" aria-busy="true" />
  return (
    <div class="pad stack" aria-busy="true">
      <p class="wait" aria-hidden="true">
        {say('loading')}
      </p>
      <p class="wait" aria-hidden="true">
        {say('loading')}
      </p>
      <p class={step === 2 ? undefined : 'sr'} role="status">
        {say(step === 2 ? 'still_loading' : 'loading')}
      </p>
      {step === 2 && retry && (
        <Act kind="quiet" onClick={retry}>
          {say('retry')}
        </Act>
      )}
    </div>
  )
}

/** Nothing here: what that means, and one next act. */
export const Empty = ({
  title,
  words,
  icon,
  act,
}: {
  title: string
  words?: string | undefined
  icon?: IconName | undefined
  act?: ComponentChildren
}) => (
  <div class="empty">
    {icon ? <Icon name={icon} /> : <Home mark="e2" />}
    <h2>{title}</h2>
    {words && <p class="soft">{words}</p>}
    {act && <div class="acts acts-center">{act}</div>}
  </div>
)

/** What failed, what is safe, one act, the code small. */
export function Failed({ refusal, retry }: { refusal: Refusal; retry?: (() => unknown) | undefined }) {
  const say = shellWords()
  const isOffline = refusal.status === 0
  return (
    <div class="pad stack" role="status" data-refused={refusal.code}>
      <p class="bad">
        <Icon name={isOffline ? 'matmang' : 'khan'} />
        <span>{isOffline ? say('needs_network') : refusal.message}</span>
      </p>
      {retry && (
        <Act kind="quiet" onClick={retry}>
          {say('retry')}
        </Act>
      )}
      {refusal.help && (
        <p class="by">
          <a href={refusal.help}>{say('code', { code: refusal.code })}</a>
        </p>
      )}
    </div>
  )
}

/** Under the title, while a copy of the phone stands in. */
export function OldCopy({ at }: { at: number | undefined }) {
  const say = shellWords()
  return at ? <p class="by pad pad-b0">{say('old_copy', { time: near(new Date(at)) })}</p> : null
}

/** Long work, with what is done of how much. */
export const Progress = ({ label, value, max }: { label: string; value: number; max: number }) => (
  <div role="status">
    <p class="split">
      <b>{label}</b>
    </p>
    <progress value={value} max={max || 1} aria-label={label} />
  </div>
)
