// What Zalo's codes mean: its errors come with HTTP 200. Decisions without I/O.
import type { ChannelError } from '../channel-errors.ts'

/** The access token is over or unknown: renewed once, and asked again. */
export const isOfToken = (code: string) => code === '-216' || code === '-220' || code === '-124'

const same = (why: ChannelError, ...codes: number[]) => codes.map(code => [String(code), why] as const)

const meanings: ReadonlyMap<string, ChannelError> = new Map([
  // A person has to put the app, the account or its contract right.
  ...same('account_blocked', -101, -102, -103, -104, -105, -135, -219, -221, -223, -224),
  ...same('no_money', -136, -137, -320, -321),
  ...same('slow_down', -32),
  ...same('provider_down', -100, -200),
  ...same('unasked_used', -144, -147, -1441, -211),
  ...same('night', -133, -234),
  // An article that is not there yet.
  ...same('being_made', -214),
  ...same('address_wrong', -118, -108),
  ...same('address_refuses', -114, -119, -139, -141, -213, -217, -244),
  ...same('address_dead', -227),
  ...same('window_closed', -230),
  // The package of a group has ended.
  ...same('not_possible', -237),
  // The template is not approved, was withdrawn, or has other fields than are entered.
  ...same('template_refused', -131, -112),
  ...same('message_refused', -201, -248),
])

/** What is not in its documents is its own trouble: it may go again. */
export function meaningOf(code: string): ChannelError {
  if (isOfToken(code)) return 'not_signed_in'
  return meanings.get(code) ?? (/^-112\d$/.test(code) ? 'template_refused' : 'provider_down')
}

/** In the night Zalo takes no advertising, and perhaps no template by number: till six in the morning. */
const morning = 6 * 60
const evening = 22 * 60

export const isNight = (minute: number) => minute >= evening || minute < morning

/** When what has to wait may go again; undefined where our own patience decides. */
export function againAt(why: ChannelError, at: Date, minute: number): Date | undefined {
  const minutes = (n: number) => new Date(Math.floor(at.getTime() / 60_000) * 60_000 + n * 60_000)
  if (why === 'slow_down' || why === 'being_made') return minutes(1)
  if (why === 'night') return minutes((morning - minute + 1440) % 1440 || 1440)
  if (why === 'unasked_used') return minutes(1440 - minute + 1)
  return undefined
}

/** `free` for two days after the person last did something there, `paid` for seven. */
export function windowAt(lastAt: Date | undefined | null, at: Date): 'free' | 'paid' | 'closed' {
  const hours = lastAt ? (at.getTime() - lastAt.getTime()) / 3_600_000 : Infinity
  if (hours < 48) return 'free'
  return hours < 7 * 24 ? 'paid' : 'closed'
}
