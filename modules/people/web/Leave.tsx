// A home leaves for another commune: the place is chosen from the country's table, or said in words where nobody knows it.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Choice, Field, Form } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { useAttempt } from './act.ts'
import type { PartProps } from './HomePage.tsx'
import { say } from './say.ts'

const elsewhere = 'elsewhere'

/** Communes and villages of a name, with what they lie in. */
async function placesNamed(name: string) {
  if (name.length < 2) return []
  const { items } = await api.units.list({ name, limit: '8' })
  return items
    .filter(unit => unit.level !== 'province' && unit.level !== 'country')
    .map(unit => ({ value: unit.id, label: [unit.title, unit.parent?.title].filter(Boolean).join(', ') }))
}

export function Leave({ home, set, close }: PartProps & { close: () => void }) {
  const attempt = useAttempt()
  const [to, setTo] = useState('')
  const [chosen, setChosen] = useState('')
  const found = useLoaded(() => placesNamed(to.trim()), [to.trim()])
  const options = found.value?.length ? [...found.value, { value: elsewhere, label: say('leave_elsewhere') }] : []
  const toUnit = options.some(option => option.value === chosen) && chosen !== elsewhere ? chosen : undefined
  const leave = async () => {
    const input = { householdId: home.id, ...(toUnit ? { toUnit } : { to }) }
    const next = await attempt(how => api.people.leave(input, how), say('noted'))
    if (!next) return
    set(next)
    close()
  }
  return (
    <Form onSubmit={leave}>
      <Field label={say('leave_to')} hint={say('leave_hint')} value={to} onInput={setTo} maxLength={200} />
      {options.length > 0 && (
        <Choice label={say('leave_which')} options={options} value={chosen} onChange={setChosen} />
      )}
      {toUnit && <p>{say('leave_takes')}</p>}
      <Act kind="main" submit disabledBecause={options.length > 0 && !chosen && say('leave_which')}>
        {say('leave')}
      </Act>
    </Form>
  )
}
