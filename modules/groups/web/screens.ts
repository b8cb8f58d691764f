import type { Screen } from '#web/screen.ts'

const naming = [
  'commune_officer',
  'commune_chair',
  'association_officer',
  'credit_group_head',
  'party_secretary',
] as const
/** A bank sees that a credit group is there and how many are in it, not who. */
const those = [...naming, 'bank_officer'] as const

export const screens: readonly Screen[] = [
  {
    path: '/groups',
    for: those,
    load: () => import('./Groups.tsx').then(m => m.Groups),
    tab: { order: 62, icon: 'nhom', vi: 'Hội, đoàn thể', en: 'Groups' },
  },
  { path: '/groups/:groupId', for: naming, load: () => import('./Group.tsx').then(m => m.GroupScreen) },
]
