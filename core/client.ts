// The typed client: of a contract the browser carries only method and path; the types cost nothing.
import type { Answer, Contract, Input } from './operation.ts'

export interface How {
  /** Idempotency-Key: the same key is done once, however often it is sent. */
  once?: string
  signal?: AbortSignal
}
export type Client<C extends Contract> = {
  [K in keyof C]: (input: Input<C[K]>, how?: How) => Promise<Answer<C[K]>>
}
export type Route = readonly [method: string, path: string]

/** What the server refused, in the reader's language; `status` 0 means that no answer came. */
export interface Refusal extends Error {
  status: number
  code: string
  fields?: Record<string, string[]>
  help?: string
}

const isFile = (x: unknown) => x instanceof Blob || (Array.isArray(x) && x.some(y => y instanceof Blob))

function asForm(rest: Record<string, unknown>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(rest))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) form.append(name, one as string)
  return form
}

/** Sends one operation: what a screen calls, and what a phone replays from its outbox. @throws Refusal */
export async function send(
  ask: typeof fetch,
  base: string,
  [method, path]: Route,
  input: object,
  how: How = {},
): Promise<unknown> {
  const rest: Record<string, unknown> = { ...input }
  const url = path.replace(/:(\w+)/g, (_, name: string) => {
    const part = encodeURIComponent(String(rest[name]))
    delete rest[name]
    return part
  })
  const isRead = method === 'GET' || method === 'DELETE'
  const files = Object.values(rest).some(x => isFile(x))
  const asked = Object.entries(rest).filter(pair => pair[1] !== undefined) as [string, string][]
  const query = isRead && asked.length ? `?${new URLSearchParams(asked).toString()}` : ''
  const answer = await ask(base + url + query, {
    method,
    body: isRead ? null : files ? asForm(rest) : JSON.stringify(rest),
    signal: how.signal ?? null,
    headers: {
      ...(isRead || files ? {} : { 'content-type': 'application/json' }),
      ...(how.once ? { 'idempotency-key': how.once } : {}),
    },
  }).catch((error: unknown) => {
    throw Object.assign(new Error('offline', { cause: error }), { status: 0, code: 'offline' })
  })
  const said = (await answer.json().catch(() => ({}))) as { code?: string; message?: string }
  if (!answer.ok) throw Object.assign(new Error(said.message ?? said.code), { ...said, status: answer.status })
  return said
}
