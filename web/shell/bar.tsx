import type { FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { signal } from '@preact/signals'
import { Icon, Mark } from '../kit/icon.tsx'
import { Lines } from '../kit/state.tsx'
import { Sheet } from '../kit/sheet.tsx'
import { shellWords } from '../shell-words.ts'

const loadChoices = async () => {
  const [{ ViewChoices }] = await Promise.all([import('./view-sheet.tsx'), import('../more.ts')])
  return ViewChoices
}

const isViewOpen = signal(false)

/** "Cỡ chữ": the one worded button of the bar. */
export function ViewButton() {
  const say = shellWords()
  return (
    <button type="button" onClick={() => (isViewOpen.value = true)}>
      <Icon name="cochu" />
      <span>{say('view')}</span>
    </button>
  )
}

/** Stands once, outside the bar. */
export function ViewSheet() {
  const say = shellWords()
  const [Choices, setChoices] = useState<FunctionComponent>()
  const isOpen = isViewOpen.value
  useEffect(() => {
    if (isOpen && !Choices) void loadChoices().then(found => setChoices(() => found))
  }, [isOpen])
  return (
    <Sheet title={say('view_title')} isOpen={isOpen} onClose={() => (isViewOpen.value = false)}>
      {Choices ? <Choices /> : <Lines />}
    </Sheet>
  )
}

export function BackOrMark({ back }: { back: string | undefined }) {
  const say = shellWords()
  if (!back) return <Mark />
  return (
    <a class="bar-back" href={back} aria-label={say('back')}>
      <Icon name="lui" />
    </a>
  )
}

/** Said on every screen of the demo. */
export function DemoMark() {
  const say = shellWords()
  if (!isDemo) return null
  return (
    <p class="demo">
      <b>{say('demo')}</b> <span>{say('demo_words')}</span>
    </p>
  )
}

/** The server writes it into the shell: a demo and a real installation never mix. */
export const isDemo =
  typeof document !== 'undefined' && document.querySelector('meta[name="loa-demo"]')?.getAttribute('content') === 'yes'
