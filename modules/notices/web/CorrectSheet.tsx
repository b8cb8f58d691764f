import { useState } from 'preact/hooks'
import { api, type Refusal } from '#web/api.ts'
import { Act, Choice, Failed, Field, Sheet, toast } from '#web/kit.tsx'
import { Attachments } from './Attachments.tsx'
import { bodyOf, fieldsOf, type NoticeShown } from './draft.ts'
import { say } from './say.ts'

/** Puts words right. A typo keeps reach; what homes must know is told again, to the same homes. */
export function CorrectSheet({
  notice,
  reload,
  onClose,
}: {
  notice: NoticeShown
  reload: () => Promise<void>
  onClose: () => void
}) {
  const [fields, setFields] = useState(() => fieldsOf(notice))
  const [again, setAgain] = useState('yes')
  const [dropped, setDropped] = useState<string[]>([])
  const [files, setFiles] = useState<File[]>([])
  const [refusal, setRefusal] = useState<Refusal>()
  const set = (change: Partial<typeof fields>) => setFields(was => ({ ...was, ...change }))
  const send = async () => {
    const { title, body, plain, event, steps, validUntil } = bodyOf(fields, false)
    try {
      const kept = notice.files.map(file => file.id).filter(id => !dropped.includes(id))
      for (const file of files) kept.push((await api.notices.addFile({ noticeId: notice.id, file })).id)
      const said = await api.notices.correct({
        noticeId: notice.id,
        version: notice.version,
        title,
        body,
        plain: plain ?? '',
        event: event ?? null,
        steps: steps ?? [],
        validUntil: validUntil ?? null,
        ...(files.length || dropped.length ? { files: kept } : {}),
        tellAgain: again === 'yes',
      })
      onClose()
      toast(say(said.state === 'waiting_approval' ? 'waits_now' : again === 'yes' ? 'told_again' : 'corrected'))
      await reload()
    } catch (error) {
      setRefusal(error as Refusal)
    }
  }
  return (
    <Sheet title={say('correct')} isOpen onClose={onClose}>
      <div class="stack">
        <Field label={say('title')} value={fields.title} maxLength={200} onInput={title => set({ title })} />
        <Field label={say('words')} rows={5} value={fields.words} onInput={words => set({ words })} />
        {fields.official && (
          <Field label={say('official')} rows={5} value={fields.official} onInput={official => set({ official })} />
        )}
        {fields.day && (
          <>
            <Field label={say('day')} type="date" value={fields.day} onInput={day => set({ day })} />
            <Field label={say('hour')} type="time" value={fields.hour} onInput={hour => set({ hour })} />
            <Field label={say('place')} value={fields.place} onInput={place => set({ place })} />
          </>
        )}
        {fields.steps.map((step, n) => (
          <Field
            key={n}
            label={say('step_n', { n: n + 1 })}
            value={step.act}
            maxLength={160}
            onInput={words => set({ steps: fields.steps.map((one, i) => (i === n ? { ...one, act: words } : one)) })}
          />
        ))}
        <Attachments
          noticeId={notice.id}
          kept={notice.files}
          files={files}
          onChange={setFiles}
          onDrop={id => setDropped(was => [...was, id])}
        />
        <Choice
          label={say('tell_again')}
          value={again}
          onChange={setAgain}
          options={[
            { value: 'yes', label: say('tell_again_yes'), hint: say('tell_again_yes_hint') },
            { value: 'no', label: say('tell_again_no'), hint: say('tell_again_no_hint') },
          ]}
        />
        {refusal && <Failed refusal={refusal} />}
        <Act kind="main" icon="sua" onClick={send}>
          {say('send_correction')}
        </Act>
      </div>
    </Sheet>
  )
}
