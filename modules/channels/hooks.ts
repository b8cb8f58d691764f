// Providers call back here: what became of a message, and what people say. Each account has an address of its own.
import type { Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { inside, outside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { isSame } from '#core/secrets'
import { adapterOf } from './account.ts'
import { findAccount } from './store-accounts.ts'
import { accountFrom } from './take-account.ts'

const mostBytes = 262_144
/** Calls that an account's address takes; a flood is told to come again later, which providers do. */
const limit = { calls: 600, seconds: 1 }

/** Calls that are being heard in this process: more come again, before the database has nothing left for people who read. */
const mostAtOnce = 60
const comeAgainSeconds = 5
const hearing = new WeakMap<App, { count: number }>()

/** @throws Problem busy */
async function inTurn<T>(app: App, work: () => Promise<T>): Promise<T> {
  const mine = hearing.get(app) ?? { count: 0 }
  hearing.set(app, mine)
  if (mine.count >= mostAtOnce) throw new Problem('busy', { retryAfter: comeAgainSeconds })
  mine.count++
  try {
    return await work()
  } finally {
    mine.count--
  }
}

const secretOf = (app: App, tenant: number, id: string) => app.keys.mac('hook', `${tenant}/${id}`).subarray(0, 16)

/** Where a provider calls back for this account. Whoever knows it may tell us things: it is shown to the account's officer alone. */
export const hookAddress = (app: App, tenant: number, id: string) =>
  `${app.config.publicUrl}/hooks/${outside(tenant, id)}/${secretOf(app, tenant, id).toString('base64url')}`

async function called(app: App, c: Context) {
  const { tenant, id } = inside(c.req.param('accountId') ?? '')
  const said = Buffer.from(c.req.param('secret') ?? '', 'base64url')
  if (!isSame(said, secretOf(app, tenant, id))) throw new Problem('not_found')
  app.limits.spend(`channels.hook/${tenant}/${id}`, limit)
  const row = await findAccount(app.sql, tenant, id)
  const hear = row && adapterOf(row.adapter)?.hear
  if (!hear) throw new Problem('not_found')
  const raw = c.req.method === 'GET' ? Buffer.alloc(0) : Buffer.from(await c.req.arrayBuffer())
  const { headers } = c.req.raw
  return hear(app, accountFrom(app, tenant, row), { raw, headers, query: c.req.query() })
}

export function hooks(app: App, hono: Hono) {
  const limited = bodyLimit({
    maxSize: mostBytes,
    onError: () => {
      throw new Problem('too_large', { most: mostBytes })
    },
  })
  hono.on(['GET', 'POST'], '/hooks/:accountId/:secret', limited, async c => {
    const answer = await inTurn(app, () => called(app, c))
    return typeof answer === 'string' ? c.text(answer) : c.json(answer)
  })
}
