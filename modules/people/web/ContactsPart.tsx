// Numbers stay masked; one whole number is shown when asked for, and the home sees that it was.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Acts, Failed, Field, Form, Lines, Pick, Sheet } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { near } from '#web/time.ts'
import type { Contact } from '../shapes.ts'
import { contactKinds } from '../words-of-homes.ts'
import { attemptNow, useAttempt } from './act.ts'
import type { PartProps } from './HomePage.tsx'
import { say, saidWords, term } from './say.ts'

const bases = ['consent', 'agency_duty', 'emergency', 'disaster'] as const

function Add({ home, set, close }: PartProps & { close: () => void }) {
  const attempt = useAttempt()
  const [kind, setKind] = useState<(typeof contactKinds)[number]>('phone')
  const [value, setValue] = useState('')
  const [personId, setPerson] = useState('')
  const [basis, setBasis] = useState<(typeof bases)[number]>('consent')
  const [wording, setWording] = useState(say('asked_words'))
  const add = async () => {
    const input = {
      householdId: home.id,
      kind,
      value,
      basis,
      how: 'spoken' as const,
      wording: basis === 'consent' ? wording : '',
    }
    const next = await attempt(
      how => api.people.addContact({ ...input, ...(personId ? { personId } : {}) }, how),
      say('added'),
    )
    if (!next) return
    set(next)
    close()
  }
  const people = home.people.filter(person => !person.leftAt && !person.diedOn)
  return (
    <Form onSubmit={add}>
      <Pick
        label={say('contact_kind')}
        options={contactKinds.map(one => ({ value: one, label: term('contact', one) }))}
        value={kind}
        onChange={one => setKind(one as typeof kind)}
      />
      <Field
        label={say('contact_value')}
        type={kind === 'phone' ? 'tel' : 'text'}
        value={value}
        onInput={setValue}
        maxLength={200}
      />
      <Pick
        label={say('whose')}
        options={[{ value: '', label: say('whole_home') }, ...people.map(one => ({ value: one.id, label: one.name }))]}
        value={personId}
        onChange={setPerson}
      />
      <Pick
        label={say('basis')}
        options={bases.map(one => ({ value: one, label: term('basis', one) }))}
        value={basis}
        onChange={one => setBasis(one as typeof basis)}
      />
      {basis === 'consent' && (
        <Field
          label={say('wording')}
          hint={say('wording_hint')}
          rows={2}
          value={wording}
          onInput={setWording}
          maxLength={500}
        />
      )}
      <Act kind="main" submit disabledBecause={!value.trim() && say('value_first')}>
        {say('add_contact')}
      </Act>
    </Form>
  )
}

function Ledger({ householdId }: { householdId: string }) {
  const loaded = useLoaded(() => api.people.consents({ householdId }), [householdId])
  if (loaded.refusal) return <Failed refusal={loaded.refusal} retry={loaded.reload} />
  if (!loaded.value) return <Lines />
  if (!loaded.value.items.length) return <p class="soft">{say('ledger_empty')}</p>
  return (
    <ol class="stack">
      {loaded.value.items.map((one, n) => (
        <li key={n}>
          <b>
            {saidWords(one)}: {term('purpose', one.purpose)}
          </b>
          <p class="by">
            {near(one.at)} · {term('basis', one.basis)} · {term('how', one.how)}
          </p>
          {one.wording && <p class="soft">“{one.wording}”</p>}
        </li>
      ))}
    </ol>
  )
}

function One({ home, set, contact }: PartProps & { contact: Contact }) {
  const [number, setNumber] = useState<string>()
  const owner = home.people.find(one => one.id === contact.personId)
  const ids = { householdId: home.id, contactId: contact.id }
  const ending = useAttempt()
  const show = async () => setNumber((await attemptNow(() => api.people.showContact(ids)))?.spoken)
  const end = async () => {
    const next = await ending(how => api.people.endContact(ids, how), say('ended'))
    if (next) set(next)
  }
  const basis = (contact.consents.find(one => one.said === 'yes') ?? contact.consents[0])?.basis
  const stops = contact.consents.filter(one => one.said !== 'yes')
  return (
    <li class="pad stack">
      <p>
        <b class="n">{number ?? contact.masked}</b> <span class="soft">{owner?.name ?? say('whole_home')}</span>
      </p>
      <p class="by">
        {basis && term('basis', basis)}
        {contact.isShared && ` · ${say('shared')}`}
        {contact.isDead && ` · ${say('contact_dead')}`}
        {stops.map(one => ` · ${term('said', one.said)}: ${term('purpose', one.purpose)}`)}
      </p>
      <Acts isLeft>
        <Act kind="quiet" icon="mat" onClick={show}>
          {say('show_number')}
        </Act>
        {!home.closedAt && (
          <Act kind="quiet" onClick={end}>
            {say('end_contact')}
          </Act>
        )}
      </Acts>
    </li>
  )
}

export function ContactsPart(part: PartProps) {
  const { home } = part
  const [open, setOpen] = useState<'add' | 'ledger'>()
  const close = () => setOpen(undefined)
  return (
    <>
      {home.contacts.length ? (
        <ul>
          {home.contacts.map(contact => (
            <One key={contact.id} {...part} contact={contact} />
          ))}
        </ul>
      ) : (
        <p class="pad soft">{say('no_contact')}</p>
      )}
      <div class="pad stack">
        <p class="by">{say('look_noted')}</p>
        <Acts isLeft>
          {!home.closedAt && (
            <Act kind="quiet" icon="goi" onClick={() => setOpen('add')}>
              {say('add_contact')}
            </Act>
          )}
          <Act kind="quiet" icon="khien" onClick={() => setOpen('ledger')}>
            {say('ledger')}
          </Act>
        </Acts>
      </div>
      <Sheet title={say('add_contact')} isOpen={open === 'add'} onClose={close}>
        <Add {...part} close={close} />
      </Sheet>
      <Sheet title={say('ledger')} isOpen={open === 'ledger'} onClose={close}>
        <Ledger householdId={home.id} />
      </Sheet>
    </>
  )
}
