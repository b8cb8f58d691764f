// One door: what is known, what to say, five big results that work with gloves on.
import { useState } from 'preact/hooks'
import { api, type Refusal } from '#web/api.ts'
import { Act, evidenceOf, Field, Home, Icon, Pick, Sheet, toast } from '#web/kit.tsx'
import type { IconName } from '#web/icons.ts'
import { linkTo } from '#web/links.ts'
import { useLoaded } from '#web/load.ts'
import { phone as spoken } from '#web/numbers.ts'
import { isOnline } from '#web/outbox.ts'
import { near } from '#web/time.ts'
import { outcomeWords, tellOutcome, undoOutcome, type DoorHere, type OutcomeName } from './door-state.ts'
import { say } from './say.ts'

const others: readonly (readonly [OutcomeName, IconName])[] = [
  ['told_by_neighbour', 'nhom'],
  ['nobody_home', 'vang'],
  ['moved', 'bietdi'],
  ['refused', 'chan'],
]

/** Shown once, online, and noted. */
function Phone({ doorId }: { doorId: string }) {
  const [phones, setPhones] = useState<string[]>()
  const show = async () => {
    try {
      setPhones((await api.delivery.doorPhone({ doorId })).phones.map(one => one.phone))
    } catch (error) {
      toast((error as Refusal).message)
    }
  }
  if (!phones)
    return (
      <Act kind="plain" icon="goi" onClick={show}>
        {say('show_phone')}
      </Act>
    )
  return (
    <div>
      {phones.length === 0 && <p class="by">{say('no_phone')}</p>}
      {phones.map(number => (
        <p key={number}>
          <a class="act act-quiet" href={`tel:${number}`}>
            <Icon name="goi" isSmall />
            <span>{spoken(number.replace(/^\+84/, '0'))}</span>
          </a>
        </p>
      ))}
      <p class="by">{say('phone_noted')}</p>
    </div>
  )
}

/** Everybody who was here, what was said, what was put right. */
function Visits({ doorId }: { doorId: string }) {
  const loaded = useLoaded(() => api.delivery.door({ doorId }), [doorId])
  const visits = loaded.value?.visits ?? []
  if (!visits.length) return null
  return (
    <section>
      <h3>{say('who_went')}</h3>
      <ol class="trace">
        {visits.map(visit => (
          <li key={visit.id}>
            <b>
              {say('visit_line', {
                time: near(visit.at),
                outcome: visit.outcome === 'taken_back' ? say('taken_back_entry') : outcomeWords(visit.outcome),
              })}
              {!visit.isStanding && ` (${say('was_wrong')})`}
            </b>
            <span>
              {say(visit.typedBy ? 'visit_typed' : 'visit_by', { by: visit.by ?? '', typed: visit.typedBy ?? '' })}
              {visit.toWhom && `. ${visit.toWhom}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Results from a paper list: who stood at the door. */
function TypedFor({ unit, value, onChange }: { unit: string; value: string; onChange: (account: string) => void }) {
  const walkers = useLoaded(() => api.delivery.walkers({}), [], { stored: 'walkers' })
  // A copy kept before units were told names none.
  const options = (walkers.value?.items ?? []).filter(one => !one.units || one.units.includes(unit))
  if (options.length < 2) return null
  return (
    <Pick
      label={say('typed_for')}
      options={[
        { value: '', label: say('typed_for_me') },
        ...options.map(one => ({ value: one.account, label: `${one.name}, ${one.title}` })),
      ]}
      value={value}
      onChange={onChange}
    />
  )
}

interface Props {
  door: DoorHere
  /** May type in what others found. */
  canType: boolean
  onClose: () => void
}

export function DoorSheet({ door, canType, onClose }: Props) {
  const [toWhom, setToWhom] = useState('')
  const [toldBy, setToldBy] = useState('')
  const tell = async (outcome: OutcomeName) => {
    onClose()
    const result = { outcome, ...(toWhom ? { toWhom } : {}), ...(toldBy ? { toldBy } : {}) }
    const { kept, id } = await tellOutcome(door, result)
    if (kept.state === 'refused') return toast(kept.refusal.message)
    toast(say(`done_${outcome}`), async () => toast(await undoOutcome(door, id)))
  }
  const assist = linkTo('/assist')
  const place = [door.alley, door.landmark, door.way].filter(Boolean).join('. ')
  return (
    <Sheet title={say('home_of', { name: door.headName })} isOpen onClose={onClose}>
      <p class="by">{place}</p>
      <p class="need-say">
        <Home mark={evidenceOf(door.level, door.isTold)} />
        <span>
          {say(door.reason)}
          {door.hasNeed && `. ${say('needs_help')}`}
          {door.listens.length > 0 && `. ${say('listens', { languages: door.listens.join(', ') })}`}
        </span>
      </p>
      {door.isConflict && (
        <p class="bad">
          <Icon name="khan" />
          {say('conflict')}
        </p>
      )}
      {door.say && (
        <section class="band pad">
          <p class="by">{say('what_to_say')}</p>
          <p>{door.say}</p>
        </section>
      )}
      <fieldset class="outs">
        <legend class="label">{say(door.outcome ? 'ask_again' : 'ask_outcome')}</legend>
        <Act kind="main" icon="ro" onClick={() => tell('told')}>
          {say('told')}
        </Act>
        {others.map(([outcome, icon]) => (
          <Act key={outcome} kind="quiet" icon={icon} onClick={() => tell(outcome)}>
            {outcomeWords(outcome)}
          </Act>
        ))}
      </fieldset>
      <p class="by">{say('fix_hint')}</p>
      <Field label={say('to_whom')} hint={say('to_whom_hint')} value={toWhom} onInput={setToWhom} maxLength={80} />
      {canType && <TypedFor unit={door.unitId} value={toldBy} onChange={setToldBy} />}
      {isOnline.value && <Phone doorId={door.doorId} />}
      {isOnline.value && assist && (
        <Act kind="plain" icon="nhom" href={`${assist}?home=${encodeURIComponent(door.householdId)}`}>
          {say('act_for')}
        </Act>
      )}
      {isOnline.value && door.outcome && <Visits doorId={door.doorId} />}
    </Sheet>
  )
}
