// Who may do what, written by hand from the product's rules and from nothing else: no contract and no table of permissions is imported here.

export type RoleName =
  | 'province_officer'
  | 'commune_chair'
  | 'commune_officer'
  | 'village_head'
  | 'party_secretary'
  | 'front_head'
  | 'association_officer'
  | 'bank_officer'
  | 'credit_group_head'
  | 'police'
  | 'border_guard'
  | 'digital_team_member'
  | 'resident'

/**
 * `none` · `below`: its own unit and what lies in it · `own`: its own group, cell or home · `written`: only what this post wrote itself ·
 * `given`: only the homes given to this person · `yes`: stands in no place
 */
export type May = 'none' | 'below' | 'own' | 'written' | 'given' | 'yes'

export interface Sensitive {
  what: string
  operations: string[]
  /** A notice of the commune reaches the village, whose head then sees his part of it. */
  isReached?: true
  may: Partial<Record<RoleName, May>>
}

/** Roles that are not named may not. */
export const sensitive: Sensitive[] = [
  {
    what: 'the book of homes: names stop at the commune',
    operations: ['GET /households'],
    may: { commune_chair: 'below', commune_officer: 'below', village_head: 'below', party_secretary: 'below' },
  },
  {
    what: 'a home by name: an association sees its members',
    operations: ['GET /households/:householdId'],
    may: {
      commune_chair: 'below',
      commune_officer: 'below',
      village_head: 'below',
      party_secretary: 'below',
      association_officer: 'own',
      credit_group_head: 'own',
    },
  },
  {
    what: 'people are put right by the commune and by the village',
    operations: [
      'POST /households',
      'PATCH /households/:householdId',
      'POST /households/:householdId/persons',
      'POST /households/:householdId/contacts',
      'POST /households/:householdId/move',
      'POST /households/:householdId/leave',
      'GET /arrivals',
      'POST /arrivals/:arrivalId/accept',
      'POST /arrivals/:arrivalId/decline',
      'POST /households/:householdId/merge',
      'PATCH /persons/:personId',
      'POST /persons/:personId/death',
    ],
    may: { commune_chair: 'below', commune_officer: 'below', village_head: 'below', party_secretary: 'below' },
  },
  {
    what: 'a village’s cards and phones',
    operations: [
      'GET /households/:householdId/phones',
      'POST /households/:householdId/card',
      'POST /households/:householdId/phone-link',
      'POST /units/:unit/cards',
      'GET /join-requests',
      'POST /join-requests/:joinId/answer',
    ],
    may: { commune_chair: 'below', village_head: 'below', party_secretary: 'below' },
  },
  {
    what: 'posts: who is invited by whom',
    operations: [
      'POST /posts',
      'PATCH /posts/:postId',
      'POST /posts/:postId/close',
      'POST /posts/:postId/people',
      'POST /posts/:postId/people/:accountId/end',
      'POST /posts/:postId/people/:accountId/invitation',
    ],
    may: { province_officer: 'below', commune_chair: 'below', commune_officer: 'below' },
  },
  {
    what: 'villages are made, merged and split by the commune',
    operations: [
      'POST /units/:unit/villages',
      'POST /units/:unit/rename',
      'POST /units/:unit/merge',
      'POST /units/:unit/split',
      'POST /units/:unit/undo',
      'POST /units/:unit/close',
    ],
    may: { commune_chair: 'below', commune_officer: 'below' },
  },
  {
    what: 'banks’ branches are made by the province, which says whom they serve',
    operations: ['POST /owners', 'PATCH /owners/:ownerId'],
    may: { province_officer: 'below' },
  },
  { what: 'banks’ branches are listed by the province', operations: ['GET /owners'], may: { province_officer: 'yes' } },
  {
    what: 'writing: to one’s own unit, group or communes',
    operations: ['POST /notices', 'POST /notices/preview', 'POST /notices/preview/ways'],
    may: {
      province_officer: 'below',
      commune_chair: 'below',
      commune_officer: 'below',
      village_head: 'below',
      party_secretary: 'below',
      police: 'below',
      border_guard: 'below',
      association_officer: 'own',
      credit_group_head: 'own',
      bank_officer: 'own',
    },
  },
  {
    what: 'a notice is corrected and withdrawn by its author and by the commune',
    operations: ['POST /notices/:noticeId/correct', 'POST /notices/:noticeId/withdraw', 'PATCH /notices/:noticeId'],
    may: {
      commune_chair: 'below',
      commune_officer: 'below',
      village_head: 'written',
      party_secretary: 'written',
      police: 'written',
      border_guard: 'written',
      association_officer: 'written',
      credit_group_head: 'written',
      bank_officer: 'written',
    },
  },
  {
    what: 'a second yes is the chair’s; to what a province wrote, another officer’s of that province',
    operations: [
      'POST /notices/:noticeId/approve',
      'POST /notices/:noticeId/reject',
      'POST /notices/:noticeId/approve-money',
    ],
    may: { commune_chair: 'below', province_officer: 'own' },
  },
  {
    what: 'what waits for a second yes',
    operations: ['GET /approvals', 'GET /approvals/alone', 'GET /approvals/money'],
    may: { commune_chair: 'yes', province_officer: 'yes' },
  },
  {
    what: 'the village passes on',
    operations: ['GET /relays'],
    may: { village_head: 'yes', party_secretary: 'yes' },
  },
  {
    what: 'that a group is there, and how many are in it',
    operations: ['GET /groups/:groupId'],
    may: {
      commune_chair: 'below',
      commune_officer: 'below',
      party_secretary: 'own',
      association_officer: 'own',
      credit_group_head: 'own',
      bank_officer: 'own',
    },
  },
  {
    what: 'who is in a group: the bank sees counts',
    operations: ['GET /groups/:groupId/members'],
    may: {
      commune_chair: 'below',
      commune_officer: 'below',
      party_secretary: 'own',
      association_officer: 'own',
      credit_group_head: 'own',
    },
  },
  {
    what: 'the book of a group is the commune’s, that of a cell its secretary’s',
    operations: [
      'POST /groups/:groupId/members',
      'POST /groups/:groupId/members/:personId/end',
      'POST /groups/:groupId/branches',
      'POST /groups/:groupId/rename',
      'POST /groups/:groupId/close',
    ],
    may: { commune_chair: 'below', commune_officer: 'below', party_secretary: 'own' },
  },
  { what: 'groups are made', operations: ['POST /groups'], may: { commune_chair: 'below', commune_officer: 'below' } },
  {
    what: 'counts of reach: whoever writes from outside sees those of what he wrote',
    operations: ['GET /notices/:noticeId/reach', 'GET /notices/:noticeId/live', 'GET /notices/:noticeId/spent'],
    isReached: true,
    may: {
      province_officer: 'below',
      commune_chair: 'below',
      commune_officer: 'below',
      village_head: 'below',
      party_secretary: 'below',
      police: 'written',
      border_guard: 'written',
      association_officer: 'written',
      credit_group_head: 'written',
      bank_officer: 'written',
    },
  },
  {
    what: 'names of homes not reached: not for the province, the bank, the police',
    operations: ['GET /notices/:noticeId/unreached', 'GET /notices/:noticeId/homes'],
    isReached: true,
    may: {
      commune_chair: 'below',
      commune_officer: 'below',
      village_head: 'below',
      party_secretary: 'below',
      association_officer: 'written',
      credit_group_head: 'written',
    },
  },
  {
    what: 'accounts at providers are the commune’s',
    operations: [
      'PATCH /channel-accounts/:accountId',
      'DELETE /channel-accounts/:accountId',
      'POST /channel-accounts/:accountId/test',
    ],
    may: { commune_chair: 'below', commune_officer: 'below' },
  },
  {
    what: 'where the commune’s accounts post by themselves is the commune’s to say',
    operations: ['PUT /chats/:chatId/outlet', 'DELETE /chats/:chatId/outlet'],
    may: { commune_chair: 'below', commune_officer: 'below' },
  },
  {
    what: 'which accounts there are, and what they may cost, is seen and set by the commune',
    operations: [
      'GET /channel-accounts',
      'POST /channel-accounts',
      'PUT /channel-accounts/order',
      'GET /channel-adapters',
      'GET /outlets',
      'GET /channel-budget',
      'PUT /channel-budget',
      'GET /ladder',
      'PUT /ladder',
      'GET /spent',
      'GET /spent/table',
    ],
    may: { commune_chair: 'yes', commune_officer: 'yes' },
  },
  {
    what: 'where a notice was posted is read with its reach',
    operations: ['GET /notices/:noticeId/postings'],
    isReached: true,
    may: {
      province_officer: 'below',
      commune_chair: 'below',
      commune_officer: 'below',
      village_head: 'below',
      party_secretary: 'below',
      police: 'written',
      border_guard: 'written',
      association_officer: 'written',
      credit_group_head: 'written',
      bank_officer: 'written',
    },
  },
  {
    what: 'the chat groups of a village or commune: whoever passes on there, and the commune',
    operations: ['POST /chats'],
    may: { commune_chair: 'below', commune_officer: 'below', village_head: 'below', party_secretary: 'below' },
  },
  {
    what: 'the chat group of an association: its officer too',
    operations: ['POST /groups/:groupId/chats'],
    may: {
      commune_chair: 'below',
      commune_officer: 'below',
      village_head: 'below',
      association_officer: 'own',
    },
  },
  {
    what: 'a chat group and what is posted there',
    operations: [
      'PATCH /chats/:chatId',
      'POST /chats/:chatId/close',
      'POST /chats/:chatId/reopen',
      'POST /chats/:chatId/notices/:noticeId/posted',
      'POST /chats/:chatId/notices/:noticeId/unposted',
      'POST /chats/:chatId/notices/:noticeId/again',
      'POST /chats/:chatId/notices/:noticeId/taken-down',
      'POST /chats/:chatId/notices/:noticeId/proof',
      'GET /chats/:chatId/notices/:noticeId/proof',
    ],
    may: {
      commune_chair: 'below',
      commune_officer: 'below',
      village_head: 'below',
      party_secretary: 'below',
      association_officer: 'own',
    },
  },
  {
    what: 'the list of chat groups and of what waits to be posted there',
    operations: ['GET /chats', 'GET /chats/overlap', 'GET /posting-tasks'],
    may: {
      commune_chair: 'yes',
      commune_officer: 'yes',
      village_head: 'yes',
      party_secretary: 'yes',
      association_officer: 'yes',
    },
  },
  {
    what: 'the head of the trail is noted by the commune',
    operations: ['GET /trail/head'],
    may: { commune_chair: 'yes', commune_officer: 'yes' },
  },
  {
    what: 'lists are brought in and taken out by the commune',
    operations: [
      'POST /imports',
      'POST /imports/:importId/run',
      'POST /imports/:importId/undo',
      'GET /exports/households',
    ],
    may: { commune_chair: 'below', commune_officer: 'below' },
  },
  {
    what: 'a whole phone number is seen where the name is',
    operations: ['POST /households/:householdId/contacts/:contactId/number'],
    may: {
      commune_chair: 'below',
      commune_officer: 'below',
      village_head: 'below',
      party_secretary: 'below',
      association_officer: 'own',
      credit_group_head: 'own',
    },
  },
  {
    what: 'what a home asks about its own data is answered by the commune',
    operations: ['GET /data-requests', 'POST /data-requests/:requestId/answer', 'POST /persons/:personId/erase'],
    may: { commune_chair: 'below', commune_officer: 'below' },
  },
  {
    what: 'an own home is the resident’s',
    operations: ['GET /home', 'GET /home/copy', 'POST /home/requests', 'POST /home/optional-topics'],
    may: { resident: 'yes' },
  },
  {
    what: 'doors: the village’s, and for those who walk only the homes given to them',
    operations: ['GET /doors/:doorId', 'POST /doors/:doorId/phone', 'POST /doors/:doorId/outcome'],
    may: {
      commune_chair: 'below',
      village_head: 'below',
      party_secretary: 'below',
      front_head: 'given',
      digital_team_member: 'given',
    },
  },
  {
    what: 'acting for a home that said yes: the village, and who walks only where a door is his; nobody else, and no list to choose from',
    operations: ['POST /assisted-sessions/home', 'POST /assisted-sessions'],
    may: { village_head: 'below', party_secretary: 'below', front_head: 'given', digital_team_member: 'given' },
  },
  {
    what: 'who acted for a home is read, and forbidden, by the home',
    operations: ['GET /home/assisted-sessions', 'POST /home/assisted-sessions/allow'],
    may: { resident: 'yes' },
  },
  {
    what: 'doors are given out by the village',
    operations: ['POST /doors/assign'],
    isReached: true,
    may: { commune_chair: 'below', village_head: 'below', party_secretary: 'below' },
  },
]
