import type { Screen } from '#web/screen.ts'

const heads = ['village_head', 'party_secretary'] as const
const helpers = ['front_head', 'digital_team_member'] as const
const commune = ['commune_officer', 'commune_chair'] as const
/** Doors are the village's, and the chair's. */
const chair = ['commune_chair'] as const
const seeing = [
  ...heads,
  ...commune,
  'province_officer',
  'association_officer',
  'bank_officer',
  'credit_group_head',
  'police',
  'border_guard',
] as const
const naming = [...heads, ...commune, 'association_officer', 'credit_group_head'] as const

const doors = () => import('./Doors.tsx').then(m => m.Doors)

export const screens: readonly Screen[] = [
  {
    path: '/',
    for: ['resident'],
    load: () => import('./Feed.tsx').then(m => m.Feed),
    tab: { order: 10, icon: 'nha', vi: 'Tin nhà', en: 'Notices' },
  },
  { path: '/notices/:noticeId/reach', for: seeing, load: () => import('./Reach.tsx').then(m => m.Reach) },
  { path: '/notices/:noticeId/unreached', for: naming, load: () => import('./Unreached.tsx').then(m => m.Unreached) },
  { path: '/ladder', for: commune, load: () => import('./Ladder.tsx').then(m => m.Ladder) },
  { path: '/spent', for: commune, load: () => import('./SpentInMonth.tsx').then(m => m.SpentInMonth) },
  { path: '/', for: helpers, load: doors, tab: { order: 10, icon: 'cua', vi: 'Đi nhà', en: 'Doors' } },
  { path: '/doors', for: heads, load: doors, tab: { order: 20, icon: 'cua', vi: 'Đi nhà', en: 'Doors' } },
  { path: '/doors', for: chair, load: doors, tab: { order: 50, icon: 'cua', vi: 'Đi từng nhà', en: 'Doors' } },
  {
    path: '/doors/print',
    for: [...heads, ...helpers, ...chair],
    load: () => import('./PrintDoors.tsx').then(m => m.PrintDoors),
  },
]
