import { useLocation, useRoute } from '#web/router.tsx'
import { useState } from 'preact/hooks'
import type { Unit } from '../contract.ts'
import { unitInWords, unitTitle } from '../names.ts'
import { fold } from '#core/fold'
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'
import { Act, Empty, Failed, Field, Form, Lines, Page, Sheet, Tick, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { number } from '#web/numbers.ts'
import { useSubmit } from '#web/submit.ts'
import { say } from './say.ts'
import { undoOf } from './undo.ts'

interface HomeLine {
  id: string
  no: number
  headName: string
  alley: string
}
interface Naming {
  name: string
  rest: string
  kind: string
  source: string
}

const load = async (unit: string) => {
  const [seen, homes] = await Promise.all([
    api.units.get({ unit }),
    everyPage(cursor => api.people.list({ unit, limit: 100, ...cursor })),
  ])
  return { seen, homes }
}

const byAlley = (homes: readonly HomeLine[]) =>
  [...Map.groupBy(homes, home => home.alley)].toSorted(([a], [b]) => a.localeCompare(b, 'vi'))

/** Homes with ticks, alley by alley; a whole alley at once. */
function Homes({
  homes,
  chosen,
  onChange,
}: {
  homes: readonly HomeLine[]
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}) {
  const [q, setQ] = useState('')
  const wanted = fold(q)
  const shown = homes.filter(home => fold(`${home.headName} ${home.alley} ${home.no}`).includes(wanted))
  const set = (ids: readonly string[], isOn: boolean) => {
    const next = new Set(chosen)
    for (const id of ids)
      if (isOn) next.add(id)
      else next.delete(id)
    onChange(next)
  }
  return (
    <>
      <Field label={say('find')} type="search" value={q} onInput={setQ} />
      {byAlley(shown).map(([alley, inside]) => {
        const ids = inside.map(home => home.id)
        return (
          <fieldset key={alley}>
            <legend class="label">{alley || say('no_alley')}</legend>
            {alley && inside.length > 1 && (
              <Tick
                label={<b>{say('whole_alley', { alley })}</b>}
                isOn={ids.every(id => chosen.has(id))}
                onChange={isOn => set(ids, isOn)}
              />
            )}
            {inside.map(home => (
              <Tick
                key={home.id}
                label={`${home.headName}, ${home.no}`}
                isOn={chosen.has(home.id)}
                onChange={isOn => set([home.id], isOn)}
              />
            ))}
          </fieldset>
        )
      })}
    </>
  )
}

/** What will happen, in words, before anything does. */
function Review({
  seen,
  homes,
  chosen,
  naming,
  onClose,
}: {
  seen: Unit
  homes: number
  chosen: ReadonlySet<string>
  naming: Naming
  onClose: () => void
}) {
  const [hasLooked, setLooked] = useState(false)
  const { route } = useLocation()
  const { refusal, submit } = useSubmit()
  const { kind, source } = naming
  const split = async () => {
    const parts = [
      { name: naming.name, kind, households: [...chosen] },
      { name: naming.rest, kind },
    ]
    const isDone = await submit(async how => {
      const { units } = await api.units.split({ unit: seen.id, parts, source }, how)
      const undo = undoOf(units[0]!.id, () => route(`/villages/${seen.id}`))
      toast(say('split_done', { title: unitInWords(seen) }), undo)
    })
    if (isDone) route('/villages')
  }
  const part = (name: string, n: number) => (
    <li>{say('split_part', { title: unitTitle({ name, kind }), homes: number(n) })}</li>
  )
  return (
    <Sheet title={say('split')} isOpen onClose={onClose}>
      <Form onSubmit={() => (hasLooked ? split() : undefined)}>
        <div class="stack">
          <p>
            <b>{say('split_says', { title: seen.title, homes: number(homes) })}</b>
          </p>
          <ul>
            {part(naming.name, chosen.size)}
            {part(naming.rest, homes - chosen.size)}
          </ul>
          <p>{say('split_after')}</p>
          <Tick label={say('i_looked')} isOn={hasLooked} onChange={setLooked} />
        </div>
        {refusal && <Failed refusal={refusal} />}
        <Act kind="main" submit disabledBecause={!hasLooked && say('look_first_split')}>
          {say('split')}
        </Act>
      </Form>
    </Sheet>
  )
}

function Splitting({ seen, homes }: { seen: Unit; homes: readonly HomeLine[] }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [naming, setNaming] = useState<Naming>({ name: '', rest: seen.name, kind: seen.kind, source: '' })
  const [isReviewing, setReviewing] = useState(false)
  const isNamed = naming.name.trim() && naming.rest.trim() && naming.kind.trim()
  const set = (change: Partial<Naming>) => setNaming({ ...naming, ...change })
  return (
    <div class="stack-l stack">
      <p>{say('split_words')}</p>
      <Field
        label={say('split_name')}
        hint={say('name_hint')}
        value={naming.name}
        maxLength={80}
        onInput={name => set({ name })}
      />
      <Field
        label={say('rest_name')}
        hint={say('rest_hint')}
        value={naming.rest}
        maxLength={80}
        onInput={rest => set({ rest })}
      />
      <Field
        label={say('kind')}
        hint={say('kind_hint')}
        value={naming.kind}
        maxLength={30}
        onInput={kind => set({ kind })}
      />
      <Field
        label={say('paper')}
        hint={say('paper_hint')}
        value={naming.source}
        maxLength={200}
        onInput={source => set({ source })}
      />
      <Homes homes={homes} chosen={chosen} onChange={setChosen} />
      <p role="status">
        <b>{say('chosen', { n: `${number(chosen.size)}/${number(homes.length)}` })}</b>
      </p>
      <Act
        kind="main"
        disabledBecause={!chosen.size ? say('choose_homes') : !isNamed && say('split_name')}
        onClick={() => setReviewing(true)}
      >
        {say('review')}
      </Act>
      {isReviewing && (
        <Review seen={seen} homes={homes.length} chosen={chosen} naming={naming} onClose={() => setReviewing(false)} />
      )}
    </div>
  )
}

/** A village becomes two: who goes to the new one is ticked, home by home or by the alley. */
export function SplitVillage() {
  const { unitId = '' } = useRoute().params
  const { value, refusal, reload } = useLoaded(() => load(unitId), [unitId])
  return (
    <Page
      title={value ? say('split_title', { title: unitInWords(value.seen) }) : say('split')}
      back={`/villages/${unitId}`}
    >
      {!value && (refusal ? <Failed refusal={refusal} retry={reload} /> : <Lines retry={reload} />)}
      {value && value.homes.length === 0 && (
        <Empty
          title={say('no_homes')}
          words={say('no_homes_words')}
          act={<Act href="/villages">{say('create')}</Act>}
        />
      )}
      {value && value.homes.length > 0 && <Splitting seen={value.seen} homes={value.homes} />}
    </Page>
  )
}
