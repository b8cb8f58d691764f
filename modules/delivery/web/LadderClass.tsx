// The steps of one class of notices, changed in plain words: after how long, by what, and when it is silent.
import { channelName } from '#channels/names'
import { Act, Acts, Field, Tick } from '#web/kit.tsx'
import { channelsOf, type QuietHours, type Rung } from '../ladder.ts'
import { say } from './ladder-say.ts'

export interface ChannelKnown {
  name: string
  isReady: boolean
  isPaid: boolean
}

const night: QuietHours = { from: 1260, to: 360 }
const two = (n: number) => String(n).padStart(2, '0')
const timeOf = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
const minutesOf = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes) % 1440
}
const whole = (typed: string) => Math.max(0, Math.round(Number(typed) || 0))

interface Props {
  rung: Rung
  place: number
  channels: readonly ChannelKnown[]
  onChange: (rung: Rung) => void
  onRemove: () => void
}

function Quiet({ rung, onChange }: Pick<Props, 'rung' | 'onChange'>) {
  const { quiet, ...rest } = rung
  return (
    <>
      <Tick
        label={say('quiet')}
        isOn={Boolean(quiet)}
        onChange={isOn => onChange(isOn ? { ...rest, quiet: night } : rest)}
      />
      {quiet && (
        <div class="stack">
          <Field
            label={say('quiet_from')}
            type="time"
            value={timeOf(quiet.from)}
            onInput={time => onChange({ ...rest, quiet: { ...quiet, from: minutesOf(time) } })}
          />
          <Field
            label={say('quiet_to')}
            type="time"
            value={timeOf(quiet.to)}
            onInput={time => onChange({ ...rest, quiet: { ...quiet, to: minutesOf(time) } })}
          />
        </div>
      )}
    </>
  )
}

/** One channel stays a name, several a list; `each` goes with the list. */
function withChannels({ each, ...rung }: Rung, names: string[]): Rung {
  return names.length > 1 ? { ...rung, channel: names, ...(each ? { each } : {}) } : { ...rung, channel: names[0]! }
}

function Ways({ rung, channels, onChange }: Pick<Props, 'rung' | 'channels' | 'onChange'>) {
  const chosen = channelsOf(rung)
  const toggle = (name: string, isOn: boolean) => {
    const names = isOn ? [...chosen, name] : chosen.filter(one => one !== name)
    if (names.length) onChange(withChannels(rung, names))
  }
  return (
    <fieldset>
      <legend class="label">
        {say('step_channels')}
        <span class="hint">{say('step_channels_hint')}</span>
      </legend>
      {channels.map(({ name, isReady, isPaid }) => (
        <Tick
          key={name}
          label={channelName(name)}
          hint={isReady ? (isPaid ? say('paid') : undefined) : say('no_account')}
          isOn={chosen.includes(name)}
          onChange={isOn => toggle(name, isOn)}
        />
      ))}
    </fieldset>
  )
}

export function RungForm({ rung, place, channels, onChange, onRemove }: Props) {
  const isDoor = channelsOf(rung)[0] === 'door'
  return (
    <section class="stack" aria-label={say('step', { n: String(place) })}>
      <h3>
        {say('step', { n: String(place) })}
        {isDoor && `: ${channelName('door')}`}
      </h3>
      <Field
        label={say('step_after')}
        hint={say('step_after_hint')}
        type="number"
        value={String(rung.after)}
        onInput={typed => onChange({ ...rung, after: whole(typed) })}
      />
      {!isDoor && <Ways rung={rung} channels={channels} onChange={onChange} />}
      {channelsOf(rung).length > 1 && (
        <Field
          label={say('step_each')}
          hint={say('step_each_hint')}
          type="number"
          value={String(rung.each ?? '')}
          onInput={typed => onChange({ ...rung, each: Math.max(1, whole(typed)) })}
        />
      )}
      {!isDoor && <Quiet rung={rung} onChange={onChange} />}
      {!isDoor && (
        <Acts isLeft>
          <Act kind="quiet" icon="dong" onClick={onRemove}>
            {say('remove')}
          </Act>
        </Acts>
      )}
    </section>
  )
}
