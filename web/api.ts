// The typed client: `api.units.list({ parent })`. Throws a Refusal whose message is in the reader's language.
import { routes } from 'virtual:routes'
import { send, type Client, type How, type Refusal } from '#core/client'
import type { Contract } from '#core/operation'
import type { Contracts } from './contracts.ts'
import { language } from './words.ts'

export type { Refusal } from '#core/client'

/** `fetch` in the reader's language. */
const ask: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  headers.set('accept-language', language.value)
  return fetch(input, { ...init, headers })
}

let heard: (refusal: Refusal) => void = () => {}
/** Who wants to know of every refusal, whoever asked. */
export const hearRefusals = (hear: (refusal: Refusal) => void) => void (heard = hear)

/** Calls an operation by its name: what a screen does through `api`, and the outbox when it replays. @throws Refusal */
export async function call(module: string, verb: string, input: object, how?: How): Promise<unknown> {
  const route = routes[module]?.[verb] ?? (await import('virtual:more-routes')).routes[module]?.[verb]
  return send(ask, '/api/v1', route!, input, how).catch((error: unknown) => {
    heard(error as Refusal)
    throw error
  })
}

type Api = { readonly [M in keyof Contracts]: Contracts[M] extends Contract ? Client<Contracts[M]> : never }

const clientOf = (module: string) =>
  new Proxy({}, { get: (_, verb: string) => (input: object, how?: How) => call(module, verb, input, how) })

export const api = new Proxy({}, { get: (_, module: string) => clientOf(module) }) as Api
