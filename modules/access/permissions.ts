import { staffRoles, type Role, type StaffRole } from './roles.ts'

/**
 * How far a permission reaches.
 * `below`: the post's unit and what lies in it · `group`: its group and the homes of its members · `author`: what this post wrote ·
 * `assigned`: doors given to this person · `home`: the resident's own home · `any`: wherever, for what stands in no place
 */
export type Scope = 'below' | 'group' | 'author' | 'assigned' | 'home' | 'any'

const below = (...of: Role[]): Partial<Record<Role, Scope[]>> => Object.fromEntries(of.map(role => [role, ['below']]))
const commune = ['commune_chair', 'commune_officer'] as const
const village = ['village_head', 'party_secretary'] as const

/**
 * Who may do what: basis is the product's, not the law's (a commune's operating rules may change it).
 * A role that is not listed may not. The tests hold this table against a second one, written by hand.
 */
export const permissions = {
  'unit.manage': below(...commune),
  'people.see': { ...below(...commune, ...village), association_officer: ['group'], credit_group_head: ['group'] },
  'people.edit': below('commune_officer', ...village),
  'people.import': below('commune_officer'),
  'people.export': below(...commune),
  'people.answer': below(...commune),
  'card.issue': below('commune_officer', ...village),
  'group.see': {
    ...below(...commune),
    association_officer: ['group'],
    credit_group_head: ['group'],
    party_secretary: ['group'],
    bank_officer: ['group'],
  },
  'group.manage': { ...below('commune_officer'), association_officer: ['group'], party_secretary: ['group'] },
  'post.see': below('province_officer', ...commune, ...village),
  'post.manage': below('province_officer', ...commune),
  'token.own': Object.fromEntries(staffRoles.map(role => [role, ['any']])) as Record<StaffRole, ['any']>,
  'notice.write': {
    ...below('province_officer', ...commune, ...village, 'police', 'border_guard'),
    association_officer: ['group'],
    credit_group_head: ['group'],
    bank_officer: ['group', 'below'],
  },
  'notice.change': { ...below(...commune), ...authored() },
  'notice.see': { ...below('province_officer', ...commune, ...village), ...authoredOnly() },
  'notice.approve': below('commune_chair'),
  'notice.relay': below(...village),
  'reach.see': { ...below('province_officer', ...commune, ...village), ...authoredOnly() },
  'reach.names': { ...below(...commune, ...village), association_officer: ['author'], credit_group_head: ['author'] },
  'door.see': { ...below(...commune, ...village), front_head: ['assigned'], digital_team_member: ['assigned'] },
  'door.assign': below('commune_officer', ...village),
  'door.visit': {
    ...below('commune_officer', ...village),
    front_head: ['assigned'],
    digital_team_member: ['assigned'],
  },
  'question.answer': { ...below(...commune, ...village), ...authoredOnly() },
  'trail.see': below(...commune),
  'help.act': { front_head: ['any'], digital_team_member: ['any'] },
  'home.own': { resident: ['home'] },
  'notice.read': { resident: ['home'] },
} as const satisfies Record<string, Partial<Record<Role, readonly Scope[]>>>

function authored(): Partial<Record<Role, Scope[]>> {
  return Object.fromEntries(
    (
      [
        'province_officer',
        ...village,
        'association_officer',
        'bank_officer',
        'credit_group_head',
        'police',
        'border_guard',
      ] as const
    ).map(role => [role, ['author'] as Scope[]]),
  )
}
function authoredOnly(): Partial<Record<Role, Scope[]>> {
  return Object.fromEntries(
    (['association_officer', 'bank_officer', 'credit_group_head', 'police', 'border_guard'] as const).map(role => [
      role,
      ['author'] as Scope[],
    ]),
  )
}

export type Permission = keyof typeof permissions
