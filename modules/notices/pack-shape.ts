// How a commune writes its own times (for relays, for an emergency that nobody approves, for what is still of use, for an answer) and whom it asks for the second yes.
import * as v from 'valibot'
import { Whole } from '#core/shapes'
import { permissions, staffRoles, type StaffRole } from '#access'
import type { NoticePack } from './rules.ts'

const day = 1440
const Minutes = v.pipe(Whole, v.minValue(1), v.maxValue(7 * day))

/** Only who may approve can be asked to. */
const approving: readonly StaffRole[] = staffRoles.filter(role => role in permissions['notice.approve'])
const Approvers = v.pipe(v.array(v.picklist(approving)), v.minLength(1))

export const NoticePackShape = v.strictObject({
  relayMinutes: v.strictObject({ normal: Minutes, priority: Minutes }),
  aloneMinutes: v.pipe(Whole, v.minValue(1), v.maxValue(day)),
  usefulHours: v.pipe(Whole, v.maxValue(168)),
  answerWorkingDays: v.exactOptional(v.pipe(Whole, v.minValue(1), v.maxValue(10))),
  approvers: v.exactOptional(v.strictObject({ commune: Approvers, province: Approvers })),
}) satisfies v.GenericSchema<Omit<NoticePack, 'approvers' | 'answerWorkingDays'> & Partial<NoticePack>>
