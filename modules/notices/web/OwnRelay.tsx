// The head's part of a notice: pass it on with a word, or put right what was added.
import { useState } from 'preact/hooks'
import { Act, Clock, Field, Sheet, toast } from '#web/kit.tsx'
import { keep } from '#web/outbox.ts'
import { hour } from '#web/time.ts'
import type { NoticeShown } from './draft.ts'
import { say } from './say.ts'

interface Props {
  notice: NoticeShown
  reload: () => Promise<void>
}

export function OwnRelay({ notice, reload }: Props) {
  const relay = notice.ownRelay
  const [words, setWords] = useState(relay?.words ?? '')
  const [isOpen, setOpen] = useState(false)
  if (!relay || notice.state !== 'published' || relay.how === 'none') return null
  const send = async () => {
    const kept = await keep(
      'notices.relay',
      { noticeId: notice.id, words: words.trim() },
      { label: `${say(relay.passedAt ? 'change_words' : 'pass_on')}: ${notice.title}` },
    )
    setOpen(false)
    if (kept.state === 'refused') toast(kept.refusal.message)
    else toast(say(kept.state === 'waiting' ? 'waits_to_be_sent' : relay.passedAt ? 'words_changed' : 'passed_on'))
    await reload()
  }
  return (
    <section class="pad stack band">
      {relay.passedAt ? (
        <p>
          {say(relay.how === 'head' ? 'relayed_at' : 'went_at', { time: hour(relay.passedAt) })}{' '}
          {relay.checkWords && <b class="is-warn">{say('check_words')}</b>}
        </p>
      ) : (
        <>
          <Clock from={relay.askedAt} until={relay.dueAt} atZero={say('goes_by_itself')} />
          <Act kind="main" icon="chuyen" onClick={send}>
            {say('pass_on')}
          </Act>
        </>
      )}
      <Act kind="quiet" icon="sua" onClick={() => setOpen(true)}>
        {say(relay.words ? 'change_words' : 'add_words')}
      </Act>
      <Sheet title={say('own_words')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <div class="stack">
          <Field
            label={say('own_words')}
            hint={say('own_words_hint')}
            rows={3}
            value={words}
            maxLength={500}
            onInput={setWords}
          />
          <Act kind="main" onClick={send}>
            {say(relay.passedAt ? 'keep_words' : 'pass_on')}
          </Act>
        </div>
      </Sheet>
    </section>
  )
}
