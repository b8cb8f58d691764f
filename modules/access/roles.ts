/** The roles that a post may have, and the resident's. Names are fixed: others drive the product by them. */
export const staffRoles = [
  'province_officer',
  'commune_chair',
  'commune_officer',
  'village_head',
  'party_secretary',
  'front_head',
  'association_officer',
  'bank_officer',
  'credit_group_head',
  'police',
  'border_guard',
  'digital_team_member',
] as const
export const roles = [...staffRoles, 'resident'] as const
export type StaffRole = (typeof staffRoles)[number]
export type Role = (typeof roles)[number]
