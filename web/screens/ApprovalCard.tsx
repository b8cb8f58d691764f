import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import { api, type Refusal } from '../api.ts'
import type { Contracts } from '../contracts.ts'
import { Act, Acts, ClassTag, Clock, Facts, Field, PaperQuote, Sheet, Steps, Tag, toast } from '../kit.tsx'
import { number } from '../numbers.ts'
import { date, dateWords, hourWords, near } from '../time.ts'
import { linkTo } from '../links.ts'
import { say } from './say.ts'

export type Approval = Answer<Contracts['notices']['approvals']>['items'][number]

/** @returns whether the server answered, be it with a no: then what the card shows may be over, and it is asked for anew */
const isAnswered = async (work: Promise<unknown>, done: string) => {
  try {
    await work
    toast(done)
    return true
  } catch (error) {
    toast((error as Refusal).message)
    return (error as Refusal).status !== 0
  }
}

interface Asked {
  approval: Approval
  onClose: () => void
  onDone: () => void
}

/** A wide emergency leaves at once: asked once, with the number of homes. */
const Sure = ({ approval, onClose, onDone }: Asked) => (
  <Sheet title={say('approve_sure', { n: number(approval.households ?? 0) })} isOpen onClose={onClose}>
    <div class="stack">
      <p>{say('approve_words')}</p>
      <Act
        kind="alarm"
        icon="khan"
        onClick={async () => {
          if (await isAnswered(api.notices.approve({ noticeId: approval.noticeId }), say('approved'))) onDone()
          onClose()
        }}
      >
        {say('approve')}
      </Act>
    </div>
  </Sheet>
)

function Reject({ approval, onClose, onDone }: Asked) {
  const [reason, setReason] = useState('')
  return (
    <Sheet title={say('reject')} isOpen onClose={onClose}>
      <div class="stack">
        <Field
          label={say('reject_why')}
          hint={say('reject_hint')}
          value={reason}
          onInput={setReason}
          rows={3}
          maxLength={500}
        />
        <Act
          kind="main"
          disabledBecause={!reason.trim() && say('reason_first')}
          onClick={async () => {
            const { noticeId } = approval
            // What he typed stays while no answer came.
            if (!(await isAnswered(api.notices.reject({ noticeId, reason: reason.trim() }), say('rejected')))) return
            onDone()
            onClose()
          }}
        >
          {say('reject')}
        </Act>
      </div>
    </Sheet>
  )
}

/** When, where, until when. */
function Where({ approval: { event, validUntil } }: { approval: Approval }) {
  const rows: [string, string][] = []
  if (event)
    rows.push([
      say('when'),
      [event.at.length > 10 ? hourWords(event.at) : '', dateWords(event.at)].filter(Boolean).join(', '),
    ])
  if (event?.place) rows.push([say('place'), event.place])
  if (validUntil) rows.push([say('until'), date(validUntil)])
  return rows.length ? <Facts rows={rows} /> : null
}

/** All the words, as they would go out. */
function Words({ approval }: { approval: Approval }) {
  const body = <div class="stack" dangerouslySetInnerHTML={{ __html: approval.html }} />
  const paper = approval.paper ?? undefined
  return (
    <>
      {approval.plain ? <p>{approval.plain}</p> : body}
      <Where approval={approval} />
      <Steps steps={approval.steps} />
      {(approval.plain || paper) && <PaperQuote paper={paper}>{approval.plain && body}</PaperQuote>}
      {approval.files.length > 0 && (
        <p class="by">{say('with_files', { files: approval.files.map(file => file.name).join(', ') })}</p>
      )}
    </>
  )
}

/** What waits for a second person's yes: the words that would go out, to how many, and how long the writer must wait. */
export function ApprovalCard({ approval, onDone }: { approval: Approval; onDone: () => void }) {
  const [asking, setAsking] = useState<'sure' | 'reject'>()
  const close = () => setAsking(undefined)
  const read = linkTo('/notices/:noticeId', { noticeId: approval.noticeId })
  return (
    <article class="notice stack">
      <Clock from={approval.askedAt} until={approval.aloneFrom} atZero={say('alone_from')} />
      <p class="by">
        <ClassTag of={approval.class} /> {approval.isCorrection && <Tag>{say('correction')}</Tag>}{' '}
        {say('by_author', { author: approval.author, time: near(approval.askedAt) })}
      </p>
      <h2>{read ? <a href={read}>{approval.title}</a> : approval.title}</h2>
      <Words approval={approval} />
      <p class="by">
        {say('to_units', { units: approval.units.join(', ') })}.{' '}
        {approval.households !== null && say('to_homes', { n: number(approval.households) })}
      </p>
      <Acts isLeft>
        <Act
          kind="alarm"
          icon="khan"
          disabledBecause={approval.isMine && say('own_needs_other')}
          onClick={() => setAsking('sure')}
        >
          {say('approve')}
        </Act>
        <Act kind="quiet" onClick={() => setAsking('reject')}>
          {say('reject')}
        </Act>
        {read && (
          <Act kind="plain" href={read}>
            {say('read_whole')}
          </Act>
        )}
      </Acts>
      {asking === 'sure' && <Sure approval={approval} onClose={close} onDone={onDone} />}
      {asking === 'reject' && <Reject approval={approval} onClose={close} onDone={onDone} />}
    </article>
  )
}
