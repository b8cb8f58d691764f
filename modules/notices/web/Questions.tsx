// What homes asked about notices: open ones first, each answered in place.
import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import type { notices } from '#notices/contract'
import { api, type Refusal } from '#web/api.ts'
import { Act, Chips, Clock, Empty, Failed, Field, Lines, Page, Said, toast } from '#web/kit.tsx'
import { usePages } from '#web/pages.ts'
import { near } from '#web/time.ts'
import { say } from './say.ts'

type Question = Answer<typeof notices.questions>['items'][number]

function AnswerForm({ question, onDone }: { question: Question; onDone: () => void }) {
  const [words, setWords] = useState(question.answer ?? '')
  const [refusal, setRefusal] = useState<Refusal>()
  const send = async () => {
    try {
      await api.notices.answer({ questionId: question.id, answer: words.trim() })
      toast(say('answered'))
      onDone()
    } catch (error) {
      setRefusal(error as Refusal)
    }
  }
  return (
    <>
      <Field
        label={say('answer')}
        rows={3}
        value={words}
        maxLength={1000}
        onInput={setWords}
        error={refusal?.message}
      />
      <Act kind="quiet-main" icon="ro" disabledBecause={!words.trim() && say('answer_first')} onClick={send}>
        {say('send_answer')}
      </Act>
    </>
  )
}

/** Written under a post: everybody reads the answer; what the account cannot say there, a person says. */
function Comment({ comment, isAnswered }: { comment: NonNullable<Question['comment']>; isAnswered: boolean }) {
  const words = comment.trouble
    ? say('comment_not_said', { words: comment.trouble })
    : isAnswered
      ? say(comment.reply === 'done' ? 'comment_said' : 'comment_saying')
      : say('comment_words')
  return (
    <p class={comment.trouble ? 'is-warn' : 'soft'}>
      {words}{' '}
      <a href={comment.url} target="_blank" rel="noopener">
        {say('comment_open')}
      </a>
    </p>
  )
}

function One({ question, onDone }: { question: Question; onDone: () => void }) {
  const [isOpen, setOpen] = useState(false)
  const { comment } = question
  const from =
    [question.home, question.unit].filter(Boolean).join(', ') ||
    (comment ? say('from_comment', { name: comment.account }) : say('from_page'))
  return (
    <article class="notice stack">
      <p class="by">
        {from}. {near(question.at)}
        {question.askedBy && `. ${say('asked_by', { title: question.askedBy })}`}
      </p>
      <h2>{question.words}</h2>
      <p class="by">
        <a href={`/notices/${question.noticeId}`}>{question.noticeTitle}</a>
      </p>
      {comment && <Comment comment={comment} isAnswered={question.answer !== null} />}
      {!question.answer && <Clock from={question.at} until={question.dueAt} atZero={say('answer_due')} />}
      {question.answer ? (
        <Said by={`${say('answered')}: ${question.answeredBy ?? ''}, ${near(question.answeredAt!)}`}>
          <p>{question.answer}</p>
        </Said>
      ) : null}
      {isOpen ? (
        <AnswerForm
          question={question}
          onDone={() => {
            setOpen(false)
            onDone()
          }}
        />
      ) : (
        <Act kind="quiet" icon={question.answer ? 'sua' : 'hoi'} onClick={() => setOpen(true)}>
          {say(question.answer ? 'change_answer' : 'answer')}
        </Act>
      )}
    </article>
  )
}

export function Questions() {
  const [of, setOf] = useState<'open' | 'done'>('open')
  const found = usePages(
    cursor => api.notices.questions({ open: of === 'open' ? 'true' : 'false', limit: 50, ...cursor }),
    [of],
    { every: 60_000 },
  )
  const items = found.value?.items
  return (
    <Page title={say('questions_title')}>
      <div class="pad pad-b0">
        <Chips
          label={say('state')}
          value={of}
          options={[
            { value: 'open', label: say('questions_open') },
            { value: 'done', label: say('answered') },
          ]}
          onChange={value => setOf(value as 'open' | 'done')}
        />
      </div>
      {found.isLoading && <Lines retry={found.reload} />}
      {found.refusal && !items && <Failed refusal={found.refusal} retry={found.reload} />}
      {items?.length === 0 && (
        <Empty
          title={say(of === 'open' ? 'no_questions' : 'no_answers')}
          words={say(of === 'open' ? 'no_questions_words' : 'no_answers_words')}
        />
      )}
      {items && items.length > 0 && (
        <div class="pad-list">
          {items.map(question => (
            <One key={question.id} question={question} onDone={() => void found.reload()} />
          ))}
        </div>
      )}
      {found.more && (
        <p class="pad">
          <Act kind="quiet-main" onClick={found.more}>
            {say('more')}
          </Act>
        </p>
      )}
    </Page>
  )
}
