// What needs a reason in writing: it stays typed until the server has taken it.
import { useState } from 'preact/hooks'
import { api, type Refusal } from '#web/api.ts'
import { Act, Field, Sheet, toast } from '#web/kit.tsx'
import type { NoticeShown } from './draft.ts'
import { say } from './say.ts'

interface Inside {
  notice: NoticeShown
  reload: () => Promise<void>
  onClose: () => void
}

interface Reasoned extends Omit<Inside, 'notice'> {
  title: string
  words?: string
  label: string
  hint?: string
  verb: string
  /** Said when it is done. */
  done: string
  isAlarm?: boolean
  work: (reason: string) => Promise<unknown>
}

function ReasonSheet({ title, words, label, hint, verb, done, isAlarm, work, reload, onClose }: Reasoned) {
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<Refusal>()
  const send = async () => {
    try {
      await work(reason.trim())
    } catch (error) {
      setRefusal(error as Refusal)
      return
    }
    onClose()
    toast(done)
    await reload()
  }
  return (
    <Sheet title={title} isOpen onClose={onClose}>
      <div class="stack">
        {words && <p>{words}</p>}
        <Field
          label={label}
          hint={hint}
          rows={3}
          value={reason}
          maxLength={500}
          onInput={setReason}
          error={refusal?.message}
        />
        <Act
          kind={isAlarm ? 'alarm' : 'main'}
          {...(isAlarm ? { icon: 'khan' } : {})}
          disabledBecause={!reason.trim() && say('reason_first')}
          onClick={send}
        >
          {verb}
        </Act>
      </div>
    </Sheet>
  )
}

export const AloneSheet = ({ notice: { id }, ...rest }: Inside) => (
  <ReasonSheet
    {...rest}
    isAlarm
    title={say('alone_title')}
    words={say('alone_words')}
    label={say('alone_reason')}
    verb={say('send_alone')}
    done={say('sent')}
    work={reason => api.notices.publish({ noticeId: id, aloneBecause: reason })}
  />
)

export const RejectSheet = ({ notice: { id }, ...rest }: Inside) => (
  <ReasonSheet
    {...rest}
    title={say('reject')}
    label={say('reject_reason')}
    verb={say('reject')}
    done={say('rejected_done')}
    work={reason => api.notices.reject({ noticeId: id, reason })}
  />
)

export const WithdrawSheet = ({ notice: { id }, ...rest }: Inside) => (
  <ReasonSheet
    {...rest}
    title={say('withdraw_title')}
    words={say('withdraw_words')}
    label={say('withdraw_reason')}
    hint={say('withdraw_hint')}
    verb={say('withdraw')}
    done={say('withdrawn')}
    work={reason => api.notices.withdraw({ noticeId: id, reason })}
  />
)
