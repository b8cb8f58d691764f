// One question to the Bot API. The key of the bot stands in the path, so no address of a question is ever logged.
// Source: core.telegram.org/bots/api, "Making requests" and "Response", read in November 2026.
import { now } from '#core/clock'
import type { App } from '#core/module'
import type { Account } from '../account.ts'
import { channelErrors } from '../channel-errors.ts'
import type { HandedOver } from '../channel.ts'
import { call, NotReached } from '../http-call.ts'
import { at, parsed } from '../http-profile.ts'
import { meaningOf, waitOf } from './meaning.ts'

export type BotAnswer = { is: 'answered'; result: unknown } | Extract<HandedOver, { is: 'refused' }>

function refuse(app: App, account: Account, refused: Omit<Extract<HandedOver, { is: 'refused' }>, 'is'>): BotAnswer {
  const { why } = refused
  if (channelErrors[why].isLoggable) app.log.warn({ channel: 'telegram', account: account.id, why }, 'telegram refused')
  return { is: 'refused', ...refused }
}

/** @throws Error where it went and no answer came */
export async function ask(app: App, account: Account, method: string, what: object): Promise<BotAnswer> {
  const { host, port = 443, line } = account.settings
  const key = encodeURIComponent(account.secrets['botToken'] ?? '').replace('%3A', ':')
  const body = JSON.stringify(what).normalize('NFC')
  const answer = await call(app, {
    url: new URL(`/bot${key}/${method}`, `${line === 'http' ? 'http' : 'https'}://${host}:${port}`),
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  }).catch((error: unknown) => {
    if (error instanceof NotReached) return undefined
    // What went wrong may name the address, and so the key.
    throw new Error('telegram did not answer')
  })
  if (!answer) return refuse(app, account, { why: 'no_line' })
  const json = parsed(answer.body)
  const isTaken = answer.status === 200 && (json as { ok?: unknown } | undefined)?.ok === true
  if (isTaken) return { is: 'answered', result: (json as { result?: unknown }).result }
  return refuse(app, account, { why: meaningOf(answer.status, at(json, 'description')), ...waitOf(json, now()) })
}
