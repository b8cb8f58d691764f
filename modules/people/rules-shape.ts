// The clock over what a home asks about its data, and how a commune writes its holidays. It may answer sooner than the law wants, never later.
import * as v from 'valibot'
import type { ShippedPack } from '#core/packs'
import { Day, Whole } from '#core/shapes'
import type { RequestRules } from './working-days.ts'

export const RequestRulesShape = v.strictObject({
  answerWorkingDays: v.exactOptional(v.pipe(Whole, v.minValue(1), v.maxValue(2))),
  holidays: v.pipe(v.array(Day), v.maxLength(400)),
}) satisfies v.GenericSchema<Partial<RequestRules>>

/**
 * Answer within two working days: Law 91/2025/QH15 with Decree 356/2025 (in force 1-1-2026). The limits for carrying a request out
 * differ by its kind; they are not confirmed and therefore no rule here. Holidays are each commune's to enter.
 */
export const requestPack: ShippedPack<RequestRules> = {
  kind: 'data_requests',
  from: '2026-01-01',
  basis: 'law',
  source: 'Luật 91/2025/QH15; Nghị định 356/2025/NĐ-CP',
  body: { answerWorkingDays: 2, holidays: [] },
}
