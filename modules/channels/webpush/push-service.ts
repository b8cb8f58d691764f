// The browsers' push services, each known by its address: one that asks for a pause has it for all homes, one that fails again and
// again is left alone. What waits meanwhile costs no try. Each process learns it by itself, from its first refusal.
import { now } from '#core/clock'
import type { App } from '#core/module'
import type { HandedOver } from '../channel.ts'
import { mostRestMs, restUntil } from '../report-use.ts'

interface Service {
  /** Failures in a row; nobody asks before `until`. */
  failures: number
  until: Date | undefined
  /** After a rest one asks, and the others wait for what it is told. */
  askedAt: Date | undefined
}

/** Services remembered at most: there are four in the world, and whatever residents' browsers name. */
const most = 1000
/** While one asks, and where a pause names no end. */
const askMs = 15_000
const pauseMs = 30_000

const known = new WeakMap<App, Map<string, Service>>()

function serviceAt(app: App, endpoint: string): Service {
  const mine = known.get(app) ?? new Map<string, Service>()
  known.set(app, mine)
  const { origin } = new URL(endpoint)
  const found = mine.get(origin) ?? { failures: 0, until: undefined, askedAt: undefined }
  // The one that was not asked for longest gives way.
  mine.delete(origin)
  mine.set(origin, found)
  if (mine.size > most) mine.delete(mine.keys().next().value!)
  return found
}

/** Longer than ever written down: our clock was set back since. */
const isStill = (until: Date | undefined, at: Date, mostMs: number): until is Date =>
  until !== undefined && until > at && until.getTime() - at.getTime() <= mostMs

/** How long all wait for this service now; undefined: it may be asked. */
function waitsUntil(service: Service, at: Date): Date | undefined {
  if (!service.until) return undefined
  if (isStill(service.until, at, mostRestMs)) return service.until
  const asking = service.askedAt && new Date(service.askedAt.getTime() + askMs)
  if (isStill(asking, at, askMs)) return asking
  service.askedAt = at
  return undefined
}

function note(service: Service, said: HandedOver, at: Date) {
  if (said.is === 'accepted' || (said.why !== 'slow_down' && said.why !== 'provider_down' && said.why !== 'no_line')) {
    // It answers.
    Object.assign(service, { failures: 0, until: undefined, askedAt: undefined })
    return
  }
  // What was on the way when the rest began says nothing new.
  if (isStill(service.until, at, mostRestMs)) return
  service.askedAt = undefined
  const isSlow = said.why === 'slow_down'
  if (!isSlow) service.failures++
  const wish = said.againAt ?? (isSlow ? new Date(at.getTime() + pauseMs) : restUntil(service.failures, at))
  if (!wish) return
  service.until = new Date(Math.min(wish.getTime(), at.getTime() + mostRestMs))
}

/** Asks the service unless it rests. */
export async function askService(app: App, endpoint: string, ask: () => Promise<HandedOver>): Promise<HandedOver> {
  const service = serviceAt(app, endpoint)
  const againAt = waitsUntil(service, now())
  if (againAt) return { is: 'refused', why: 'resting', againAt }
  const said = await ask()
  note(service, said, now())
  return said
}
