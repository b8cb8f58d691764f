import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'
import { Act, Failed, Field, Form, Pick, Sheet, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { useSubmit } from '#web/submit.ts'
import type { Group } from '../contract.ts'
import { groupKinds, type GroupKind } from '../kinds.ts'
import { say } from './say.ts'

/** The commune first, then its villages. */
function useUnits(commune: string, crosses: string) {
  const { value = [] } = useLoaded(
    () => everyPage(cursor => api.units.list({ parent: commune, limit: 100, ...cursor })),
    [commune],
  )
  return [{ value: commune, label: crosses }, ...value.map(unit => ({ value: unit.id, label: unit.title }))]
}

export function MakeGroup({ onClose, onMade }: { onClose: () => void; onMade: () => unknown }) {
  const commune = me.value?.unit?.id ?? ''
  const [kind, setKind] = useState<string>('women')
  const [name, setName] = useState('')
  const [unit, setUnit] = useState(commune)
  const [owner, setOwner] = useState('')
  const units = useUnits(commune, say('crosses', { title: me.value?.unit?.name ?? '' }))
  const { refusal, errorOf, submit } = useSubmit()
  const make = async () => {
    const isDone = await submit(async how => {
      const made = await api.groups.create({ unit, kind: kind as GroupKind, name, owner }, how)
      toast(say('made', { name: made.name }))
    })
    if (!isDone) return
    onClose()
    await onMade()
  }
  return (
    <Sheet title={say('make')} isOpen onClose={onClose}>
      <Form onSubmit={make}>
        <Pick
          label={say('kind')}
          value={kind}
          onChange={setKind}
          options={groupKinds.map(one => ({ value: one, label: say(one) }))}
        />
        <Field
          label={say('name')}
          hint={say('name_hint')}
          value={name}
          maxLength={120}
          error={errorOf('name')}
          onInput={setName}
        />
        <Pick label={say('unit')} value={unit} onChange={setUnit} options={units} />
        <Field
          label={say('owner')}
          hint={say('owner_hint')}
          value={owner}
          maxLength={120}
          error={errorOf('owner')}
          onInput={setOwner}
        />
        {refusal && !refusal.fields && <Failed refusal={refusal} />}
        <Act kind="main" submit>
          {say('make')}
        </Act>
      </Form>
    </Sheet>
  )
}

/** Of one village, or across them like its group. */
export function MakeBranch({ group, onClose, onMade }: { group: Group; onClose: () => void; onMade: () => unknown }) {
  const at = group.unit?.id ?? ''
  const [name, setName] = useState('')
  const [unit, setUnit] = useState(at)
  const units = useUnits(at, say('crosses', { title: group.unit?.title ?? '' }))
  const { refusal, errorOf, submit } = useSubmit()
  const make = async () => {
    const isDone = await submit(async how => {
      const made = await api.groups.addBranch({ groupId: group.id, name, unit }, how)
      toast(say('made', { name: made.name }))
    })
    if (!isDone) return
    onClose()
    await onMade()
  }
  return (
    <Sheet title={say('add_branch')} isOpen onClose={onClose}>
      <Form onSubmit={make}>
        <Field label={say('branch_name')} value={name} maxLength={120} error={errorOf('name')} onInput={setName} />
        <Pick label={say('branch_unit')} value={unit} onChange={setUnit} options={units} />
        {refusal && !refusal.fields && <Failed refusal={refusal} />}
        <Act kind="main" submit>
          {say('add_branch')}
        </Act>
      </Form>
    </Sheet>
  )
}
