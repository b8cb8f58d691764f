// The village's register: every home on one screen, found by name with or without marks.
import { useState } from 'preact/hooks'
import { useLocation, useRoute } from '#web/router.tsx'
import { fold } from '#core/fold'
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'
import { unitsBelow } from '#web/units-below.ts'
import { Act, Acts, Empty, Failed, Field, Lines, Page, Pick, Row, Rows, Table, Tag } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { isDesk, me } from '#web/me.ts'
import { number } from '#web/numbers.ts'
import { date } from '#web/time.ts'
import type { HomeLine } from '../shapes.ts'
import { languageName } from '../words-of-homes.ts'
import { say, term } from './say.ts'
import './people.css'

/** A whole village, page by page: 121 homes are two asks. */
const everyHome = (unit: string): Promise<HomeLine[]> =>
  everyPage(cursor => api.people.list({ unit, limit: 100, ...cursor }))

/** Of a commune what was asked for, the likeliest first. */
const homesLike = async (q: string) => (await api.people.list({ q, limit: 100 })).items

const link = (home: HomeLine) => `/homes/${encodeURIComponent(home.id)}`
const where = (home: HomeLine) => [home.alley, home.landmark].filter(Boolean).join(', ')
const heard = (home: HomeLine) =>
  home.languages.filter(tag => tag !== 'vi').map(tag => say('listens', { language: languageName(tag) }))

function Marks({ home }: { home: HomeLine }) {
  return (
    <>
      {home.needs.map(need => (
        <Tag key={need}>{term('need', need)}</Tag>
      ))}
      {home.absentUntil && <Tag>{say('away_until', { day: date(home.absentUntil) })}</Tag>}
    </>
  )
}

const columns = () => [
  { head: say('head'), cell: (home: HomeLine) => <a href={link(home)}>{home.headName}</a> },
  { head: say('where'), cell: where },
  { head: say('phone'), cell: (home: HomeLine) => home.phone ?? <span class="soft">{term('kind', 'none')}</span> },
  { head: say('persons'), cell: (home: HomeLine) => number(home.persons), isRight: true },
]

/** Two columns at a desk: a village stands on one screen. */
function DeskList({ homes }: { homes: readonly HomeLine[] }) {
  const half = Math.ceil(homes.length / 2)
  const parts = homes.length > 20 ? [homes.slice(0, half), homes.slice(half)] : [homes]
  return (
    <div class={parts.length > 1 ? 'two' : undefined}>
      {parts.map((part, n) => (
        <Table
          key={n}
          caption={say('register_caption', { n: number(homes.length) })}
          columns={columns()}
          rows={part}
          keyOf={home => home.id}
          isTight
        />
      ))}
    </div>
  )
}

const PhoneList = ({ homes }: { homes: readonly HomeLine[] }) => (
  <Rows label={say('register_caption', { n: number(homes.length) })}>
    {homes.map(home => (
      <Row
        key={home.id}
        home={home.phoneKind === 'app' ? 'e2' : home.phoneKind === 'voice' ? 'e4' : 'e6'}
        title={home.headName}
        note={[where(home), ...heard(home)].filter(Boolean).join(' · ')}
        state={
          <>
            {home.phone ?? term('kind', 'none')} <Marks home={home} />
          </>
        }
        isNotYet={!home.phone}
        href={link(home)}
      />
    ))}
  </Rows>
)

function Villages({ value, choose }: { value: string; choose: (unit: string) => void }) {
  const unit = me.value?.unit?.id
  const villages = useLoaded(() => unitsBelow(unit!), [unit])
  if (!villages.value) return null
  return (
    <Pick
      label={say('village')}
      options={[{ value: '', label: say('choose_village') }, ...villages.value]}
      value={value}
      onChange={choose}
    />
  )
}

/** What an officer does with a whole register. */
const DeskActs = ({ unit }: { unit: string }) => (
  <Acts isLeft>
    <Act kind="quiet" icon="xuong" href={`/api/v1/exports/households?format=xlsx${unit ? `&unit=${unit}` : ''}`}>
      {say('export')}
    </Act>
  </Acts>
)

export function Register() {
  const { query } = useRoute()
  const { route } = useLocation()
  const own = me.value?.unit
  const isVillage = own?.level === 'village' || own?.level === 'hamlet'
  const unit = query['unit'] ?? (isVillage ? own.id : '')
  const [q, setQ] = useState('')
  const [asked, setAsked] = useState('')
  // A village is here as a whole and is searched here; a commune is asked.
  const homes = useLoaded(
    () => (unit ? everyHome(unit) : asked ? homesLike(asked) : Promise.resolve([])),
    [unit, asked],
  )
  const coming = useLoaded(() => api.people.arrivals({}).catch(() => undefined), []).value?.items.length
  const found = (homes.value ?? []).filter(
    home => !q || !unit || fold(`${home.headName} ${where(home)} ${home.sheetNo ?? ''}`).includes(fold(q)),
  )
  return (
    <Page title={unit && homes.value ? say('register_title', { n: number(homes.value.length) }) : say('register')}>
      <section class="pad stack">
        {!isVillage && <Villages value={unit} choose={to => route(to ? `/homes?unit=${to}` : '/homes')} />}
        <form
          onSubmit={event => {
            event.preventDefault()
            setAsked(q.trim())
          }}
        >
          <Field
            label={say('find')}
            hint={unit ? undefined : say('find_commune')}
            type="search"
            value={q}
            onInput={setQ}
          />
        </form>
        <Acts isLeft>
          <Act kind="quiet" icon="nha" href={`/homes/new${unit ? `?unit=${unit}` : ''}`}>
            {say('add_home')}
          </Act>
          <Act kind="quiet" icon="nhom" href={`/homes/duplicates${unit ? `?unit=${unit}` : ''}`}>
            {say('duplicates')}
          </Act>
          <Act kind="quiet" icon="chuyen" href="/homes/arrivals">
            {coming ? say('arrivals_n', { n: number(coming) }) : say('arrivals')}
          </Act>
        </Acts>
        {isDesk() && <DeskActs unit={unit} />}
      </section>
      {homes.refusal && <Failed refusal={homes.refusal} retry={homes.reload} />}
      {homes.isLoading && <Lines retry={homes.reload} />}
      {homes.value && found.length > 0 && (isDesk() ? <DeskList homes={found} /> : <PhoneList homes={found} />)}
      {homes.value && found.length === 0 && (unit || asked) && (
        <Empty title={say('nobody')} words={say(q ? 'nobody_found' : 'nobody_yet')} />
      )}
    </Page>
  )
}
