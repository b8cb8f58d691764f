// What its author and those over him do with a notice: undo, wait for a second person, correct, take back, see the relays.
import { useState } from 'preact/hooks'
import { useLocation } from '#web/router.tsx'
import { api, type Refusal } from '#web/api.ts'
import { Act, Acts, Clock, Failed, Tag, toast } from '#web/kit.tsx'
import { me } from '#web/me.ts'
import { number } from '#web/numbers.ts'
import { clock, near, stretch } from '#web/time.ts'
import { CorrectSheet } from './CorrectSheet.tsx'
import type { NoticeShown } from './draft.ts'
import { fieldNames } from './field-names.ts'
import { NoticeBody } from './NoticeBody.tsx'
import { AloneSheet, RejectSheet, WithdrawSheet } from './ReasonSheet.tsx'
import { Relays } from './Relays.tsx'
import { say } from './say.ts'

interface Props {
  notice: NoticeShown
  reload: () => Promise<void>
}

/** Does it, says it, shows the new state; a refusal is said instead. */
const act = async (work: () => Promise<unknown>, done: string, reload: () => Promise<void>) => {
  try {
    await work()
    toast(done)
  } catch (error) {
    toast((error as Refusal).message)
  }
  await reload()
}

function Scheduled({ notice, reload }: Props) {
  const left = new Date(notice.publishAt!).getTime() - clock.value
  const undo = () => act(() => api.notices.undo({ noticeId: notice.id }), say('undone'), reload)
  const now = () => act(() => api.notices.publish({ noticeId: notice.id }), say('sent'), reload)
  return (
    <section class="pad stack band" role="status">
      <p>
        <b>
          {left < 120_000
            ? say('leaves_in_seconds')
            : say('leaves_in', { time: near(notice.publishAt!), left: stretch(left) })}
        </b>
      </p>
      {notice.may.change && (
        <Acts isLeft>
          <Act icon="hoantac" onClick={undo}>
            {say('undo')}
          </Act>
          <Act kind="quiet" icon="chuyen" onClick={now}>
            {say('send_now')}
          </Act>
        </Acts>
      )}
    </section>
  )
}

/** The corrected words, which nobody has read yet; what people read now stands below. */
const Proposed = ({ notice, fields }: { notice: NoticeShown; fields: readonly string[] }) => (
  <section class="stack">
    <h2>{say('correction_words')}</h2>
    {fields.length > 0 && <p class="by">{say('changed_since', { fields: fieldNames(fields) })}</p>}
    {notice.class === 'emergency' && <p class="big-title">{notice.title}</p>}
    <NoticeBody notice={notice} isOld />
    <h2>{say('words_now')}</h2>
  </section>
)

function Waiting({ notice, reload }: Props) {
  const [sheet, setSheet] = useState<'alone' | 'reject'>()
  const close = () => setSheet(undefined)
  const waiting = notice.waiting!
  const mayAlone = clock.value >= new Date(waiting.aloneFrom).getTime()
  const approve = () => act(() => api.notices.approve({ noticeId: notice.id }), say('approved'), reload)
  return (
    <section class="pad stack band">
      <Clock from={waiting.since} until={waiting.aloneFrom} atZero={say('alone_from')} />
      <p role="status">
        <b>{say(waiting.isCorrection ? 'correction_waits' : 'waits')}</b>{' '}
        {waiting.approvers.length ? say('who_approves', { who: waiting.approvers.join(', ') }) : say('nobody_approves')}
      </p>
      <Acts isLeft>
        {notice.may.approve && (
          <Act kind="alarm" icon="ro" onClick={approve}>
            {say('approve')}
          </Act>
        )}
        {notice.may.approve && (
          <Act kind="quiet" onClick={() => setSheet('reject')}>
            {say('reject')}
          </Act>
        )}
        {notice.may.change && (
          <Act
            kind="quiet"
            icon="khan"
            disabledBecause={!mayAlone && say('alone_not_yet')}
            onClick={() => setSheet('alone')}
          >
            {say('send_alone')}
          </Act>
        )}
        {notice.may.change && !waiting.isCorrection && (
          <Act
            kind="quiet"
            icon="hoantac"
            onClick={() => act(() => api.notices.undo({ noticeId: notice.id }), say('undone'), reload)}
          >
            {say('undo')}
          </Act>
        )}
      </Acts>
      {waiting.words && <Proposed notice={{ ...notice, ...waiting.words }} fields={waiting.words.changed} />}
      {sheet === 'alone' && <AloneSheet notice={notice} reload={reload} onClose={close} />}
      {sheet === 'reject' && <RejectSheet notice={notice} reload={reload} onClose={close} />}
    </section>
  )
}

function Sent({ notice, reload }: Props) {
  const [sheet, setSheet] = useState<'correct' | 'withdraw'>()
  const close = () => setSheet(undefined)
  const sent = notice.withdrawnAt ? 'was_sent_to' : 'sent_to'
  return (
    <section class="pad stack band">
      {notice.withdrawnAt && (
        <p>
          <b>{say('withdrawn_at', { time: near(notice.withdrawnAt) })}</b>
        </p>
      )}
      <p>
        {notice.households !== null && (
          <b>{say(notice.internal ? `${sent}_posts` : `${sent}_homes`, { n: number(notice.households) })}</b>
        )}{' '}
        {notice.isPrivate && <Tag icon="khoa">{say('private')}</Tag>}{' '}
        {notice.originId && <Tag>{say('from_above')}</Tag>}
      </p>
      <Acts isLeft>
        {notice.may.reach && (
          <Act icon="bieudo" href={`/notices/${notice.id}/reach`}>
            {say('reach')}
          </Act>
        )}
        {notice.may.change && notice.state === 'published' && (
          <>
            <Act kind="quiet" icon="sua" onClick={() => setSheet('correct')}>
              {say('correct')}
            </Act>
            <Act kind="quiet" icon="hoantac" onClick={() => setSheet('withdraw')}>
              {say('withdraw')}
            </Act>
          </>
        )}
      </Acts>
      {notice.state === 'published' && !notice.internal && !notice.isPrivate && (
        <p class="by">
          {say('public_page')}:{' '}
          <a href={`/n/${notice.id}`} target="_blank" rel="noopener">
            /n/{notice.id}
          </a>
        </p>
      )}
      {notice.relay === 'village' && <Relays noticeId={notice.id} />}
      {sheet === 'correct' && <CorrectSheet notice={notice} reload={reload} onClose={close} />}
      {sheet === 'withdraw' && <WithdrawSheet notice={notice} reload={reload} onClose={close} />}
    </section>
  )
}

function Draft({ notice }: { notice: NoticeShown }) {
  const { route } = useLocation()
  const [refusal, setRefusal] = useState<Refusal>()
  const [isAsked, setAsked] = useState(false)
  const discard = async () => {
    try {
      await api.notices.discard({ noticeId: notice.id })
      toast(say('discarded'))
      route('/notices', true)
    } catch (error) {
      setRefusal(error as Refusal)
    }
  }
  return (
    <section class="pad stack band">
      {notice.rejected && (
        <p class="is-warn">
          {say('rejected_because', { by: notice.rejected.by ?? '', reason: notice.rejected.reason })}
        </p>
      )}
      <Acts isLeft>
        <Act icon="sua" href={`/notices/${notice.id}/edit`}>
          {say('go_on_writing')}
        </Act>
        {!isAsked && (
          <Act kind="quiet" onClick={() => setAsked(true)}>
            {say('discard')}
          </Act>
        )}
      </Acts>
      {isAsked && (
        <div class="stack" role="alert">
          <p>{say('discard_sure')}</p>
          <Acts isLeft>
            <Act onClick={discard}>{say('discard')}</Act>
            <Act kind="quiet" onClick={() => setAsked(false)}>
              {say('discard_not')}
            </Act>
          </Acts>
        </div>
      )}
      {refusal && <Failed refusal={refusal} />}
    </section>
  )
}

export function Author({ notice, reload }: Props) {
  if (!me.value) return null
  if (notice.waiting) return <Waiting notice={notice} reload={reload} />
  if (notice.state === 'scheduled') return <Scheduled notice={notice} reload={reload} />
  if (notice.state === 'draft' || notice.state === 'rejected')
    return notice.may.change ? <Draft notice={notice} /> : null
  return <Sent notice={notice} reload={reload} />
}
