import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Failed, Field, Form, Sheet, toast } from '#web/kit.tsx'
import { useSubmit } from '#web/submit.ts'
import type { Group, Member } from '../contract.ts'
import { say } from './say.ts'

interface Props {
  group: Group
  onClose: () => void
  onDone: () => Promise<void>
}

export function RenameGroup({ group, onClose, onDone }: Props) {
  const [name, setName] = useState(group.name)
  const { refusal, errorOf, submit } = useSubmit()
  const undo = async () => {
    await api.groups.rename({ groupId: group.id, name: group.name })
    await onDone()
  }
  const rename = async () => {
    const isDone = await submit(async how => {
      const renamed = await api.groups.rename({ groupId: group.id, name }, how)
      toast(say('renamed', { name: renamed.name }), undo)
    })
    if (!isDone) return
    onClose()
    await onDone()
  }
  return (
    <Sheet title={say('rename')} isOpen onClose={onClose}>
      <Form onSubmit={rename}>
        <Field label={say('name')} value={name} maxLength={120} error={errorOf('name')} onInput={setName} />
        {refusal && !refusal.fields && <Failed refusal={refusal} />}
        <Act kind="main" submit>
          {say('rename')}
        </Act>
      </Form>
    </Sheet>
  )
}

export function CloseGroup({ group, onClose, onDone }: Props) {
  const { refusal, submit } = useSubmit()
  const undo = async () => {
    await api.groups.reopen({ groupId: group.id })
    await onDone()
  }
  const close = async () => {
    if (!(await submit(how => api.groups.close({ groupId: group.id }, how)))) return
    toast(say('closed_done', { name: group.name }), undo)
    onClose()
    await onDone()
  }
  return (
    <Sheet title={say('close')} isOpen onClose={onClose}>
      <div class="stack">
        <p>{say('close_words', { name: group.name })}</p>
        {refusal && <Failed refusal={refusal} />}
        <Act kind="main" onClick={close}>
          {say('close')}
        </Act>
      </div>
    </Sheet>
  )
}

/** One member: their home, and the end of the membership; ten seconds to take it back. */
export function EndMember({ member, onClose, onDone }: Pick<Props, 'onClose' | 'onDone'> & { member: Member }) {
  const { refusal, submit } = useSubmit()
  const { name, personId, part } = member
  const groupId = member.group.id
  const undo = async () => {
    await api.groups.addMember({ groupId, personId, part })
    await onDone()
  }
  const end = async () => {
    if (!(await submit(how => api.groups.endMember({ groupId, personId }, how)))) return
    toast(say('ended', { name }), undo)
    onClose()
    await onDone()
  }
  return (
    <Sheet title={name} isOpen onClose={onClose}>
      <div class="stack">
        <p>{say('end_words', { name })}</p>
        {refusal && <Failed refusal={refusal} />}
        <Act kind="main" onClick={end}>
          {say('end')}
        </Act>
      </div>
    </Sheet>
  )
}
