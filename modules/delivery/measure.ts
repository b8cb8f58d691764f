// Figures of /metrics: what is due stands in the lanes, what was done is counted as it is done. Deliveries themselves are never counted.
import { Counter, Gauge } from 'prom-client'
import { now } from '#core/clock'
import { metrics } from '#core/metrics'
import type { App } from '#core/module'
import { laneFigures, type Result } from './store/delivery.ts'

const lanes = new Gauge({
  name: 'loa_delivery_lanes',
  help: 'Communes whose channel has something to hand over, now or later',
  labelNames: ['channel', 'urgency'],
  registers: [metrics],
})
const late = new Gauge({
  name: 'loa_delivery_late_seconds',
  help: 'How long the delivery that is due longest has waited',
  labelNames: ['channel', 'urgency'],
  registers: [metrics],
})
const deliveries = new Counter({
  name: 'loa_deliveries_total',
  help: 'Deliveries that this process brought to a state',
  labelNames: ['channel', 'state'],
  registers: [metrics],
})
const receipts = new Counter({
  name: 'loa_receipts_total',
  help: 'Evidence that this process stored for homes and their devices',
  labelNames: ['result'],
  registers: [metrics],
})

export function countDeliveries(channel: string, results: readonly Result[], written: ReadonlySet<string>) {
  for (const { householdId, state } of results) if (written.has(householdId)) deliveries.inc({ channel, state })
}

export function countReceipts(placed: readonly { isNew: boolean }[]) {
  for (const { isNew } of placed) receipts.inc({ result: isNew ? 'new' : 'repeated' })
}

export async function measure(app: App) {
  lanes.reset()
  late.reset()
  for (const lane of await laneFigures(app.sql)) {
    const labels = { channel: lane.channel, urgency: lane.isEmergency ? 'emergency' : 'other' }
    lanes.set(labels, lane.communes)
    late.set(labels, Math.max(0, (now().getTime() - lane.dueAt.getTime()) / 1000))
  }
}
