// Moves, splits, absence, leaving; what happened stays to be read, and may be taken back for thirty days.
import { useState } from 'preact/hooks'
import { useLocation } from '#web/router.tsx'
import { api } from '#web/api.ts'
import { unitsBelow } from '#web/units-below.ts'
import { Act, Acts, Field, Form, Pick, Row, Rows, Sheet, Tick } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { near } from '#web/time.ts'
import { attemptNow, useAttempt } from './act.ts'
import type { PartProps } from './HomePage.tsx'
import { Leave } from './Leave.tsx'
import { say, term } from './say.ts'

type Inside = PartProps & { close: () => void }

function Move({ home, set, close }: Inside) {
  const attempt = useAttempt()
  const unit = useLoaded(() => api.units.get({ unit: home.unitId }), [home.unitId])
  const commune = unit.value?.above.find(one => one.code)?.id
  const villages = useLoaded(() => (commune ? unitsBelow(commune) : Promise.resolve([])), [commune])
  const [to, setTo] = useState('')
  const move = async () => {
    const next = await attempt(how => api.people.move({ householdId: home.id, unit: to }, how), say('moved'))
    if (!next) return
    set(next)
    close()
  }
  const options = (villages.value ?? []).filter(one => one.value !== home.unitId)
  return (
    <Form onSubmit={move}>
      <Pick
        label={say('move_to')}
        options={[{ value: '', label: say('choose_village') }, ...options]}
        value={to}
        onChange={setTo}
      />
      <Act kind="main" submit disabledBecause={!to && say('choose_village')}>
        {say('move')}
      </Act>
    </Form>
  )
}

function Away({ home, set, close }: Inside) {
  const attempt = useAttempt()
  const [until, setUntil] = useState('')
  const note = async (day: string | null) => {
    const next = await attempt(how => api.people.absence({ householdId: home.id, until: day }, how), say('noted'))
    if (!next) return
    set(next)
    close()
  }
  return (
    <Form onSubmit={() => note(until)}>
      <Field label={say('away_day')} type="date" value={until} onInput={setUntil} />
      <Act kind="main" submit disabledBecause={!until && say('day_first')}>
        {say('away')}
      </Act>
      {home.absentUntil && (
        <Act kind="quiet" onClick={() => note(null)}>
          {say('back_home')}
        </Act>
      )}
    </Form>
  )
}

function Split({ home, close }: Inside) {
  const attempt = useAttempt()
  const { route } = useLocation()
  const people = home.people.filter(one => !one.leftAt && !one.diedOn && !one.isHead)
  const [going, setGoing] = useState<string[]>([])
  const [head, setHead] = useState('')
  const chosen = going.includes(head) ? head : (going[0] ?? '')
  const split = async () => {
    const made = await attempt(
      how => api.people.split({ householdId: home.id, persons: going, head: chosen }, how),
      say('split_done'),
    )
    if (!made) return
    close()
    route(`/homes/${encodeURIComponent(made.id)}`)
  }
  return (
    <Form onSubmit={split}>
      <fieldset>
        <legend class="label">{say('who_goes')}</legend>
        {people.map(one => (
          <Tick
            key={one.id}
            label={one.name}
            isOn={going.includes(one.id)}
            onChange={isOn => setGoing(isOn ? [...going, one.id] : going.filter(id => id !== one.id))}
          />
        ))}
      </fieldset>
      <Pick
        label={say('new_head')}
        options={people.filter(one => going.includes(one.id)).map(one => ({ value: one.id, label: one.name }))}
        value={chosen}
        onChange={setHead}
      />
      <Act kind="main" submit disabledBecause={!going.length && say('choose_people')}>
        {say('split')}
      </Act>
    </Form>
  )
}

const acts = { move: Move, split: Split, away: Away, leave: Leave } as const
type ActName = keyof typeof acts

export function LifePart(part: PartProps) {
  const { home, set } = part
  const [open, setOpen] = useState<ActName>()
  const close = () => setOpen(undefined)
  const Open = open && acts[open]
  const undo = async (eventId: string) => {
    const next = await attemptNow(how => api.people.undoEvent({ householdId: home.id, eventId }, how), say('undone'))
    if (next) set(next)
  }
  return (
    <>
      {home.events.length > 0 && (
        <Rows>
          {home.events.map(event => (
            <Row
              key={event.id}
              icon={event.isUndoable ? 'hoantac' : 'gio'}
              title={`${term('event', event.kind)}${event.unitName ? ` ${event.unitName}` : ''}`}
              note={near(event.at)}
              state={event.undoneAt ? say('was_undone') : event.isUndoable ? say('undo') : undefined}
              isNotYet
              onClick={event.isUndoable ? () => void undo(event.id) : undefined}
            />
          ))}
        </Rows>
      )}
      {!home.closedAt && (
        <div class="pad">
          <Acts isLeft>
            {(Object.keys(acts) as ActName[]).map(name => (
              <Act key={name} kind="quiet" onClick={() => setOpen(name)}>
                {say(name)}
              </Act>
            ))}
          </Acts>
        </div>
      )}
      <Sheet title={open ? say(open) : ''} isOpen={Boolean(open)} onClose={close}>
        {Open && <Open {...part} close={close} />}
      </Sheet>
    </>
  )
}
