import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import type { Contracts } from '../contracts.ts'
import { Act, Acts, ClassTag, Clock, Field, toast } from '../kit.tsx'
import { keep, waiting } from '../outbox.ts'
import { number } from '../numbers.ts'
import { date } from '../time.ts'
import { linkTo } from '../links.ts'
import { say } from './say.ts'

export type Relay = Answer<Contracts['notices']['relays']>['items'][number]

/** Was it passed on here, and only the network is missing? */
const isWaiting = ({ noticeId }: Relay) =>
  waiting.value.some(one => one.operation === 'notices.relay' && one.input['noticeId'] === noticeId && !one.refusal)

/** A paper that waits for the head: clock, plain words, a word of one's own, one tap. */
export function RelayCard({ relay, isFirst, onDone }: { relay: Relay; isFirst: boolean; onDone: () => void }) {
  const [isOpen, setOpen] = useState(isFirst)
  const [isWriting, setWriting] = useState(false)
  const [words, setWords] = useState(relay.words ?? '')
  const pass = async () => {
    const own = words.trim()
    const kept = await keep(
      'notices.relay',
      { noticeId: relay.noticeId, ...(own ? { words: own } : {}) },
      { label: `${say('relay')}: ${relay.title}` },
    )
    if (kept.state === 'refused') toast(kept.refusal.message)
    else toast(say(kept.state === 'sent' ? 'relayed' : 'relay_waiting'))
    if (kept.state !== 'waiting') onDone()
  }
  const read = linkTo('/notices/:noticeId', { noticeId: relay.noticeId })
  return (
    <article class="notice stack">
      <Clock from={relay.askedAt} until={relay.dueAt} atZero={say('goes_by_itself')} />
      {(relay.class !== 'normal' || relay.paper) && (
        <p class="by">
          <ClassTag of={relay.class} />{' '}
          {relay.paper && say('paper', { number: relay.paper.number, date: date(relay.paper.date) })}
        </p>
      )}
      <h3>{relay.title}</h3>
      {isOpen && relay.plain && (
        <div class="words">
          <p class="label s">{say('plain_words')}</p>
          <p>{relay.plain}</p>
        </div>
      )}
      {relay.checkWords && <p class="is-warn">{say('check_words')}</p>}
      {isOpen && (isWriting || words || relay.words) && (
        <Field
          label={say('own_words')}
          hint={say('own_words_hint')}
          value={words}
          onInput={setWords}
          rows={3}
          maxLength={500}
        />
      )}
      <p class="by">
        {relay.author}. {relay.households ? say('to_homes', { n: number(relay.households) }) : say('to_no_home')}.
      </p>
      {isWaiting(relay) ? (
        <Act kind="done" icon="chogui">
          {say('relay_waiting')}
        </Act>
      ) : isOpen ? (
        <Act kind={isFirst ? 'main' : 'quiet-main'} icon="chuyen" onClick={pass}>
          {say('relay')}
        </Act>
      ) : (
        <Act kind="quiet-main" icon="mat" onClick={() => setOpen(true)}>
          {say('see_and_relay')}
        </Act>
      )}
      {isOpen && (
        <Acts>
          {!isWriting && !words && (
            <Act kind="quiet" icon="sua" onClick={() => setWriting(true)}>
              {say('add_words')}
            </Act>
          )}
          {read && (
            <Act kind="quiet" icon="giay" href={read}>
              {say('read_whole')}
            </Act>
          )}
        </Acts>
      )}
    </article>
  )
}
