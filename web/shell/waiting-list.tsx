import { Act } from '../kit/act.tsx'
import { Icon } from '../kit/icon.tsx'
import { discard, tryAgain, waiting } from '../outbox.ts'
import { near } from '../time.ts'
import { say } from './say.ts'

/** What waits, and what the server would not take: the person decides. */
export function WaitingList() {
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
