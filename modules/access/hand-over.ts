import { iso } from '#core/clock'
import type { App } from '#core/module'
import type { HandOver } from './shapes.ts'
import { qrOf } from './qr.ts'

/** What is shown to the person in front of the screen: the code and the same address in letters. */
export function handOver(app: App, token: string, endsAt: Date): HandOver {
  const address = `${app.config.publicUrl}/link/${token}`
  return { address, qr: qrOf(address), endsAt: iso(endsAt) }
}
