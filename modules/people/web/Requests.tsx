// What homes ask for of their data: each is a task with the law's clock.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Chips, Clock, Empty, Failed, Field, Form, Lines, Page } from '#web/kit.tsx'
import { number } from '#web/numbers.ts'
import { usePages } from '#web/pages.ts'
import { near } from '#web/time.ts'
import type { DataRequest } from '../contract-own.ts'
import { useAttempt } from './act.ts'
import { say, term } from './say.ts'
import './people.css'

type Request = DataRequest & { householdId: string; headName: string; unitName: string }

function One({ request, done }: { request: Request; done: () => unknown }) {
  const attempt = useAttempt()
  const [answer, setAnswer] = useState('')
  const send = async () => {
    if (await attempt(how => api.people.answerRequest({ requestId: request.id, answer }, how), say('answered')))
      await done()
  }
  return (
    <section class="pad stack">
      <h2>{term('request', request.kind)}</h2>
      <p>
        <a href={`/homes/${encodeURIComponent(request.householdId)}`}>{say('home_of', { name: request.headName })}</a>
        {', '}
        {request.unitName} · {near(request.at)}
      </p>
      {request.words && <blockquote class="said">{request.words}</blockquote>}
      {request.answeredAt ? (
        <p>
          <b>{near(request.answeredAt)}:</b> {request.answer}
        </p>
      ) : (
        <>
          <Clock from={request.at} until={request.answerBy} atZero={say('answer_due')} />
          <Form onSubmit={send}>
            <Field
              label={say('answer')}
              hint={term('todo', request.kind)}
              rows={2}
              value={answer}
              onInput={setAnswer}
              maxLength={1000}
            />
            <Act kind="quiet" submit disabledBecause={!answer.trim() && say('answer_first')}>
              {say('send_answer')}
            </Act>
          </Form>
        </>
      )}
    </section>
  )
}

export function Requests() {
  const [open, setOpen] = useState<'true' | 'false'>('true')
  const loaded = usePages(cursor => api.people.requests({ open, limit: 50, ...cursor }), [open], { every: 120_000 })
  const items = loaded.value?.items
  return (
    <Page
      title={
        items && open === 'true' && !loaded.more ? say('requests_n', { n: number(items.length) }) : say('requests')
      }
    >
      <section class="pad">
        <Chips
          label={say('requests')}
          options={[
            { value: 'true', label: say('open') },
            { value: 'false', label: say('closed') },
          ]}
          value={open}
          onChange={value => setOpen(value as typeof open)}
        />
      </section>
      {loaded.refusal && <Failed refusal={loaded.refusal} retry={loaded.reload} />}
      {loaded.isLoading && <Lines retry={loaded.reload} />}
      {items?.length === 0 && <Empty title={say('no_requests')} words={say('no_requests_words')} />}
      {items?.map(request => (
        <One key={request.id} request={request} done={loaded.reload} />
      ))}
      {loaded.more && (
        <p class="pad">
          <Act kind="quiet-main" onClick={loaded.more}>
            {say('show_more')}
          </Act>
        </p>
      )}
    </Page>
  )
}
