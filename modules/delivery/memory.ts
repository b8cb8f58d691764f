// What a process remembers of a tenant's feed. It is thrown away whole as soon as anything of that tenant changes: by NOTIFY,
// and by the version for whoever missed it. A process that does not listen remembers nothing.
import { every, nowMs } from '#core/clock'
import type { App } from '#core/module'
import { channels, hearHomes } from './changes.ts'
import { feedVersions, type CardOf, type ShownRow } from './store/feed.ts'

interface Kept<T> {
  value: T
  until: number
}

/** Remembers for a while; the newest of many thousands. */
class Few<T> {
  readonly #kept = new Map<string, Kept<T>>()
  readonly #most: number
  readonly #ms: number

  constructor(most: number, ms: number) {
    this.#most = most
    this.#ms = ms
  }
  find(key: string): T | undefined {
    const one = this.#kept.get(key)
    return one && one.until > nowMs() ? one.value : undefined
  }
  keep(key: string, value: T): T {
    if (this.#kept.size >= this.#most)
      for (const old of [...this.#kept.keys()].slice(0, this.#most / 10)) this.#kept.delete(old)
    this.#kept.set(key, { value, until: nowMs() + this.#ms })
    return value
  }
  forget(key: string) {
    this.#kept.delete(key)
  }
}

/** Group memberships change without a word, and an hour passes: nothing is believed for longer. */
const believedMs = 30_000

/** What all homes with the same windows are shown first. */
interface List {
  asking: ReadonlySet<string>
  rows: readonly ShownRow[]
}

let memoriesMade = 0

export class TenantMemory {
  /** Its lists' keys begin with it: those of a memory that was thrown away are found no more. */
  readonly no = ++memoriesMade
  version: number | undefined
  readonly cards = new Few<readonly CardOf[]>(10_000, believedMs)
  readonly asking = new Few<readonly string[]>(1, believedMs)
  /** ETag of a reader's first page. */
  readonly etags = new Few<string>(50_000, believedMs)
}

interface Memory {
  isListening: boolean
  /** First pages of all tenants, by the windows of those who are shown them: some 60 KB each. */
  lists: Few<List>
  tenants: Map<number, TenantMemory>
}
const memories = new WeakMap<App, Memory>()
const memoryOf = (app: App): Memory => {
  const mine = memories.get(app) ?? {
    isListening: false,
    lists: new Few<List>(500, believedMs),
    tenants: new Map<number, TenantMemory>(),
  }
  memories.set(app, mine)
  return mine
}

export const listsOf = (app: App) => memoryOf(app).lists

/** Take it once a request: whoever reads while the tenant changes writes into what is already thrown away. */
export function remembered(app: App, tenant: number): TenantMemory {
  const { isListening, tenants } = memoryOf(app)
  const known = tenants.get(tenant)
  if (known) return known
  const made = new TenantMemory()
  if (isListening) tenants.set(tenant, made)
  return made
}

async function compareVersions(app: App, { tenants }: Memory) {
  const ids = [...tenants.keys()]
  if (!ids.length) return
  const versions = await feedVersions(app.sql, ids)
  for (const [tenant, memory] of tenants) {
    const version = versions.get(tenant) ?? 0
    if (memory.version !== undefined && memory.version !== version) tenants.delete(tenant)
    else memory.version = version
  }
}

/** @param changed a tenant's feed changed, for these targets or (none named) for all · homes with news of their own */
export async function startMemory(
  app: App,
  changed: {
    feed: (tenant: number, targets: readonly string[]) => void
    homes: (tenant: number, ids: readonly string[]) => void
  },
): Promise<() => Promise<void>> {
  const memory = memoryOf(app)
  const forgetHomes = (tenant: number, ids: readonly string[]) => {
    for (const id of ids) memory.tenants.get(tenant)?.etags.forget(id)
    changed.homes(tenant, ids)
  }
  hearHomes(app, forgetHomes)
  const stops = [
    await app.listen(channels.feed, payload => {
      const [tenant, ...targets] = payload.split(' ')
      memory.tenants.delete(Number(tenant))
      changed.feed(Number(tenant), targets)
    }),
    await app.listen(channels.homes, payload => {
      const byTenant = Map.groupBy(payload.split(' '), one => Number(one.split('/')[0]))
      for (const [tenant, some] of byTenant)
        forgetHomes(
          tenant,
          some.map(one => one.split('/')[1]!),
        )
    }),
    every(900, () => compareVersions(app, memory).catch(() => {})),
  ]
  memory.isListening = true
  return async () => {
    memory.isListening = false
    memory.tenants.clear()
    for (const stop of stops) await stop()
  }
}
