import type { Screen } from '#web/screen.ts'

const commune = ['commune_officer', 'commune_chair'] as const

export const screens: readonly Screen[] = [
  {
    path: '/villages',
    for: commune,
    load: () => import('./Villages.tsx').then(m => m.Villages),
    tab: { order: 60, icon: 'bando', vi: 'Thôn, bản', en: 'Villages' },
  },
  { path: '/villages/:unitId', for: commune, load: () => import('./Village.tsx').then(m => m.Village) },
  { path: '/villages/:unitId/split', for: commune, load: () => import('./SplitVillage.tsx').then(m => m.SplitVillage) },
]
