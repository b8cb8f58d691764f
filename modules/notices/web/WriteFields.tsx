// The fields of a notice: what stands first is what every notice needs; the rest opens when asked for.
import { Act, Chips, Field, Pick, Tick } from '#web/kit.tsx'
import { topics } from '../topics.ts'
import { isRelayable, type Fields } from './draft.ts'
import { say } from './say.ts'
import { StepWords } from './StepWords.tsx'

export interface FieldsProps {
  fields: Fields
  set: (change: Partial<Fields>) => void
  /** What the server found wrong, by field. */
  wrong: Record<string, string[]>
}

const first = (wrong: FieldsProps['wrong'], name: string) => wrong[name]?.[0]

const StepFields = ({ fields, set, wrong }: FieldsProps) => (
  <fieldset class="stack">
    <legend class="label">
      {say('steps')}
      <span class="hint">{say(fields.class === 'emergency' ? 'steps_hint_must' : 'steps_hint')}</span>
    </legend>
    <StepWords steps={fields.steps} set={set} errorOf={name => first(wrong, name)} />
    {fields.steps.length < 3 && (
      <Act kind="quiet" icon="cong" onClick={() => set({ steps: [...fields.steps, { act: '', why: '' }] })}>
        {say('add_step')}
      </Act>
    )}
  </fieldset>
)

const PaperFields = ({ fields, set }: FieldsProps) => (
  <>
    <div class="field-row">
      <Field
        label={say('paper_number')}
        value={fields.paper.number}
        maxLength={60}
        onInput={number => set({ paper: { ...fields.paper, number } })}
      />
      <Field
        label={say('paper_date')}
        type="date"
        value={fields.paper.date}
        onInput={date => set({ paper: { ...fields.paper, date } })}
      />
    </div>
    <Field
      label={say('paper_issuer')}
      value={fields.paper.issuer}
      maxLength={200}
      onInput={issuer => set({ paper: { ...fields.paper, issuer } })}
    />
    <Field
      label={say('official')}
      hint={say('official_hint')}
      rows={6}
      value={fields.official}
      onInput={official => set({ official })}
    />
  </>
)

const Rest = ({ fields, set, wrong, mayRelay }: FieldsProps & { mayRelay: boolean }) => (
  <details class="more" open={Boolean(fields.paper.number || fields.official)}>
    <summary>{say('more_fields')}</summary>
    <div class="stack">
      <PaperFields fields={fields} set={set} wrong={wrong} />
      <Pick
        label={say('topic')}
        value={fields.topic}
        options={topics.map(value => ({ value, label: say(`topic_${value}`) }))}
        onChange={topic => set({ topic })}
      />
      <Pick
        label={say('ask')}
        hint={say('ask_hint')}
        value={fields.ask}
        options={(['', 'delivered', 'seen', 'acknowledged'] as const).map(value => ({
          value,
          label: say(`ask_${value || 'auto'}`),
        }))}
        onChange={ask => set({ ask: ask as Fields['ask'] })}
      />
      {mayRelay && isRelayable(fields) && (
        <Tick
          label={say('relayed')}
          hint={say('relayed_hint')}
          isOn={fields.isRelayed}
          onChange={isRelayed => set({ isRelayed })}
        />
      )}
      <Field label={say('until')} type="date" value={fields.until} onInput={until => set({ until })} />
      <Field
        label={say('send_at')}
        hint={say('send_at_hint')}
        type="datetime-local"
        value={fields.at}
        onInput={at => set({ at })}
      />
    </div>
  </details>
)

export function WriteFields({ fields, set, wrong, mayRelay }: FieldsProps & { mayRelay: boolean }) {
  const hasSteps = fields.class === 'emergency' || fields.steps.length > 0
  const choose = (of: string) =>
    set({
      class: of as Fields['class'],
      ...(of === 'emergency' && !fields.steps.length ? { steps: [{ act: '', why: '' }] } : {}),
    })
  return (
    <>
      <Chips
        label={say('class')}
        value={fields.class}
        options={[
          { value: 'normal', label: say('class_normal'), icon: 'thuong' },
          { value: 'priority', label: say('class_priority'), icon: 'uutien' },
          { value: 'emergency', label: say('class_emergency'), icon: 'khan' },
        ]}
        onChange={choose}
      />
      <Field
        label={say('title')}
        value={fields.title}
        maxLength={200}
        error={first(wrong, 'title')}
        onInput={title => set({ title })}
      />
      <div class="field-row">
        <Field label={say('day')} type="date" value={fields.day} onInput={day => set({ day })} />
        <Field label={say('hour')} type="time" value={fields.hour} onInput={hour => set({ hour })} />
      </div>
      {fields.day && (
        <Field label={say('place')} value={fields.place} maxLength={300} onInput={place => set({ place })} />
      )}
      <Field
        label={say('words')}
        hint={say('words_hint')}
        rows={5}
        value={fields.words}
        maxLength={fields.official ? 1000 : 20_000}
        error={first(wrong, 'plain') ?? first(wrong, 'body')}
        onInput={words => set({ words })}
      />
      {hasSteps ? (
        <StepFields fields={fields} set={set} wrong={wrong} />
      ) : (
        <Act kind="quiet" icon="cong" onClick={() => set({ steps: [{ act: '', why: '' }] })}>
          {say('add_steps')}
        </Act>
      )}
      <Rest fields={fields} set={set} wrong={wrong} mayRelay={mayRelay} />
    </>
  )
}
