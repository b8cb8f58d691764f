// One question to Zalo: with the commune's token, renewed once where it is refused, and its errors read from an answer that is 200.
import { minuteOfDay, now } from '#core/clock'
import type { App } from '#core/module'
import type { Account } from '../account.ts'
import { channelErrors, type ChannelError } from '../channel-errors.ts'
import { call, NotReached, type Answered } from '../http-call.ts'
import { at, parsed } from '../http-profile.ts'
import { tokenOf } from './grant.ts'
import { againAt, isOfToken, meaningOf } from './meaning.ts'
import { urlOf, type Door } from './settings.ts'

export interface Question {
  door: Door
  path: string
  /** Absent: it is read with GET. */
  body?: object
}

/** `data` is what stands under `data`; ids in it are text. */
export type Answer = { is: 'answered'; data: unknown } | { is: 'refused'; why: ChannelError; againAt?: Date }

/** @param code Zalo's own, for the log */
export function refuse(
  app: App,
  account: Account,
  why: ChannelError,
  code?: string,
): Extract<Answer, { is: 'refused' }> {
  const day = now()
  if (channelErrors[why].isLoggable) app.log.warn({ channel: 'zalo', account: account.id, why, code }, 'zalo refused')
  const until = againAt(why, day, minuteOfDay(day))
  return { is: 'refused', why, ...(until ? { againAt: until } : {}) }
}

/** Composed letters everywhere: Zalo counts them. */
const composed = (body: object) => JSON.stringify(body).normalize('NFC')

async function askWith(app: App, { settings }: Account, token: string, { door, path, body }: Question) {
  const text = body && composed(body)
  const headers = {
    access_token: token,
    ...(text ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) } : {}),
  }
  return call(app, { url: urlOf(settings, door, path), method: text ? 'POST' : 'GET', headers, body: text })
}

/** The code of an answer; `0` where all is well. */
function codeOf({ status, body }: Answered, json: unknown): string {
  const code = at(json, 'error')
  if (code !== undefined && status < 500) return code
  if (status === 429) return '-32'
  if (status === 401) return '-216'
  return body && status >= 400 && status < 500 ? '-201' : '-100'
}

/** @throws Error where it went and no answer came */
export async function ask(app: App, account: Account, question: Question): Promise<Answer> {
  let stale: string | undefined
  for (;;) {
    const token = await tokenOf(app, account, stale)
    if (token.is === 'refused') return refuse(app, account, token.why)
    const answer = await askWith(app, account, token.token, question).catch((error: unknown) => {
      if (error instanceof NotReached) return undefined
      throw error
    })
    if (!answer) return refuse(app, account, 'no_line')
    const json = parsed(answer.body)
    const code = codeOf(answer, json)
    if (code === '0') return { is: 'answered', data: (json as { data?: unknown }).data }
    if (!isOfToken(code) || stale !== undefined) return refuse(app, account, meaningOf(code), code)
    stale = token.token
  }
}
