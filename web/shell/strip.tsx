// The amber strip under the bar: only while there is no network or while something waits.
import { useState } from 'preact/hooks'
import { Act } from '../kit/act.tsx'
import { Icon } from '../kit/icon.tsx'
import { Sheet } from '../kit/sheet.tsx'
import { discard, isOnline, tryAgain, waiting } from '../outbox.ts'
import { number } from '../numbers.ts'
import { shellWords } from '../shell-words.ts'
import { near } from '../time.ts'

export function Strip() {
  const say = shellWords()
  const [isOpen, setOpen] = useState(false)
  const { length } = waiting.value
  if (isOnline.value && !length) return null
  return (
    <div class="offline">
      <span role="status">
        <Icon name={isOnline.value ? 'chogui' : 'matmang'} />
        {say(isOnline.value ? 'online_waiting' : 'offline')}
      </span>
      {length > 0 && (
        <button type="button" class="act act-plain act-flush" onClick={() => setOpen(true)}>
          {say('waiting', { n: number(length) })}
        </button>
      )}
      <Sheet title={say('waiting_title')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <WaitingList />
      </Sheet>
    </div>
  )
}

function WaitingList() {
  const say = shellWords()
  return (
    <>
      <p class="soft">{say(waiting.value.length ? 'waiting_words' : 'waiting_none')}</p>
      <ul class="rows out">
        {waiting.value.map(one => (
          <li key={one.id} class="pad stack">
            <p>
              <b>{one.label}</b>
            </p>
            <p class="by">{say('waiting_since', { time: near(one.at) })}</p>
            {one.refusal && (
              <>
                <p class="bad">
                  <Icon name="khan" />
                  {say('refused', { why: one.refusal })}
                </p>
                <div class="acts acts-left">
                  <Act onClick={() => tryAgain(one.id)}>{say('try_again')}</Act>
                  <Act kind="quiet" onClick={() => discard(one.id)}>
                    {say('discard')}
                  </Act>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
