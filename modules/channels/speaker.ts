// Who says it, as people hear and read it.
import { nowMs } from '#core/clock'
import { fold } from '#core/fold'
import type { App } from '#core/module'
import { unitOfTenant } from '#units'

const keepMs = 60_000
const names = new WeakMap<App, Map<number, { name: string; at: number }>>()

async function nameOf(app: App, tenant: number): Promise<string> {
  const mine = names.get(app) ?? new Map<number, { name: string; at: number }>()
  names.set(app, mine)
  const known = mine.get(tenant)
  if (known && nowMs() - known.at < keepMs) return known.name
  const name = (await unitOfTenant(app.sql, tenant))?.name ?? ''
  mine.set(tenant, { name, at: nowMs() })
  return name
}

/** Who says it, the commune first: an office's title alone does not say where it is. */
export async function speaker(app: App, tenant: number, author: string): Promise<string> {
  const name = await nameOf(app, tenant)
  return !name || fold(author).includes(fold(name)) ? author : `${name}, ${author}`
}
