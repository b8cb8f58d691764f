// People who hold a post are told that something waits for them: a paper to pass on, an emergency to approve. A help, no evidence.
import { createHash } from 'node:crypto'
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { staffDevices } from './store.ts'
import { toDevice } from './webpush/push.ts'

export interface Alert {
  tenant: number
  accounts: string[]
  title: string
  body: string
  /** Where a tap leads: a screen's path. */
  url: string
  /** A later alert of the same matter takes the place of the earlier. */
  about: string
  class: 'normal' | 'priority' | 'emergency'
  /** After this nobody needs to know. */
  until: Date
}

/** Tells every device on which one of the accounts is signed in, after the caller's transaction has committed. */
export async function alertStaff(app: App, tx: Tx, alert: Alert) {
  if (alert.accounts.length) await app.jobs.send(tx, 'channels.alert', { ...alert, until: alert.until.toISOString() })
}

export async function sendAlert(app: App, alert: Omit<Alert, 'until'> & { until: string }) {
  const at = now()
  const seconds = Math.ceil((new Date(alert.until).getTime() - at.getTime()) / 1000)
  if (seconds <= 0) return
  const topic = createHash('sha256').update(alert.about).digest('base64url').slice(0, 32)
  const payload = { title: alert.title, body: alert.body, tag: topic, url: alert.url, class: alert.class }
  const manner = { seconds: Math.min(seconds, 28 * 86_400), isUrgent: alert.class !== 'normal', topic }
  const devices = await staffDevices(app.sql, alert.tenant, alert.accounts, at)
  await Promise.all(devices.map(device => toDevice(app, { tenant: alert.tenant, ...device }, payload, manner)))
}
