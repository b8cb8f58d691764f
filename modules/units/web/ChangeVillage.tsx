import { useLocation } from '#web/router.tsx'
import { useState } from 'preact/hooks'
import type { Unit } from '../contract.ts'
import { api } from '#web/api.ts'
import { Act, Failed, Field, Form, Sheet, toast } from '#web/kit.tsx'
import { useSubmit } from '#web/submit.ts'
import { unitInWords } from '../names.ts'
import { NameFields, type Naming } from './NameFields.tsx'
import { say } from './say.ts'

type Seen = Pick<Unit, 'id' | 'name' | 'kind' | 'title'>

/** Another name; ten seconds to take it back. */
export function RenameVillage({
  seen,
  onClose,
  onDone,
}: {
  seen: Seen
  onClose: () => void
  onDone: () => Promise<void>
}) {
  const [naming, setNaming] = useState<Naming>({ name: seen.name, kind: seen.kind, source: '' })
  const { refusal, errorOf, submit } = useSubmit()
  const undo = async () => {
    await api.units.rename({ unit: seen.id, name: seen.name, kind: seen.kind })
    await onDone()
  }
  const rename = async () => {
    const isDone = await submit(async how => {
      const renamed = await api.units.rename({ unit: seen.id, ...naming }, how)
      toast(say('renamed', { title: unitInWords(renamed) }), undo)
    })
    if (!isDone) return
    onClose()
    await onDone()
  }
  return (
    <Sheet title={say('rename')} isOpen onClose={onClose}>
      <Form onSubmit={rename}>
        <p>{say('rename_words')}</p>
        <NameFields value={naming} onChange={setNaming} errorOf={errorOf} />
        {refusal && !refusal.fields && <Failed refusal={refusal} />}
        <Act kind="main" submit>
          {say('rename')}
        </Act>
      </Form>
    </Sheet>
  )
}

/** Only where nobody lives. */
export function CloseVillage({ seen, onClose }: { seen: Seen; onClose: () => void }) {
  const [source, setSource] = useState('')
  const { route } = useLocation()
  const { refusal, submit } = useSubmit()
  const close = async () => {
    if (!(await submit(how => api.units.close({ unit: seen.id, source }, how)))) return
    toast(say('closed', { title: unitInWords(seen) }))
    route('/villages')
  }
  return (
    <Sheet title={say('close')} isOpen onClose={onClose}>
      <Form onSubmit={close}>
        <p>{say('close_words', { title: unitInWords(seen) })}</p>
        <Field label={say('paper')} hint={say('paper_hint')} value={source} maxLength={200} onInput={setSource} />
        {refusal && <Failed refusal={refusal} />}
        <Act kind="main" submit>
          {say('close')}
        </Act>
      </Form>
    </Sheet>
  )
}
