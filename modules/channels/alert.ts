// People who hold a post are told that something waits for them: a paper to pass on, an emergency to approve, a question. A help, no evidence.
import { createHash } from 'node:crypto'
import { now } from '#core/clock'
import { inTransaction, type Tx } from '#core/db'
import type { App } from '#core/module'
import { say } from '#core/words'
import { channelErrors } from './channel-errors.ts'
import { findStaffDevice, staffDevices } from './store.ts'
import { toDevice } from './webpush/push.ts'

export interface Alert {
  tenant: number
  accounts: string[]
  /** The key of its words: each person reads them in the language of his account. */
  says: string
  /** What it is about, as it may lie on a table: never a name, never the subject of what is private. */
  subject: string
  /** Where a tap leads: a screen's path. */
  url: string
  /** A later alert of the same matter takes the place of the earlier. */
  about: string
  class: 'normal' | 'priority' | 'emergency'
  /** After this nobody needs to know. */
  until: Date
}

type Stored = Omit<Alert, 'until'> & { until: string }

/** A push service may be away for hours: then each device is tried again, at last every five minutes. */
const retries = 60

/** Tells every device on which one of the accounts is signed in, after the caller's transaction has committed. */
export async function alertStaff(app: App, tx: Tx, alert: Alert) {
  if (alert.accounts.length) await app.jobs.send(tx, 'channels.alert', { ...alert, until: alert.until.toISOString() })
}

/** One job a device: one that cannot be reached now does not ring the others again. */
export async function sendAlert(app: App, alert: Stored) {
  const { accounts, ...rest } = alert
  const devices = await staffDevices(app.sql, alert.tenant, accounts, now())
  if (!devices.length) return
  await inTransaction(app.sql, async tx => {
    for (const device of devices) await app.jobs.send(tx, 'channels.alert_device', { ...rest, device }, { retries })
  })
}

/** @throws Error when the push service may take it later: the job library comes back to it */
export async function alertDevice(app: App, alert: Omit<Stored, 'accounts'> & { device: string }) {
  const at = now()
  const { tenant } = alert
  const seconds = Math.ceil((new Date(alert.until).getTime() - at.getTime()) / 1000)
  const device = seconds > 0 ? await findStaffDevice(app.sql, tenant, alert.device, at) : undefined
  if (!device) return
  const topic = createHash('sha256').update(alert.about).digest('base64url').slice(0, 32)
  const title = say(device.language, alert.says)
  const payload = { title, body: alert.subject, tag: topic, url: alert.url, class: alert.class }
  const manner = { seconds: Math.min(seconds, 28 * 86_400), isUrgent: alert.class !== 'normal', topic }
  const said = await toDevice(app, { tenant, ...device }, payload, manner)
  if (said.is === 'refused' && channelErrors[said.why].again !== 'never') throw new Error(`alert: ${said.why}`)
}
