import { useState } from 'preact/hooks'
import { useLocation, useRoute } from '#web/router.tsx'
import { api } from '#web/api.ts'
import { unitsBelow } from '#web/units-below.ts'
import { Act, Field, Form, Page, Pick } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { useAttempt } from './act.ts'
import { asFields, emptyDraft, HomeForm, isPinBad } from './HomeForm.tsx'
import { say } from './say.ts'
import './people.css'

export function NewHome() {
  const attempt = useAttempt()
  const { query } = useRoute()
  const { route } = useLocation()
  const own = me.value?.unit
  const isVillage = own?.level === 'village' || own?.level === 'hamlet'
  const [unit, setUnit] = useState(query['unit'] ?? (isVillage ? own.id : ''))
  const [name, setName] = useState('')
  const [year, setYear] = useState('')
  const [draft, setDraft] = useState(emptyDraft)
  const villages = useLoaded(() => (isVillage ? Promise.resolve(undefined) : unitsBelow(own!.id)), [own?.id])
  const add = async () => {
    const head = { name, birthYear: Number(year) || null }
    const home = await attempt(how => api.people.add({ unit, head, ...asFields(draft) }, how), say('added'))
    if (home) route(`/homes/${encodeURIComponent(home.id)}`)
  }
  return (
    <Page title={say('add_home')} back="/homes">
      <section class="pad">
        <Form onSubmit={add}>
          {!isVillage && (
            <Pick
              label={say('village')}
              options={[{ value: '', label: say('choose_village') }, ...(villages.value ?? [])]}
              value={unit}
              onChange={setUnit}
            />
          )}
          <Field label={say('head_name')} value={name} onInput={setName} maxLength={100} isRequired />
          <Field label={say('birth_year')} type="tel" value={year} onInput={setYear} />
          <HomeForm draft={draft} change={setDraft} />
          <Act
            kind="main"
            submit
            disabledBecause={
              (!unit && say('choose_village')) ||
              (!name.trim() && say('name_first')) ||
              (isPinBad(draft) && say('pin_bad'))
            }
          >
            {say('add_home')}
          </Act>
        </Form>
      </section>
    </Page>
  )
}
