// One call to Meta's Graph API, in the name of a page.
import { createHmac } from 'node:crypto'
import { now } from '#core/clock'
import type { App } from '#core/module'
import type { Account } from '../account.ts'
import type { Settings } from '../account-field.ts'
import type { HandedOver } from '../channel.ts'
import { call, type Answered } from '../http-call.ts'
import { asText } from '../http-profile.ts'
import { meaningOfError, type GraphError } from './graph-errors.ts'

/** Calls name a version; one lives about two years. */
export const oldestVersion = 25
export const newestVersion = 26

export const originOf = ({ host, port, line }: Settings) =>
  `${line === 'http' ? 'http' : 'https'}://${String(host)}:${Number(port ?? 443)}`
export const pageIdOf = ({ settings }: Pick<Account, 'settings'>) => String(settings['pageId'])

export interface GraphAsked {
  method: 'GET' | 'POST' | 'DELETE'
  /** After the version: `{page-id}/feed`. */
  path: string
  /** As JSON, of a POST. */
  body?: object
  /** As a form with a file, of a POST. */
  file?: { name: string; media: string; bytes: Buffer; fields: Record<string, string> }
}

export type GraphSaid =
  | { is: 'ok'; json: Record<string, unknown>; at: Date }
  | { is: 'error'; error: GraphError | undefined; status: number }

/** The token's owner proves that he has the app's secret too: a stolen token alone is worth nothing. */
const keysOf = ({ secrets }: Account) => ({
  access_token: secrets['pageToken'] ?? '',
  appsecret_proof: createHmac('sha256', secrets['appSecret'] ?? '')
    .update(secrets['pageToken'] ?? '')
    .digest('hex'),
})

function formOf(fields: Record<string, string>, { name, media, bytes }: NonNullable<GraphAsked['file']>) {
  const mark = `loa${Buffer.from(name).toString('hex').slice(0, 20)}${bytes.length}`
  const head = Object.entries(fields).map(
    ([field, value]) => `--${mark}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  )
  const file = `--${mark}\r\ncontent-disposition: form-data; name="source"; filename="anh"\r\ncontent-type: ${media}\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head.join('') + file), bytes, Buffer.from(`\r\n--${mark}--\r\n`)])
  return { body, type: `multipart/form-data; boundary=${mark}` }
}

function bodyOf({ body, file }: GraphAsked, keys: Record<string, string>) {
  if (file) return formOf({ ...keys, ...file.fields }, file)
  return { body: Buffer.from(JSON.stringify({ ...body, ...keys })), type: 'application/json; charset=utf-8' }
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const json = JSON.parse(asText(body)) as unknown
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined)

function errorIn(json: Record<string, unknown> | undefined): GraphError | undefined {
  const error = json?.['error']
  if (typeof error !== 'object' || error === null) return undefined
  const { code, error_subcode: subcode } = error as { code?: unknown; error_subcode?: unknown }
  return typeof code === 'number' ? { code, subcode: numberOf(subcode) } : undefined
}

function readAnswer({ status, body, date }: Answered): GraphSaid {
  const json = parsed(body)
  if (status < 200 || status > 299 || !json || json['error']) return { is: 'error', error: errorIn(json), status }
  const at = date === undefined ? NaN : Date.parse(date)
  return { is: 'ok', json, at: Number.isNaN(at) ? now() : new Date(at) }
}

/** @throws NotReached where nothing went; Error where nobody knows */
export async function graph(app: App, account: Account, asked: GraphAsked): Promise<GraphSaid> {
  const version = `v${Number(account.settings['graphVersion'] ?? newestVersion)}.0`
  const url = new URL(`/${version}/${asked.path}`, originOf(account.settings))
  const keys = keysOf(account)
  if (asked.method !== 'POST') for (const [name, value] of Object.entries(keys)) url.searchParams.set(name, value)
  const sent = asked.method === 'POST' ? bodyOf(asked, keys) : undefined
  const headers = sent ? { 'content-type': sent.type, 'content-length': String(sent.body.length) } : undefined
  return readAnswer(await call(app, { url, method: asked.method, headers: headers ?? {}, body: sent?.body }))
}

/** An answer that is no yes, in our words. */
export function refusedBy({ error, status }: GraphSaid & { is: 'error' }): HandedOver & { is: 'refused' } {
  if (!error) {
    if (status === 429) return { is: 'refused', why: 'slow_down', againAt: new Date(now().getTime() + 600_000) }
    if (status === 401 || status === 403) return { is: 'refused', why: 'not_signed_in' }
    return { is: 'refused', why: status >= 300 && status < 500 ? 'message_refused' : 'provider_down' }
  }
  const { why, minutes } = meaningOfError(error)
  return { is: 'refused', why, ...(minutes ? { againAt: new Date(now().getTime() + minutes * 60_000) } : {}) }
}

export const idIn = (json: Record<string, unknown>, name: string): string | undefined => {
  const value = json[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
