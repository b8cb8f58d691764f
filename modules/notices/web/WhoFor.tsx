// Whom a notice is for: the whole commune or some villages, associations, homes with a need.
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'
import { unitsBelow } from '#web/units-below.ts'
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

const allBelow = async (parent: string): Promise<Named[]> =>
  (await unitsBelow(parent)).map(({ value, label }) => ({ id: value, title: label }))

const allGroups = async (): Promise<Named[]> =>
  (await everyPage(cursor => api.groups.list({ limit: 100, ...cursor }))).map(({ id, name, unit }) => ({
    id,
    title: unit ? `${name} (${unit.title})` : name,
  }))

async function choices(): Promise<{ units: Named[]; groups: Named[] }> {
  const { unit, group, role, serves } = me.value ?? {}
  if (serves)
    return { units: serves.map(({ id, name, kind }) => ({ id, title: `${kind} ${name}` })), groups: await allGroups() }
  const isVillage = unit?.level === 'village'
  const units = unit && !isVillage && !group ? await allBelow(unit.id) : []
  const mayChoose = role === 'commune_officer' || role === 'commune_chair'
  const groups = mayChoose ? await allGroups() : []
  return { units, groups: group ? [{ id: group.id, title: group.name }] : groups }
}

/** `Tổ dân phố số 5` → `tổ dân phố số 5` */
const inSentence = (title: string) => title.charAt(0).toLowerCase() + title.slice(1)

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

/** A bank's branch writes to credit groups of its communes, or to those who hold posts there. */
function OfBank({ fields, set, units, groups }: Props & { units: Named[]; groups: Named[] }) {
  const list = fields.isInternal ? units : groups
  const chosen = fields.isInternal ? fields.units : fields.groups
  const toggle = (id: string) => set({ [fields.isInternal ? 'units' : 'groups']: toggled(chosen, id) })
  return (
    <>
      <Chips
        label={say('who_for')}
        value={fields.isInternal ? 'posts' : 'groups'}
        options={[
          { value: 'groups', label: say('credit_groups') },
          { value: 'posts', label: say('commune_posts') },
        ]}
        onChange={value => set({ isInternal: value === 'posts', units: [], groups: [] })}
      />
      <fieldset class="pick-many">
        <legend class="sr">{say(fields.isInternal ? 'commune_posts' : 'credit_groups')}</legend>
        {list.map(one => (
          <Tick key={one.id} label={one.title} isOn={chosen.includes(one.id)} onChange={() => toggle(one.id)} />
        ))}
      </fieldset>
      {!list.length && <p class="hint">{say('no_credit_groups')}</p>}
    </>
  )
}

export function WhoFor({ fields, set }: Props) {
  const found = useLoaded(choices, [me.value?.id, me.value?.unit?.id])
  const { group, unit, serves } = me.value ?? {}
  if (serves)
    return (
      <section class="stack" aria-label={say('who_for')}>
        <p class="label">{say('who_for')}</p>
        {found.refusal && <Failed refusal={found.refusal} retry={found.reload} />}
        {found.value && <OfBank fields={fields} set={set} {...found.value} />}
      </section>
    )
  return (
    <section class="stack" aria-label={say('who_for')}>
      <p class="label">{say('who_for')}</p>
      {found.refusal && <Failed refusal={found.refusal} retry={found.reload} />}
      {unit && !group && unit.level === 'village' && <p>{say('all_of', { unit: inSentence(unit.title) })}</p>}
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
