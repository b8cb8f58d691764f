// What accounts hear at the same time goes to the database together: a few transactions at once, one a commune. A provider that calls
// back for thousands of messages must not take the database from people who read.
import { inTransaction, type Tx } from '#core/db'
import type { App } from '#core/module'
import type { Account } from './account.ts'
import { announceHeard, type Heard } from './heard.ts'

/** Transactions at the same time (they mostly wait for the disk; the pool has ten connections), and calls that one takes. */
const atOnce = 4
const most = 100

/** What one call brings: things heard, which go together with its account's others, or work of its own. */
type Brought = { account: Account; heard: readonly Heard[] } | { work: (tx: Tx) => Promise<void> }

interface Waiting {
  brought: Brought
  done: () => void
  failed: (error: unknown) => void
}

interface House {
  /** By commune; who waits longest is first. */
  lanes: Map<number, Waiting[]>
  running: Set<number>
}

/** By the process's database: an app may be dressed up anew. */
const houses = new WeakMap<App['sql'], House>()

/** One that cannot be kept does not take it from the others. */
async function keep(app: App, calls: readonly Waiting[]): Promise<void> {
  try {
    await inTransaction(app.sql, async tx => {
      const heards = calls.flatMap(({ brought }) => ('heard' in brought ? [brought] : []))
      for (const some of Map.groupBy(heards, one => one.account.id).values())
        await announceHeard(
          app,
          tx,
          some[0]!.account,
          some.flatMap(one => one.heard),
        )
      for (const { brought } of calls) if ('work' in brought) await brought.work(tx)
    })
    for (const { done } of calls) done()
  } catch (error) {
    if (calls.length === 1) calls[0]!.failed(error)
    else for (const one of calls) await keep(app, [one])
  }
}

async function run(app: App, house: House) {
  while (house.running.size < atOnce) {
    const next = [...house.lanes].find(([tenant]) => !house.running.has(tenant))
    if (!next) return
    const [tenant, waiting] = next
    const some = waiting.splice(0, most)
    house.lanes.delete(tenant)
    // The rest stands at the end of the line.
    if (waiting.length) house.lanes.set(tenant, waiting)
    house.running.add(tenant)
    await keep(app, some)
    house.running.delete(tenant)
  }
}

function bring(app: App, tenant: number, brought: Brought): Promise<void> {
  const house = houses.get(app.sql) ?? { lanes: new Map<number, Waiting[]>(), running: new Set<number>() }
  houses.set(app.sql, house)
  return new Promise((done, failed) => {
    const lane = house.lanes.get(tenant) ?? []
    house.lanes.set(tenant, lane)
    lane.push({ brought, done, failed })
    // What else has arrived comes along.
    if (lane.length === 1) setImmediate(() => void run(app, house))
  })
}

/** Passes on what an account heard. @throws what a listener throws: it is not kept, and the provider has to tell it again */
export const passOn = (app: App, account: Account, heard: readonly Heard[]) =>
  heard.length ? bring(app, account.tenant, { account, heard }) : Promise.resolve()

/** Work of a call in a transaction that it may share. @throws what the work throws */
export const together = (app: App, tenant: number, work: (tx: Tx) => Promise<void>) => bring(app, tenant, { work })
