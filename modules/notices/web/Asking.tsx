// A home asks about a notice; the answer stands under its question.
import { useState } from 'preact/hooks'
import { api, type Refusal } from '#web/api.ts'
import { Act, Field, Said, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { keep } from '#web/outbox.ts'
import { clock, lastDay, near } from '#web/time.ts'
import type { NoticeShown } from './draft.ts'
import { say } from './say.ts'

const isPast = (end: string) => Date.parse(end) <= clock.value

export function Asking({ notice }: { notice: NoticeShown }) {
  const mine = useLoaded(() => api.notices.ownQuestions({ noticeId: notice.id }), [notice.id])
  const [isOpen, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const [refusal, setRefusal] = useState<Refusal>()
  const send = async () => {
    const kept = await keep(
      'notices.ask',
      { noticeId: notice.id, words: words.trim() },
      { label: `${say('ask_about')}: ${notice.title}` },
    )
    if (kept.state === 'refused') {
      setRefusal(kept.refusal)
      return
    }
    setRefusal(undefined)
    setWords('')
    setOpen(false)
    toast(say(kept.state === 'sent' ? 'asked' : 'asked_waiting'))
    await mine.reload()
  }
  return (
    <section class="pad stack band">
      <h2>{say('ask_about')}</h2>
      {mine.value?.items.map(question => (
        <div class="stack" key={question.id}>
          <p>
            <b>{question.words}</b>{' '}
            <span class="by">
              {near(question.at)}
              {question.askedBy && `. ${say('asked_by', { title: question.askedBy })}`}
            </span>
          </p>
          {question.answer ? (
            <Said by={`${question.answeredBy ?? ''}, ${near(question.answeredAt!)}`}>
              <p>{question.answer}</p>
            </Said>
          ) : (
            <p class="by">
              {say(isPast(question.dueAt) ? 'not_answered_late' : 'not_answered', { day: lastDay(question.dueAt) })}
            </p>
          )}
        </div>
      ))}
      {isOpen ? (
        <>
          <Field
            label={say('question')}
            hint={say('question_hint')}
            rows={3}
            value={words}
            maxLength={1000}
            onInput={setWords}
            error={refusal?.message}
          />
          <Act kind="main" disabledBecause={!words.trim() && say('question')} onClick={send}>
            {say('send_question')}
          </Act>
        </>
      ) : (
        <Act kind="quiet" icon="hoi" onClick={() => setOpen(true)}>
          {say('ask_about')}
        </Act>
      )}
    </section>
  )
}
