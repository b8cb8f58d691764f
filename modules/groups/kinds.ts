// The kinds of groups a commune has; their names in the languages stand in the words.

export const groupKinds = [
  'party_cell',
  'front',
  'women',
  'farmers',
  'youth',
  'veterans',
  'elderly',
  'learning',
  'credit_group',
  'other',
] as const
export type GroupKind = (typeof groupKinds)[number]

/** Who belongs to a Party cell is known to its secretary and the person alone. */
export const isConfidential = (kind: GroupKind) => kind === 'party_cell'
