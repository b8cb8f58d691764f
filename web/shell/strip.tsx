// The amber strip under the bar: only while there is no network or while something waits.
import { Icon } from '../kit/icon.tsx'
import { isOnline, waiting } from '../outbox.ts'
import { number } from '../numbers.ts'
import { shellWords } from '../shell-words.ts'
import { openSheet } from './open-sheet.ts'

export function Strip() {
  const say = shellWords()
  const { length } = waiting.value
  if (isOnline.value && !length) return null
  return (
    <div class="offline">
      <span role="status">
        <Icon name={isOnline.value ? 'chogui' : 'matmang'} />
        {say(isOnline.value ? 'online_waiting' : 'offline')}
      </span>
      {length > 0 && (
        <button type="button" class="act act-plain act-flush" onClick={() => (openSheet.value = 'waiting')}>
          {say('waiting', { n: number(length) })}
        </button>
      )}
    </div>
  )
}
