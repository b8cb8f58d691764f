// One panel a way: what people will read, how many homes need it, what it costs and what that stands on.
import { Icon } from '#web/kit.tsx'
import type { IconName } from '#web/icons.ts'
import { money, number } from '#web/numbers.ts'
import { momentWords, stretch } from '#web/time.ts'
import { PvFold } from './Pv.tsx'
import { channelName } from '#channels/names'
import { say } from './way-say.ts'
import type { Way, Ways } from './ways-state.ts'

const icons: Readonly<Record<string, IconName>> = {
  push: 'loa',
  email: 'thu',
  sms: 'sms',
  call: 'goi',
  facebook: 'nhom',
}
const iconOf = (channel: string) => icons[channel] ?? 'hoi'

const lettersOf = (text: string) => Array.from(text).length

const noteOf = ({ shown, dong, most }: Way) => {
  if (dong.most) return say('at_most', { n: money(dong.most) })
  if (!shown?.parts) return say('n_homes', { n: number(most) })
  return say('parts', { letters: lettersOf(shown.text), parts: shown.parts })
}

function otherWords({ other, encoding }: NonNullable<Way['shown']>) {
  if (!other?.parts) return undefined
  const key = encoding === 'ucs2' ? 'without_marks' : 'with_marks'
  return other.dong
    ? say(`${key}_cost`, { parts: other.parts, dong: money(other.dong) })
    : say(key, { parts: other.parts })
}

function costWords({ dong }: Way) {
  if (!dong.each) return undefined
  const each = money(dong.each)
  return dong.likely === dong.most
    ? say('cost_most', { each, most: money(dong.most) })
    : say('cost', { each, likely: money(dong.likely), most: money(dong.most) })
}

function pastWords({ past, dong, likely, most }: Way) {
  if (!past) return dong.each && likely === most ? say('no_past') : undefined
  const { messages, reached, homes, minutes } = past
  const time = stretch(Math.max(minutes, 1) * 60_000)
  return say('past', { messages, time, reached: number(reached), homes: number(homes) })
}

/** About the homes: how many have the way, how many will need it, who shares. */
const homesWords = ({ homes, addresses, likely, most }: Way) =>
  [
    say('all_homes', { n: number(homes) }),
    likely < most ? say('likely_homes', { likely: number(likely), most: number(most) }) : '',
    addresses < homes ? say('shared', { addresses: number(addresses) }) : '',
  ]
    .filter(Boolean)
    .join(' ')

const minute = 60_000
const isAtOnce = (way: Way) => new Date(way.firstAt).getTime() < Date.now() + 2 * minute

const Bubble = ({ title, text }: { title: string | null; text: string }) => (
  <p class="bubble says">
    {title && (
      <>
        <b>{title}</b>
        <br />
      </>
    )}
    {text}
  </p>
)

const Line = ({ words }: { words: string | undefined }) => (words ? <p class="s soft">{words}</p> : null)

const WayPanel = ({ way }: { way: Way }) => {
  const { shown } = way
  return (
    <PvFold icon={iconOf(way.channel)} title={channelName(way.channel)} note={noteOf(way)}>
      {shown && <Bubble title={shown.title} text={shown.text} />}
      {shown?.parts && way.dong.most > 0 && (
        <Line words={say('parts', { letters: lettersOf(shown.text), parts: shown.parts })} />
      )}
      <p class="s">{homesWords(way)}</p>
      {costWords(way) && <p class="s">{costWords(way)}</p>}
      <Line words={pastWords(way)} />
      <Line words={shown ? otherWords(shown) : undefined} />
      <Line words={isAtOnce(way) ? say('first_now') : say('first_at', { time: momentWords(way.firstAt) })} />
      {shown?.warnings.map(({ code, message }) => (
        <p class="s is-warn" key={code}>
          <Icon name="khan" isSmall />
          <span>{message}</span>
        </p>
      ))}
    </PvFold>
  )
}

export const WayPanels = ({ ways }: { ways: Ways }) => (
  <>
    {ways.ways.map(way => (
      <WayPanel key={way.channel} way={way} />
    ))}
    {ways.group && (
      <PvFold icon="nhom" title={say('way_group')} note={say('n_groups', { n: number(ways.group.groups) })}>
        <Bubble title={null} text={ways.group.text} />
        <Line words={say('groups', { n: number(ways.group.groups) })} />
      </PvFold>
    )}
  </>
)

/** What it comes to, beside the act that sends. */
export const Cost = ({ ways }: { ways: Ways }) => {
  const { money: sum } = ways
  if (!sum) return null
  return (
    <div>
      <p class="by">{say('cost_title')}</p>
      <p>
        <b>
          {!sum.most
            ? say('free')
            : say(sum.likely < sum.most ? 'about' : 'at_most', {
                n: money(sum.likely < sum.most ? sum.likely : sum.most),
              })}
        </b>
      </p>
      {sum.likely < sum.most && <p class="xs soft">{say('at_most', { n: money(sum.most) })}</p>}
      {sum.most > 0 && sum.left !== null && <p class="xs soft">{say('left', { n: money(sum.left) })}</p>}
      {sum.saved !== null && <p class="xs soft">{say('saved', { n: money(sum.saved) })}</p>}
    </div>
  )
}

/** The budget will not do: said beside the other things to look at. */
export function budgetWarning(ways: Ways | undefined, isEmergency: boolean): string | undefined {
  const sum = ways?.money
  if (!sum || sum.isEnough) return undefined
  return say(isEmergency ? 'not_enough_emergency' : 'not_enough', { most: money(sum.most), left: money(sum.left ?? 0) })
}

/** What was said about sending, and what it may cost. */
export const withSum = (words: string, ways: Ways | undefined) =>
  ways?.money?.most
    ? say('sum_after', {
        words: /[.!?]$/.test(words) ? words : `${words}.`,
        likely: money(ways.money.likely),
        most: money(ways.money.most),
      })
    : words
