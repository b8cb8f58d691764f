// Decisions about posts, without I/O.
import { Problem } from '#core/problem'
import { isOwner } from '#units'
import type { StaffRole } from './roles.ts'
import type { Part } from './store/posts.ts'

const ofVillages: StaffRole[] = [
  'village_head',
  'party_secretary',
  'front_head',
  'association_officer',
  'credit_group_head',
  'digital_team_member',
]

/** Which posts a role may make, fill and invite to. A chair may give himself deputies. */
const mayFill: Partial<Record<StaffRole, StaffRole[]>> = {
  province_officer: ['commune_chair'],
  commune_chair: ['commune_chair', 'commune_officer', ...ofVillages, 'bank_officer', 'police', 'border_guard'],
  commune_officer: ofVillages,
}

interface Filled {
  role: StaffRole
  tenant: number
}

/** Posts of an owner beside the administration are the province's to fill: no commune is over a bank. */
export const isFilledBy = ({ role, tenant }: Filled, by: string | undefined) =>
  isOwner(tenant)
    ? by === 'province_officer' && role === 'bank_officer'
    : Boolean(mayFill[by as StaffRole]?.includes(role))

/** @throws Problem role_above */
export function mustFill(post: Filled, by: string | undefined) {
  if (!isFilledBy(post, by)) throw new Problem('role_above')
}

/** @throws Problem stand_in_needs_end, term_backwards */
export function mustBeTerm({ part, from, to }: { part: Part; from: Date; to: Date | null }) {
  if (part === 'stand_in' && !to) throw new Problem('stand_in_needs_end')
  if (to && to <= from) throw new Problem('term_backwards')
}

/** @throws Problem password_like_login */
export function mustBePassword(password: string, login: string) {
  if (password.toLowerCase().includes(login.toLowerCase())) throw new Problem('password_like_login')
}

/** Hours for which an invitation is good, and minutes for the code on a head's screen. */
export const invitationHours = 72
export const phoneLinkMinutes = 15
