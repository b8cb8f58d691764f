import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Failed, Field, Form, Group as Heading, Row, Rows, Sheet, toast } from '#web/kit.tsx'
import { me } from '#web/me.ts'
import { useSubmit, type Submit } from '#web/submit.ts'
import { dayOf } from '#web/time.ts'
import type { Group } from '../contract.ts'
import { maySearch } from './may.ts'
import { say } from './say.ts'

type HomeLine = Awaited<ReturnType<typeof api.people.list>>['items'][number]
type Home = Awaited<ReturnType<typeof api.people.get>>

interface Props {
  group: Group
  onClose: () => void
  onAdded: () => unknown
}

/** Finds the person through the home: people are looked up no further than needed, and each look is noted. */
function ChoosePerson({ onChoose }: { onChoose: (person: { id: string; name: string }) => unknown }) {
  const [q, setQ] = useState('')
  const [homes, setHomes] = useState<HomeLine[]>()
  const [home, setHome] = useState<Home>()
  const { refusal, submit } = useSubmit()
  const find = () =>
    submit(async () => {
      setHomes((await api.people.list({ unit: me.value?.unit?.id ?? '', q, limit: 10 })).items)
    })
  const open = (id: string) => submit(async () => setHome(await api.people.get({ householdId: id })))
  if (home)
    return (
      <Heading title={say('choose_person', { head: home.headName })}>
        <Rows>
          {home.people
            .filter(person => !person.leftAt && !person.diedOn)
            .map(person => (
              <Row
                key={person.id}
                title={person.name}
                note={[person.relation, person.birthYear].filter(Boolean).join(', ')}
                onClick={() => void onChoose(person)}
              />
            ))}
        </Rows>
        <Act kind="plain" onClick={() => setHome(undefined)}>
          {say('other_home')}
        </Act>
      </Heading>
    )
  return (
    <Form onSubmit={find}>
      <Field label={say('find_home')} type="search" value={q} onInput={setQ} />
      <Act kind="quiet" icon="tim" submit>
        {say('find_act')}
      </Act>
      {refusal && <Failed refusal={refusal} />}
      {homes?.length === 0 && <p role="status">{say('find_none')}</p>}
      {homes && homes.length > 0 && (
        <Rows>
          {homes.map(line => (
            <Row
              key={line.id}
              title={line.headName}
              note={[line.unitName, line.alley, line.no].filter(Boolean).join(', ')}
              onClick={() => void open(line.id)}
            />
          ))}
        </Rows>
      )}
    </Form>
  )
}

interface Named {
  no: string
  name: string
}

/** Who sees no list of people enrols by number and name: nothing is shown but a yes or no. */
const NamePerson = ({
  value,
  onChange,
  errorOf,
}: {
  value: Named
  onChange: (value: Named) => void
  errorOf: Submit['errorOf']
}) => (
  <>
    <Field
      label={say('home_no')}
      hint={say('home_no_hint')}
      value={value.no}
      error={errorOf('householdNo')}
      onInput={no => onChange({ ...value, no })}
    />
    <Field
      label={say('full_name')}
      hint={say('full_name_hint')}
      value={value.name}
      maxLength={100}
      error={errorOf('name')}
      onInput={name => onChange({ ...value, name })}
    />
  </>
)

export function AddMember({ group, onClose, onAdded }: Props) {
  const [person, setPerson] = useState<{ id: string; name: string }>()
  const [named, setNamed] = useState({ no: '', name: '' })
  const [part, setPart] = useState('')
  const [from, setFrom] = useState(dayOf(new Date()))
  const { refusal, errorOf, submit } = useSubmit()
  const add = async () => {
    const who = person ? { personId: person.id } : { householdNo: Number(named.no), name: named.name }
    const isDone = await submit(async how => {
      const added = await api.groups.addMember({ groupId: group.id, ...who, part, from }, how)
      toast(say('joined', { name: added.name }))
    })
    if (!isDone) return
    onClose()
    await onAdded()
  }
  return (
    <Sheet title={say('add_member')} isOpen onClose={onClose}>
      {maySearch() && !person ? (
        <ChoosePerson onChoose={setPerson} />
      ) : (
        <Form onSubmit={add}>
          {person ? (
            <p>
              <b>{person.name}</b>
            </p>
          ) : (
            <NamePerson value={named} onChange={setNamed} errorOf={errorOf} />
          )}
          <Field
            label={say('part')}
            hint={say('part_hint')}
            value={part}
            maxLength={60}
            error={errorOf('part')}
            onInput={setPart}
          />
          <Field label={say('from')} type="date" value={from} error={errorOf('from')} onInput={setFrom} />
          {refusal && !refusal.fields && <Failed refusal={refusal} />}
          <Act kind="main" submit>
            {say('add_member')}
          </Act>
        </Form>
      )}
    </Sheet>
  )
}
