// What has to be filled in for an account, made from the list that its way of speaking brings.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Failed, Field, Form, Pick, Sheet, Tick, toast } from '#web/kit.tsx'
import { useSubmit, type Submit } from '#web/submit.ts'
import type { Account, Adapter } from './account-words.ts'
import { say, term } from './say.ts'

type FieldOf = Adapter['fields'][number]
type Typed = Record<string, string | boolean>

const initialOf = (adapter: Adapter, account: Account | undefined): Typed =>
  Object.fromEntries(
    adapter.fields.map(({ name, type, initial }) => {
      const value = account?.settings[name] ?? (account ? undefined : initial) ?? (type === 'flag' ? false : '')
      return [name, typeof value === 'boolean' ? value : String(value)]
    }),
  )

/** What was left empty is not sent: an optional field is absent, a secret stays. */
function sent(fields: readonly FieldOf[], typed: Typed, isSecret: boolean) {
  const mine = fields.filter(field => (field.type === 'secret') === isSecret)
  const values = mine.flatMap(({ name, type }) => {
    const value = typed[name]
    if (value === undefined || value === '') return []
    return [[name, type === 'whole' ? Number(value) : value] as const]
  })
  return Object.fromEntries(values)
}

interface OneProps {
  field: FieldOf
  value: string | boolean
  isKept: boolean
  error: string | undefined
  onInput: (value: string | boolean) => void
}

function One({ field, value, isKept, error, onInput }: OneProps) {
  const label = term('field', field.name)
  const optional = field.isOptional ? say('optional') : undefined
  if (field.type === 'flag') return <Tick label={label} isOn={value === true} onChange={onInput} />
  if (field.type === 'choice')
    return (
      <Pick
        label={label}
        value={String(value)}
        error={error}
        onChange={onInput}
        options={field.options.map(one => ({ value: one, label: term('option', one) }))}
      />
    )
  return (
    <Field
      label={label}
      hint={isKept ? say('secret_kept') : optional}
      value={String(value)}
      error={error}
      type={field.type === 'secret' ? 'password' : field.type === 'whole' ? 'number' : 'text'}
      autocomplete={field.type === 'secret' ? 'new-password' : 'off'}
      maxLength={2000}
      onInput={onInput}
    />
  )
}

interface Props {
  adapters: readonly Adapter[]
  /** Absent: a new one. */
  account?: Account
  onClose: () => void
  onDone: () => unknown
}

/** @param isLeft a key that was kept and not typed again */
const errorIn = ({ errorOf }: Submit, name: string, isLeft: boolean) =>
  errorOf(name) ? say(isLeft ? 'secret_again' : 'field_wrong') : undefined

export function AccountForm({ adapters, account, onClose, onDone }: Props) {
  const [name, setName] = useState(account?.adapter ?? adapters[0]?.name ?? '')
  const adapter = adapters.find(one => one.name === name)!
  const [called, setCalled] = useState(account?.name ?? '')
  const [typed, setTyped] = useState(() => initialOf(adapter, account))
  const form = useSubmit()
  const choose = (next: string) => {
    setName(next)
    setTyped(
      initialOf(
        adapters.find(one => one.name === next)!,
        undefined,
      ),
    )
  }
  const save = async () => {
    const values = { name: called, settings: sent(adapter.fields, typed, false) }
    const secrets = sent(adapter.fields, typed, true) as Record<string, string>
    const isDone = await form.submit(how =>
      account
        ? api.channels.changeAccount({ accountId: account.id, version: account.version, secrets, ...values }, how)
        : api.channels.addAccount({ adapter: name, secrets, ...values }, how),
    )
    if (!isDone) return
    toast(say('saved', { name: called }))
    onClose()
    await onDone()
  }
  return (
    <Sheet title={account ? say('change') : say('add')} isOpen onClose={onClose}>
      <Form onSubmit={save}>
        {!account && (
          <Pick
            label={say('way')}
            value={name}
            onChange={choose}
            options={adapters.map(one => ({ value: one.name, label: term('adapter', one.name) }))}
          />
        )}
        <p class="soft">{term('guide', name)}</p>
        <Field
          label={say('called')}
          hint={say('called_hint')}
          value={called}
          maxLength={80}
          error={form.errorOf('name')}
          onInput={setCalled}
        />
        {adapter.fields.map(field => (
          <One
            key={`${name}/${field.name}`}
            field={field}
            value={typed[field.name] ?? ''}
            isKept={Boolean(account?.secretsKept.includes(field.name))}
            error={errorIn(form, field.name, field.type === 'secret' && !typed[field.name] && Boolean(account))}
            onInput={value => setTyped({ ...typed, [field.name]: value })}
          />
        ))}
        {form.refusal && <Failed refusal={form.refusal} />}
        <Act kind="main" submit>
          {say('save')}
        </Act>
      </Form>
    </Sheet>
  )
}
