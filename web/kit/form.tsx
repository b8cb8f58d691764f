import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import type { IconName } from '../icons.ts'
import { Icon } from './icon.tsx'
import { oneAtATime } from './one-at-a-time.ts'
import { saying } from './toast.tsx'
import { number } from '../numbers.ts'

const Bad = ({ id, error }: { id: string; error: string | undefined }) =>
  error ? (
    <p class="bad" id={id}>
      <Icon name="khan" />
      {error}
    </p>
  ) : null

export interface FieldProps {
  label: string
  hint?: string | undefined
  /** How to put it right. */
  error?: string | undefined
  value: string
  onInput: (value: string) => void
  type?: 'text' | 'tel' | 'search' | 'date' | 'time' | 'password' | 'email' | 'datetime-local' | 'number' | undefined
  /** A text of several lines. */
  rows?: number | undefined
  name?: string | undefined
  autocomplete?: string | undefined
  isRequired?: boolean | undefined
  maxLength?: number | undefined
  lang?: string | undefined
}

/** A labelled field; what was typed stays when it is wrong. */
export function Field({
  label,
  hint,
  error,
  value,
  onInput,
  type,
  rows,
  name,
  autocomplete,
  isRequired,
  maxLength,
  lang,
}: FieldProps) {
  const id = useId()
  const common = {
    id,
    name,
    lang,
    value,
    required: isRequired,
    maxLength,
    autocomplete,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': [hint && `${id}-hint`, error && `${id}-bad`].filter(Boolean).join(' ') || undefined,
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => onInput(event.currentTarget.value),
  }
  return (
    <div class={error ? 'field field-bad' : 'field'}>
      <label for={id}>
        {label}
        {hint && (
          <span class="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </label>
      {rows ? (
        <textarea rows={rows} {...common} />
      ) : (
        <input {...({ type: type ?? 'text' } as { type: 'text' })} {...common} />
      )}
      <Bad id={`${id}-bad`} error={error} />
    </div>
  )
}

export interface Option {
  value: string
  label: string
  hint?: string | undefined
  /** How many; for filters. */
  count?: number | undefined
  icon?: IconName | undefined
}

interface PickProps {
  label: string
  hint?: string | undefined
  error?: string | undefined
  options: readonly Option[]
  value: string
  onChange: (value: string) => void
}

/** One of a few, all of them in sight. */
export function Choice({ label, hint, error, options, value, onChange }: PickProps) {
  const id = useId()
  return (
    <fieldset class={error ? 'field-bad' : undefined} aria-describedby={error ? `${id}-bad` : undefined}>
      <legend class="label">
        {label}
        {hint && <span class="hint">{hint}</span>}
      </legend>
      {options.map(option => (
        <label class="choice" key={option.value}>
          <input
            type="radio"
            name={id}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.hint && <span class="hint">{option.hint}</span>}
          </span>
        </label>
      ))}
      <Bad id={`${id}-bad`} error={error} />
    </fieldset>
  )
}

/** One of many. */
export function Pick({ label, hint, error, options, value, onChange }: PickProps) {
  const id = useId()
  return (
    <div class={error ? 'field field-bad' : 'field'}>
      <label for={id}>
        {label}
        {hint && <span class="hint">{hint}</span>}
      </label>
      <select
        id={id}
        value={value}
        aria-describedby={error ? `${id}-bad` : undefined}
        onChange={event => onChange(event.currentTarget.value)}
      >
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Bad id={`${id}-bad`} error={error} />
    </div>
  )
}

/** Yes or no. */
export const Tick = ({
  label,
  hint,
  isOn,
  onChange,
}: {
  label: ComponentChildren
  hint?: string | undefined
  isOn: boolean
  onChange: (isOn: boolean) => void
}) => (
  <label class="choice">
    <input type="checkbox" checked={isOn} onChange={event => onChange(event.currentTarget.checked)} />
    <span>
      {label}
      {hint && <span class="hint">{hint}</span>}
    </span>
  </label>
)

/** Filters with their counts. */
export const Chips = ({ label, options, value, onChange }: Omit<PickProps, 'hint' | 'error'>) => (
  <div class="chips" role="group" aria-label={label}>
    {options.map(option => (
      <button
        key={option.value}
        type="button"
        class="chip"
        aria-pressed={option.value === value}
        onClick={() => onChange(option.value)}
      >
        {option.icon && <Icon name={option.icon} isSmall />}
        {option.label}
        {option.count !== undefined && <span class="n">{number(option.count)}</span>}
      </button>
    ))}
  </div>
)

/** A form whose fields are checked by the server; `fields` of a refusal are the errors. While it is sent it takes no second tap. */
export function Form({ onSubmit, children }: { onSubmit: () => unknown; children: ComponentChildren }) {
  const run = useRef(oneAtATime())
  return (
    <form
      class="stack-l stack"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        void run.current(() => saying(onSubmit))
      }}
    >
      {children}
    </form>
  )
}
