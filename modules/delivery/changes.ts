// Tells every process, four times a second at most, which publications have new figures and which homes have news of their own:
// in a transaction of its own, since NOTIFY holds a lock of the whole server until its transaction ends.
import { after } from '#core/clock'
import type { App } from '#core/module'
import type { Placed } from './store/receipts.ts'

/** Channels of PostgreSQL. `loa_figures`: `tenant/publishedId …`; `loa_homes`: `tenant/householdId …`; `loa_feed`: a tenant. */
export const channels = { figures: 'loa_figures', homes: 'loa_homes', feed: 'loa_feed' } as const

const everyMs = 250
/** A payload holds 8000 bytes; a home is 37. */
const perPayload = 150

interface Waiting {
  publications: Map<string, Set<string>>
  cancel: (() => void) | undefined
}
const waiting = new WeakMap<App, Waiting>()

/** Hears at once, in this process, which homes changed. */
const hearers = new WeakMap<App, Set<(tenant: number, homes: readonly string[]) => void>>()
export function hearHomes(app: App, heard: (tenant: number, homes: readonly string[]) => void) {
  const mine = hearers.get(app) ?? new Set()
  hearers.set(app, mine.add(heard))
}

async function tell(app: App, { publications }: Waiting) {
  const figures = [...publications.keys()]
  const homes = [...publications].flatMap(([key, ids]) => [...ids].map(id => `${key.split('/')[0]}/${id}`))
  const payloads = (all: string[]) =>
    Array.from({ length: Math.ceil(all.length / perPayload) }, (_, n) =>
      all.slice(n * perPayload, (n + 1) * perPayload).join(' '),
    )
  const said = [
    ...payloads(figures).map(payload => ({ channel: channels.figures, payload })),
    ...payloads([...new Set(homes)]).map(payload => ({ channel: channels.homes, payload })),
  ]
  await app.sql`
    select pg_notify(x.channel, x.payload)
    from unnest(${said.map(x => x.channel)}::text[], ${said.map(x => x.payload)}::text[]) as x(channel, payload)`
}

/** Notes what evidence changed; told soon. */
export const markChanged = (app: App, tenant: number, placed: readonly Placed[]) => {
  markDoors(
    app,
    tenant,
    placed.filter(one => one.isNew && one.isVisible),
  )
}

/** Notes homes whose row of a publication changed; told soon. */
export function markDoors(app: App, tenant: number, doors: readonly { publishedId: string; householdId: string }[]) {
  const mine = waiting.get(app) ?? { publications: new Map<string, Set<string>>(), cancel: undefined }
  waiting.set(app, mine)
  if (!doors.length) return
  for (const { publishedId, householdId } of doors) {
    const key = `${tenant}/${publishedId}`
    const homes = mine.publications.get(key) ?? new Set<string>()
    mine.publications.set(key, homes.add(householdId))
  }
  for (const heard of hearers.get(app) ?? [])
    heard(
      tenant,
      doors.map(one => one.householdId),
    )
  mine.cancel ??= after(everyMs, () => {
    const told = { ...mine, publications: new Map(mine.publications) }
    mine.publications.clear()
    mine.cancel = undefined
    tell(app, told).catch((error: unknown) => {
      app.log.warn({ error: (error as Error).message }, 'figures not told')
    })
  })
}
