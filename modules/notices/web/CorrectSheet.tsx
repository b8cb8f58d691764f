import { useRef, useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Choice, Failed, Field, Sheet, toast } from '#web/kit.tsx'
import { useSubmit } from '#web/submit.ts'
import { Attachments } from './Attachments.tsx'
import { bodyOf, fieldsOf, type Fields, type NoticeShown } from './draft.ts'
import { say } from './say.ts'
import { StepWords } from './StepWords.tsx'

interface WordsProps {
  fields: Fields
  /** It has a date: cleared while it is typed anew, its field stays. */
  isDated: boolean
  set: (change: Partial<Fields>) => void
  errorOf: (field: string) => string | undefined
}

const Words = ({ fields, isDated, set, errorOf }: WordsProps) => (
  <>
    <Field
      label={say('title')}
      value={fields.title}
      maxLength={200}
      error={errorOf('title')}
      onInput={title => set({ title })}
    />
    <Field label={say('words')} rows={5} value={fields.words} onInput={words => set({ words })} />
    {fields.official && (
      <Field label={say('official')} rows={5} value={fields.official} onInput={official => set({ official })} />
    )}
    {isDated && (
      <>
        <Field label={say('day')} type="date" value={fields.day} onInput={day => set({ day })} />
        <Field label={say('hour')} type="time" value={fields.hour} onInput={hour => set({ hour })} />
        <Field label={say('place')} value={fields.place} onInput={place => set({ place })} />
      </>
    )}
    <StepWords steps={fields.steps} set={set} errorOf={errorOf} />
  </>
)

/** Each file goes once, however often the correction is tried. */
function useUploads(noticeId: string) {
  const gone = useRef(new Map<File, string>()).current
  return async (files: readonly File[]) => {
    for (const file of files) if (!gone.has(file)) gone.set(file, (await api.notices.addFile({ noticeId, file })).id)
    return files.map(file => gone.get(file)!)
  }
}

interface Props {
  notice: NoticeShown
  reload: () => Promise<void>
  onClose: () => void
}

/** Puts words right. A typo keeps reach; what homes must know is told again, to the same homes. */
export function CorrectSheet({ notice, reload, onClose }: Props) {
  const [fields, setFields] = useState(() => fieldsOf(notice))
  const [again, setAgain] = useState('yes')
  const [dropped, setDropped] = useState<string[]>([])
  const [files, setFiles] = useState<File[]>([])
  const upload = useUploads(notice.id)
  const { refusal, errorOf, submit } = useSubmit()
  const correct = async (how: { once: string }) => {
    const { title, body, plain, event, steps, validUntil } = bodyOf(fields, false)
    const kept = notice.files.map(file => file.id).filter(id => !dropped.includes(id))
    const said = await api.notices.correct(
      {
        noticeId: notice.id,
        version: notice.version,
        title,
        body,
        plain: plain ?? '',
        event: event ?? null,
        steps: steps ?? [],
        validUntil: validUntil ?? null,
        ...(files.length || dropped.length ? { files: [...kept, ...(await upload(files))] } : {}),
        tellAgain: again === 'yes',
      },
      how,
    )
    toast(say(said.state === 'waiting_approval' ? 'waits_now' : again === 'yes' ? 'told_again' : 'corrected'))
  }
  const send = async () => {
    if (!(await submit(correct))) return
    onClose()
    await reload()
  }
  return (
    <Sheet title={say('correct')} isOpen onClose={onClose}>
      <div class="stack">
        <Words
          fields={fields}
          isDated={Boolean(notice.event)}
          set={change => setFields(was => ({ ...was, ...change }))}
          errorOf={errorOf}
        />
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
