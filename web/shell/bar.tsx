import { Icon, Mark } from '../kit/icon.tsx'
import { shellWords } from '../shell-words.ts'
import { openSheet } from './open-sheet.ts'

/** "Cỡ chữ": the one worded button of the bar. */
export function ViewButton() {
  const say = shellWords()
  return (
    <button type="button" onClick={() => (openSheet.value = 'view')}>
      <Icon name="cochu" />
      <span>{say('view')}</span>
    </button>
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
const isDemo =
  typeof document !== 'undefined' && document.querySelector('meta[name="loa-demo"]')?.getAttribute('content') === 'yes'
