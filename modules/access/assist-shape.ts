// How long somebody may act for a home before he has to ask again, and how a commune writes that.
import * as v from 'valibot'
import type { ShippedPack } from '#core/packs'
import { Whole } from '#core/shapes'

export const AssistShape = v.strictObject({ minutes: v.pipe(Whole, v.minValue(1), v.maxValue(240)) })

export const assistPack: ShippedPack<v.InferOutput<typeof AssistShape>> = {
  kind: 'assist',
  from: '2026-01-01',
  basis: 'product, not law',
  source: null,
  body: { minutes: 30 },
}
