// The typed client: `api.units.list({ parent })`. Throws a Refusal whose message is in the reader's language.
import { routes } from 'virtual:routes'
import { client, type Client } from '#core/client'
import type { Contract } from '#core/operation'
import type { Contracts } from './contracts.ts'
import { language } from './words.ts'

export type { Refusal } from '#core/client'

/** `fetch` in the reader's language. */
export const ask: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  headers.set('accept-language', language.value)
  return fetch(input, { ...init, headers })
}

export const base = '/api/v1'

type Api = { readonly [M in keyof Contracts]: Contracts[M] extends Contract ? Client<Contracts[M]> : never }

export const api = Object.fromEntries(
  Object.entries(routes).map(([name, found]) => [name, client(found, base, ask)]),
) as unknown as Api
