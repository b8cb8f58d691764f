// Whom a notice is for: the whole commune or some villages, associations, homes with a need.
import { api } from '#web/api.ts'
import { Chips, Failed, Tick } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import type { Fields } from './draft.ts'
import { say } from './say.ts'

const needs = ['elder_alone', 'hard_of_hearing', 'sees_badly', 'cannot_read', 'walks_badly'] as const

interface Named {
  id: string
  title: string
}

async function allBelow(parent: string): Promise<Named[]> {
  const found: Named[] = []
  for (let cursor: string | undefined; ;) {
    const page = await api.units.list({ parent, limit: '100', ...(cursor ? { cursor } : {}) })
    found.push(...page.items.map(({ id, title }) => ({ id, title })))
    if (!page.next) return found
    cursor = page.next
  }
}

async function choices(): Promise<{ units: Named[]; groups: Named[] }> {
  const { unit, group, role } = me.value ?? {}
  const isVillage = unit?.level === 'village'
  const units = unit && !isVillage && !group ? await allBelow(unit.id) : []
  const mayChoose = role === 'commune_officer' || role === 'commune_chair'
  const groups = mayChoose ? (await api.groups.list({ limit: '100' })).items : []
  return {
    units,
    groups: group ? [{ id: group.id, title: group.name }] : groups.map(({ id, name }) => ({ id, title: name })),
  }
}

const toggled = (list: string[], id: string) => (list.includes(id) ? list.filter(one => one !== id) : [...list, id])

interface Props {
  fields: Fields
  set: (change: Partial<Fields>) => void
}

function Villages({ fields, set, units }: Props & { units: Named[] }) {
  const own = me.value?.unit
  if (!own || !units.length) return null
  const isAll = fields.units.includes(own.id)
  return (
    <>
      <Chips
        label={say('who_for')}
        value={isAll ? 'all' : 'some'}
        options={[
          { value: 'all', label: say('all_of', { unit: own.name }) },
          { value: 'some', label: say('some_units'), ...(isAll ? {} : { count: fields.units.length }) },
        ]}
        onChange={value => set({ units: value === 'all' ? [own.id] : [] })}
      />
      {!isAll && (
        <fieldset class="pick-many">
          <legend class="sr">{say('some_units')}</legend>
          {units.map(unit => (
            <Tick
              key={unit.id}
              label={unit.title}
              isOn={fields.units.includes(unit.id)}
              onChange={() => set({ units: toggled(fields.units, unit.id) })}
            />
          ))}
        </fieldset>
      )}
    </>
  )
}

const Groups = ({ fields, set, groups }: Props & { groups: Named[] }) =>
  groups.length ? (
    <fieldset>
      <legend class="label">{say('groups_too')}</legend>
      {groups.map(group => (
        <Tick
          key={group.id}
          label={group.title}
          isOn={fields.groups.includes(group.id)}
          onChange={() => set({ groups: toggled(fields.groups, group.id) })}
        />
      ))}
    </fieldset>
  ) : null

const Needs = ({ fields, set }: Props) => (
  <fieldset>
    <legend class="label">
      {say('only_needs')}
      <span class="hint">{say('only_needs_hint')}</span>
    </legend>
    {needs.map(need => (
      <Tick
        key={need}
        label={say(`need_${need}`)}
        isOn={fields.needs.includes(need)}
        onChange={() => set({ needs: toggled(fields.needs, need) })}
      />
    ))}
  </fieldset>
)

export function WhoFor({ fields, set }: Props) {
  const found = useLoaded(choices, [me.value?.id, me.value?.unit?.id])
  const { group, unit } = me.value ?? {}
  return (
    <section class="stack" aria-label={say('who_for')}>
      <p class="label">{say('who_for')}</p>
      {found.refusal && <Failed refusal={found.refusal} retry={found.reload} />}
      {unit && !group && unit.level === 'village' && <p>{say('all_of', { unit: unit.name })}</p>}
      {found.value && <Villages fields={fields} set={set} units={found.value.units} />}
      <details class="more" open={fields.groups.length > 0 || fields.needs.length > 0 || fields.isInternal}>
        <summary>{say('more_audience')}</summary>
        <div class="stack">
          {found.value && <Groups fields={fields} set={set} groups={found.value.groups} />}
          <Needs fields={fields} set={set} />
          <Tick
            label={say('internal')}
            hint={say('internal_hint')}
            isOn={fields.isInternal}
            onChange={isInternal => set({ isInternal })}
          />
        </div>
      </details>
    </section>
  )
}
