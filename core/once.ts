import type { Db, Tx } from './db.ts'
import { now, nowMs } from './clock.ts'
import { Problem } from './problem.ts'
import { digest } from './secrets.ts'
import type { Call } from './serve.ts'

/** Days for which a repeated Idempotency-Key gets the first answer. */
const onceDays = 7

/** Keys in one order; a file is told from another by its name and size. */
function inOrder(_: string, value: unknown): unknown {
  if (value instanceof File) return [value.name, value.size]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const canonical = (x: unknown) => JSON.stringify(x, inOrder)

/**
 * Runs a write at most once for a caller and key; a repeat gets the first answer, whole.
 * Two at the same time: the second waits for the first's transaction on the unique index.
 * The kept answer is sealed, since it may hold names.
 * @throws Problem key_reused when the key came with another body
 */
export async function once(call: Call, tx: Tx, operation: string, body: object, run: () => Promise<unknown>) {
  const said = call.request.headers.get('idempotency-key')
  if (!said) return run()
  const key = said.length > 100 ? digest(said).toString('hex') : said
  const { app, caller } = call
  const hash = digest(`${operation}\n${canonical(body)}`)
  const row = { tenant: caller.tenant ?? 0, caller: caller.key, key }
  const [mine] = await tx`
    insert into loa.once (commune_id, caller, key, body_digest, at)
    values (${row.tenant}, ${row.caller}, ${key}, ${hash}, ${now()})
    on conflict do nothing returning 1`
  if (!mine) return again(call, tx, row, hash)
  const given = await run()
  if (given instanceof Response) return given
  const kept = app.keys.seal('once', JSON.stringify({ status: call.c.newResponse(null).status, given }))
  await tx`
    update loa.once set answer = ${kept}
    where commune_id = ${row.tenant} and caller = ${row.caller} and key = ${key}`
  return given
}

async function again(call: Call, tx: Tx, row: { tenant: number; caller: string; key: string }, hash: Buffer) {
  const [first] = await tx<{ body_digest: Buffer; answer: string | null }[]>`
    select body_digest, answer from loa.once
    where commune_id = ${row.tenant} and caller = ${row.caller} and key = ${row.key}`
  if (!first?.answer) throw new Problem('key_in_use')
  if (!first.body_digest.equals(hash)) throw new Problem('key_reused')
  const { status, given } = JSON.parse(call.app.keys.unseal('once', first.answer)) as { status: number; given: unknown }
  call.c.status(status as 200)
  call.c.header('Idempotency-Replayed', 'true')
  return given
}

/** Forgets the answers that nobody may repeat any more. */
export async function forgetAnswers(db: Db) {
  await db`delete from loa.once where at < ${new Date(nowMs() - onceDays * 86_400_000)}`
}
