// What the steps would do with a notice that is sent at an hour of the day.
import { channelInLine } from '#channels/names'
import { useState } from 'preact/hooks'
import { Field, Pick } from '#web/kit.tsx'
import { dayOf, hour } from '#web/time.ts'
import { channelsOf, ladderOf, rungOf, type LadderPack } from '../ladder.ts'
import { classes, type MessageClass } from '../levels.ts'
import { say } from './ladder-say.ts'

const dayMs = 86_400_000

function whenWords(at: Date, from: Date): string {
  const days = Math.round((Date.parse(dayOf(at)) - Date.parse(dayOf(from))) / dayMs)
  if (days === 0) return hour(at)
  return days === 1 ? say('tomorrow', { time: hour(at) }) : say('later_days', { time: hour(at), n: String(days) })
}

export function LadderPreview({ body }: { body: LadderPack }) {
  const [is, setClass] = useState<MessageClass>('priority')
  const [time, setTime] = useState('08:00')
  const visibleAt = new Date(`${dayOf(new Date())}T${time || '08:00'}:00+07:00`)
  const steps = ladderOf(body, { class: is, ask: 'acknowledged', visibleAt })
  return (
    <section class="stack" aria-label={say('preview')}>
      <h2>{say('preview')}</h2>
      <Pick
        label={say('class')}
        options={classes.map(value => ({ value, label: say(value) }))}
        value={is}
        onChange={value => setClass(value as MessageClass)}
      />
      <Field label={say('preview_at')} type="time" value={time} onInput={setTime} />
      <ol class="stack">
        {steps.map(step => (
          <li key={step.step}>
            <b>{whenWords(step.dueAt, visibleAt)}</b>:{' '}
            {channelsOf(rungOf(body[is], step) ?? step)
              .map(channelInLine)
              .join(` ${say('or')} `)}
          </li>
        ))}
      </ol>
      {!steps.length && <p class="soft">{say('preview_none')}</p>}
    </section>
  )
}
