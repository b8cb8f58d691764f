// What a monitoring system reads: Node's own figures, and those that parts add.
import { collectDefaultMetrics, Registry } from 'prom-client'

export const metrics = new Registry()
collectDefaultMetrics({ register: metrics })
