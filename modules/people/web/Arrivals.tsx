// Homes that another commune says come here: received into a village, or answered that they did not come.
import { useState } from 'preact/hooks'
import { useLocation } from '#web/router.tsx'
import { api } from '#web/api.ts'
import { unitsBelow } from '#web/units-below.ts'
import { Act, Acts, Chips, Empty, Failed, Field, Form, Lines, Page, Pick, Row, Rows, Sheet } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { number } from '#web/numbers.ts'
import { near } from '#web/time.ts'
import type { Arrival } from '../contract-removals.ts'
import { useAttempt } from './act.ts'
import { say, term } from './say.ts'
import './people.css'

function Decline({ arrival, done }: { arrival: Arrival; done: () => unknown }) {
  const attempt = useAttempt()
  const [words, setWords] = useState('')
  const decline = async () => {
    const input = { arrivalId: arrival.id, words }
    if (await attempt(how => api.people.declineArrival(input, how), say('answered'))) await done()
  }
  return (
    <Form onSubmit={decline}>
      <p>{say('decline_words')}</p>
      <Field label={say('decline_why')} hint={say('decline_hint')} value={words} onInput={setWords} maxLength={200} />
      <Act kind="main" submit>
        {say('decline')}
      </Act>
    </Form>
  )
}

function Answer({ arrival, done }: { arrival: Arrival; done: () => unknown }) {
  const attempt = useAttempt()
  const { route } = useLocation()
  const own = me.value?.unit
  const isVillage = own?.level === 'village' || own?.level === 'hamlet'
  const villages = useLoaded(() => (isVillage ? Promise.resolve(undefined) : unitsBelow(own!.id)), [own?.id])
  const [unit, setUnit] = useState(arrival.isVillage ? arrival.unitId : isVillage ? own.id : '')
  const [isDeclining, setDeclining] = useState(false)
  const accept = async () => {
    const home = await attempt(how => api.people.acceptArrival({ arrivalId: arrival.id, unit }, how), say('received'))
    if (home) route(`/homes/${encodeURIComponent(home.id)}`)
  }
  if (isDeclining) return <Decline arrival={arrival} done={done} />
  return (
    <Form onSubmit={accept}>
      <p>{say('accept_words')}</p>
      {!isVillage && (
        <Pick
          label={say('village')}
          options={[{ value: '', label: say('choose_village') }, ...(villages.value ?? [])]}
          value={unit}
          onChange={setUnit}
        />
      )}
      <Act kind="main" submit disabledBecause={!unit && say('choose_village')}>
        {say('accept')}
      </Act>
      <Acts isLeft>
        <Act kind="plain" onClick={() => setDeclining(true)}>
          {say('decline')}
        </Act>
      </Acts>
    </Form>
  )
}

function List({ items, open }: { items: readonly Arrival[]; open: (arrival: Arrival) => void }) {
  return (
    <Rows label={say('arrivals')}>
      {items.map(one => (
        <Row
          key={one.id}
          icon="nha"
          title={one.headName ? say('home_of', { name: one.headName }) : say('arrival_from', { from: one.from })}
          note={[
            one.headName && say('arrival_from', { from: one.from }),
            say('persons_n', { n: number(one.persons) }),
            one.isVillage && one.unitName,
            near(one.answeredAt ?? one.at),
          ]
            .filter(Boolean)
            .join(' · ')}
          state={term('removal', one.state)}
          isNotYet={one.state !== 'received'}
          {...(one.householdId
            ? { href: `/homes/${encodeURIComponent(one.householdId)}` }
            : one.state === 'waiting'
              ? { onClick: () => open(one) }
              : {})}
        />
      ))}
    </Rows>
  )
}

export function Arrivals() {
  const [open, setOpen] = useState<'true' | 'false'>('true')
  const [answering, setAnswering] = useState<Arrival>()
  const loaded = useLoaded(() => api.people.arrivals({ open }), [open], { every: 120_000 })
  const items = loaded.value?.items
  const done = async () => {
    setAnswering(undefined)
    await loaded.reload()
  }
  return (
    <Page
      title={items && open === 'true' ? say('arrivals_n', { n: number(items.length) }) : say('arrivals')}
      back="/homes"
    >
      <section class="pad">
        <Chips
          label={say('arrivals')}
          options={[
            { value: 'true', label: say('open') },
            { value: 'false', label: say('closed') },
          ]}
          value={open}
          onChange={value => setOpen(value as typeof open)}
        />
      </section>
      {loaded.refusal && <Failed refusal={loaded.refusal} retry={loaded.reload} />}
      {loaded.isLoading && <Lines retry={loaded.reload} />}
      {items?.length === 0 && <Empty title={say('no_arrivals')} words={say('no_arrivals_words')} />}
      {items && items.length > 0 && <List items={items} open={setAnswering} />}
      <Sheet
        title={answering?.headName ? say('home_of', { name: answering.headName }) : say('arrivals')}
        isOpen={Boolean(answering)}
        onClose={() => setAnswering(undefined)}
      >
        {answering && <Answer key={answering.id} arrival={answering} done={done} />}
      </Sheet>
    </Page>
  )
}
