import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'
import { unitsBelow } from '#web/units-below.ts'
import { Act, Field, Form, Pick, Sheet, Tick } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import type { StaffRole } from '../roles.ts'
import { say, useDoing } from './say.ts'

const ofVillages: StaffRole[] = ['village_head', 'party_secretary', 'front_head', 'digital_team_member']
const ofCommune: StaffRole[] = ['commune_officer', 'commune_chair', 'police', 'border_guard', 'bank_officer']
const ofGroups: StaffRole[] = ['association_officer', 'credit_group_head']

/** The server refuses what is not the caller's to fill; the list only offers what is. */
function offered(): StaffRole[] {
  const role = me.value?.role
  if (role === 'province_officer') return ['commune_chair']
  return role === 'commune_chair' ? [...ofVillages, ...ofGroups, ...ofCommune] : [...ofVillages, ...ofGroups]
}

const groupsOf = async () => {
  const groups = await everyPage(cursor => api.groups.list({ limit: 100, ...cursor }))
  return groups.map(one => ({ value: one.id, label: one.name }))
}

export function MakePost({
  unit,
  onMade,
  onClose,
}: {
  unit: string
  onMade: (post: string) => void
  onClose: () => void
}) {
  const roles = offered()
  const [role, setRole] = useState<StaffRole>(roles[0]!)
  const [place, setPlace] = useState('')
  const [title, setTitle] = useState('')
  const [makesCell, setMakesCell] = useState(false)
  const isSecretary = role === 'party_secretary'
  const isBelow = ofVillages.includes(role) || me.value?.role === 'province_officer'
  const isGroup = ofGroups.includes(role)
  const places = useLoaded(() => (isBelow ? unitsBelow(unit) : isGroup ? groupsOf() : Promise.resolve([])), [role])
  const choose = (to: string) => {
    setRole(to as StaffRole)
    setPlace('')
  }
  const doing = useDoing()
  const make = async () => {
    const named = title.trim() ? { title: title.trim() } : {}
    const at = isGroup ? { unit, group: place } : { unit: isBelow ? place : unit }
    const made = await doing(
      how => api.access.makePost({ ...at, role, ...named, makeCell: isSecretary && makesCell }, how),
      say('made'),
    )
    if (made) onMade(made.id)
  }
  return (
    <Sheet title={say('make')} isOpen onClose={onClose}>
      <Form onSubmit={make}>
        <Pick
          label={say('role')}
          value={role}
          options={roles.map(value => ({ value, label: say(`role_${value}`) }))}
          onChange={choose}
        />
        {(isBelow || isGroup) && (
          <Pick
            label={say(isGroup ? 'group' : 'where')}
            value={place}
            options={[{ value: '', label: say('choose') }, ...(places.value ?? [])]}
            onChange={setPlace}
          />
        )}
        <Field label={say('title')} hint={say('title_hint')} value={title} onInput={setTitle} maxLength={120} />
        {isSecretary && (
          <>
            <p class="by">{say('cell_words')}</p>
            <Tick label={say('cell_make')} isOn={makesCell} onChange={setMakesCell} />
          </>
        )}
        <Act kind="main" submit disabledBecause={(isBelow || isGroup) && !place && say('choose_place')}>
          {say('make_it')}
        </Act>
      </Form>
    </Sheet>
  )
}
