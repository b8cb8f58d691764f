import { Field } from '#web/kit.tsx'
import type { Submit } from '#web/submit.ts'
import { say } from './say.ts'

export interface Naming {
  name: string
  kind: string
  source: string
}

interface Props {
  value: Naming
  onChange: (value: Naming) => void
  errorOf: Submit['errorOf']
  /** What the name is of; `Tên` unless told. */
  label?: string
}

/** Name, the word before it, and the paper that decided it. */
export const NameFields = ({ value, onChange, errorOf, label }: Props) => (
  <>
    <Field
      label={label ?? say('name')}
      hint={say('name_hint')}
      value={value.name}
      maxLength={80}
      error={errorOf('name')}
      onInput={name => onChange({ ...value, name })}
    />
    <Field
      label={say('kind')}
      hint={say('kind_hint')}
      value={value.kind}
      maxLength={30}
      error={errorOf('kind')}
      onInput={kind => onChange({ ...value, kind })}
    />
    <Field
      label={say('paper')}
      hint={say('paper_hint')}
      value={value.source}
      maxLength={200}
      error={errorOf('source')}
      onInput={source => onChange({ ...value, source })}
    />
  </>
)
