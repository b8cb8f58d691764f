import { staffRoles, type Role } from './roles.ts'

/**
 * How far a permission reaches.
 * `below`: the post's unit and what lies in it · `own`: what stands at its unit itself, not below · `posts`: the holders of posts in it or in the communes that its owner serves, not the homes ·
 * `group`: its group and the homes of its members; of an owner's officer the credit groups of the communes it serves · `author`: what this post wrote ·
 * `assigned`: homes whose door was given to this person · `card`: homes in its unit that hand over their card · `home`: the resident's own home · `any`: wherever, for what stands in no place
 */
export type Scope = 'below' | 'own' | 'posts' | 'group' | 'author' | 'assigned' | 'card' | 'home' | 'any'

type Row = Partial<Record<Role, Scope[]>>
const scoped =
  (...scopes: Scope[]) =>
  (...of: Role[]): Row =>
    Object.fromEntries(of.map(role => [role, scopes]))
const below = scoped('below')
const ofGroup = scoped('group')
const asAuthor = scoped('author')
const assigned = scoped('assigned')

const commune = ['commune_chair', 'commune_officer'] as const
/** A head, and the secretary as the head's deputy. */
const village = ['village_head', 'party_secretary'] as const
const groups = ['association_officer', 'credit_group_head'] as const
/** Whoever writes here from outside learns only of what he wrote. */
const guests = ['bank_officer', 'police', 'border_guard'] as const
/** They see the homes given to them. */
const walkers = ['front_head', 'digital_team_member'] as const

/**
 * Who may do what: basis is the product's, not the law's (a commune's operating rules may change it).
 * A role that is not listed may not. The tests hold this table against a second one, written by hand.
 * Names stop at the commune: province and bank see counts. Doors and cards are the village's, and the chair's who has all of the commune.
 */
export const permissions = {
  'unit.manage': below(...commune),
  /** Banks' branches, their posts and whom they serve: they stand beside the communes. */
  'owner.manage': below('province_officer'),
  'people.see': { ...below(...commune, ...village), ...ofGroup(...groups) },
  'people.edit': below(...commune, ...village),
  'people.import': below(...commune),
  'people.export': below(...commune),
  'people.answer': below(...commune),
  'card.issue': below('commune_chair', ...village),
  /** That a group is there and how many are in it. */
  'group.see': { ...below(...commune), ...ofGroup(...groups, 'party_secretary', 'bank_officer') },
  /** Who is in it. */
  'group.members': { ...below(...commune), ...ofGroup(...groups, 'party_secretary') },
  /** A cell stands in no unit: only its own secretary keeps its book. */
  'group.manage': { ...below(...commune), ...ofGroup('party_secretary') },
  'post.see': below('province_officer', ...commune, ...village),
  'post.manage': below('province_officer', ...commune),
  'token.own': scoped('any')(...staffRoles),
  'notice.write': {
    ...below('province_officer', ...commune, 'village_head', 'police', 'border_guard'),
    ...ofGroup(...groups),
    party_secretary: ['below', 'group'],
    bank_officer: ['posts', 'group'],
  },
  'notice.change': { ...below(...commune), ...asAuthor('province_officer', ...village, ...groups, ...guests) },
  'notice.see': { ...below('province_officer', ...commune, ...village), ...asAuthor(...groups, ...guests) },
  'notice.approve': { ...below('commune_chair'), province_officer: ['own'] },
  'notice.relay': below(...village),
  /** The chat groups of a place and what is posted there: whoever passes on in the village, or leads the association. */
  'chat.keep': { ...below(...commune, ...village), ...ofGroup('association_officer') },
  'reach.see': { ...below('province_officer', ...commune, ...village), ...asAuthor(...groups, ...guests) },
  'reach.names': { ...below(...commune, ...village), ...asAuthor(...groups) },
  'door.see': { ...below('commune_chair', ...village), ...assigned(...walkers) },
  'door.assign': below('commune_chair', ...village),
  'door.visit': { ...below('commune_chair', ...village), ...assigned(...walkers) },
  /** Nobody looks homes up in order to act for them: who walks does so at a door given to him, or by the card that the home hands over. */
  'home.assist': { ...below(...village), ...scoped('assigned', 'card')(...walkers) },
  'question.answer': { ...below(...commune, ...village), ...asAuthor(...groups, ...guests) },
  'trail.see': below(...commune),
  /** Accounts at providers, what they cost, and a commune's own ladders. */
  'channel.manage': below(...commune),
  'home.own': scoped('home')('resident'),
} satisfies Record<string, Row>

export type Permission = keyof typeof permissions
