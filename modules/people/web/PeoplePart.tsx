import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts, Field, Form, Pick, Row, Rows, Sheet } from '#web/kit.tsx'
import { me } from '#web/me.ts'
import { date } from '#web/time.ts'
import type { Person } from '../shapes.ts'
import { attemptNow, useAttempt } from './act.ts'
import type { PartProps } from './HomePage.tsx'
import { Readers, ReadsFor } from './ReadsFor.tsx'
import { say } from './say.ts'

const isHere = (person: Person) => !person.leftAt && !person.diedOn
const stateOf = (person: Person) => {
  if (person.diedOn) return say('died_on', { day: date(person.diedOn) })
  if (person.leftAt) return say('left_on', { day: date(person.leftAt) })
  return person.absentUntil ? say('away_until', { day: date(person.absentUntil) }) : undefined
}

interface Draft {
  name: string
  relation: string
  year: string
  sex: '' | 'f' | 'm'
}
const blank: Draft = { name: '', relation: '', year: '', sex: '' }

const asFields = (draft: Draft) => ({
  name: draft.name,
  relation: draft.relation,
  birthYear: Number(draft.year) || null,
  sex: draft.sex || null,
})

function PersonForm({ draft, change }: { draft: Draft; change: (draft: Draft) => void }) {
  return (
    <>
      <Field label={say('name')} value={draft.name} onInput={name => change({ ...draft, name })} maxLength={100} />
      <Field
        label={say('relation')}
        value={draft.relation}
        onInput={relation => change({ ...draft, relation })}
        maxLength={50}
      />
      <Field label={say('birth_year')} type="tel" value={draft.year} onInput={year => change({ ...draft, year })} />
      <Pick
        label={say('sex')}
        options={['', 'f', 'm'].map(value => ({
          value,
          label: say(value === '' ? 'sex_unsaid' : value === 'f' ? 'sex_f' : 'sex_m'),
        }))}
        value={draft.sex}
        onChange={sex => change({ ...draft, sex: sex as Draft['sex'] })}
      />
    </>
  )
}

function Add({ home, set, close }: PartProps & { close: () => void }) {
  const attempt = useAttempt()
  const [draft, setDraft] = useState(blank)
  const add = async () => {
    const next = await attempt(
      how => api.people.addPerson({ householdId: home.id, ...asFields(draft) }, how),
      say('added'),
    )
    if (!next) return
    set(next)
    close()
  }
  return (
    <Form onSubmit={add}>
      <PersonForm draft={draft} change={setDraft} />
      <Act kind="main" submit disabledBecause={!draft.name.trim() && say('name_first')}>
        {say('add_person')}
      </Act>
    </Form>
  )
}

/** Death and departure of a head: who is head then is chosen, never guessed. */
function Goes({ home, set, person, close }: PartProps & { person: Person; close: () => void }) {
  const others = home.people.filter(one => isHere(one) && one.id !== person.id)
  const [head, setHead] = useState(others[0]?.id ?? '')
  const [day, setDay] = useState('')
  const wanted = person.isHead && head ? { newHead: head } : {}
  const dying = useAttempt()
  const leaving = useAttempt()
  const done = (next: typeof home | undefined) => {
    if (!next) return
    set(next)
    close()
  }
  return (
    <div class="stack">
      {person.isHead && others.length > 0 && (
        <Pick
          label={say('new_head')}
          options={others.map(one => ({ value: one.id, label: one.name }))}
          value={head}
          onChange={setHead}
        />
      )}
      <Field label={say('died_day')} type="date" value={day} onInput={setDay} />
      <Acts isLeft>
        <Act
          kind="quiet"
          disabledBecause={!day && say('died_day_first')}
          onClick={async () =>
            done(
              await dying(
                how => api.people.recordDeath({ personId: person.id, on: day, ...wanted }, how),
                say('noted'),
              ),
            )
          }
        >
          {say('note_death')}
        </Act>
        <Act
          kind="quiet"
          icon="bietdi"
          onClick={async () =>
            done(await leaving(how => api.people.personLeft({ personId: person.id, ...wanted }, how), say('noted')))
          }
        >
          {say('note_left')}
        </Act>
      </Acts>
    </div>
  )
}

/** What is erased does not come back, so it is asked once more. */
function Erase({ name, onErase }: { name: string; onErase: () => Promise<void> }) {
  const [isAsked, setAsked] = useState(false)
  if (!isAsked)
    return (
      <Act kind="plain" onClick={() => setAsked(true)}>
        {say('erase_person')}
      </Act>
    )
  return (
    <div class="stack" role="alert">
      <p>{say('erase_sure', { name })}</p>
      <Acts isLeft>
        <Act onClick={onErase}>{say('erase_person')}</Act>
        <Act kind="quiet" onClick={() => setAsked(false)}>
          {say('keep')}
        </Act>
      </Acts>
    </div>
  )
}

function One({ home, set, person, close }: PartProps & { person: Person; close: () => void }) {
  const [draft, setDraft] = useState<Draft>({
    name: person.name,
    relation: person.relation,
    year: person.birthYear ? String(person.birthYear) : '',
    sex: person.sex ?? '',
  })
  const erasing = useAttempt()
  const making = useAttempt()
  const save = async () => {
    const next = await attemptNow(
      () => api.people.changePerson({ personId: person.id, version: person.version, ...asFields(draft) }),
      say('saved'),
    )
    if (!next) return
    set(next)
    close()
  }
  const erase = async () => {
    const next = await erasing(how => api.people.erasePerson({ personId: person.id }, how), say('erased'))
    if (!next) return
    set(next)
    close()
  }
  const makeHead = async () => {
    const next = await making(how => api.people.makeHead({ personId: person.id }, how), say('saved'))
    if (!next) return
    set(next)
    close()
  }
  const mayErase = ['commune_officer', 'commune_chair'].includes(me.value?.role ?? '')
  return (
    <div class="stack-l stack">
      {isHere(person) && (
        <Form onSubmit={save}>
          <PersonForm draft={draft} change={setDraft} />
          <Act kind="main" submit>
            {say('save')}
          </Act>
        </Form>
      )}
      {isHere(person) && !person.isHead && (
        <Act kind="quiet" icon="nha" onClick={makeHead}>
          {say('make_head')}
        </Act>
      )}
      {isHere(person) && !person.isChild && <ReadsFor home={home} set={set} person={person} />}
      {isHere(person) && <Goes home={home} set={set} person={person} close={close} />}
      {mayErase && <Erase name={person.name} onErase={erase} />}
    </div>
  )
}

export function PeoplePart({ home, set }: PartProps) {
  const [open, setOpen] = useState<string>()
  const person = home.people.find(one => one.id === open)
  const close = () => setOpen(undefined)
  return (
    <>
      <Rows>
        {home.people.map(one => (
          <Row
            key={one.id}
            icon="nguoi"
            title={one.name}
            note={[
              one.isHead ? say('is_head') : one.relation,
              one.birthYear && say('born', { year: one.birthYear }),
              one.isChild && say('child'),
            ]
              .filter(Boolean)
              .join(' · ')}
            state={stateOf(one)}
            isNotYet
            onClick={home.closedAt ? undefined : () => setOpen(one.id)}
          />
        ))}
      </Rows>
      <Readers readers={home.readers} />
      {!home.closedAt && (
        <div class="pad">
          <Acts isLeft>
            <Act kind="quiet" icon="nguoi" onClick={() => setOpen('new')}>
              {say('add_person')}
            </Act>
          </Acts>
        </div>
      )}
      <Sheet title={say('add_person')} isOpen={open === 'new'} onClose={close}>
        <Add home={home} set={set} close={close} />
      </Sheet>
      <Sheet title={person?.name ?? ''} isOpen={Boolean(person)} onClose={close}>
        {person && <One home={home} set={set} person={person} close={close} />}
      </Sheet>
    </>
  )
}
