import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Failed, Form, Sheet, toast } from '#web/kit.tsx'
import { useSubmit } from '#web/submit.ts'
import { unitInWords } from '../names.ts'
import { NameFields, type Naming } from './NameFields.tsx'
import { say } from './say.ts'

interface Props {
  parent: string
  /** The word most of its neighbours bear. */
  kind: string
  title: string
  isOpen: boolean
  onClose: () => void
  onMade: () => unknown
}

export function MakeVillage({ parent, kind, title, isOpen, onClose, onMade }: Props) {
  const [naming, setNaming] = useState<Naming>({ name: '', kind, source: '' })
  const { refusal, errorOf, submit } = useSubmit()
  const make = async () => {
    const isDone = await submit(async how => {
      const made = await api.units.create({ unit: parent, ...naming }, how)
      toast(say('made', { title: unitInWords(made) }))
    })
    if (!isDone) return
    setNaming({ ...naming, name: '' })
    onClose()
    await onMade()
  }
  return (
    <Sheet title={title} isOpen={isOpen} onClose={onClose}>
      <Form onSubmit={make}>
        <NameFields value={naming} onChange={setNaming} errorOf={errorOf} />
        {refusal && !refusal.fields && <Failed refusal={refusal} />}
        <Act kind="main" submit>
          {title}
        </Act>
      </Form>
    </Sheet>
  )
}
