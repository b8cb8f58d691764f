import type { Screen } from '#web/screen.ts'

const those = ['commune_officer', 'commune_chair'] as const

export const screens: readonly Screen[] = [
  {
    path: '/channels',
    for: those,
    load: () => import('./Channels.tsx').then(m => m.Channels),
    tab: { order: 66, icon: 'loa', vi: 'Kênh báo tin', en: 'Channels' },
  },
]
