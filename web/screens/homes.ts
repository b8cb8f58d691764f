// First screens of those who work: they read across the modules, so they stand in the shell.
import type { Screen } from '../screen.ts'

export const homes: readonly Screen[] = [
  {
    path: '/',
    for: ['village_head', 'party_secretary'],
    load: () => import('./HeadHome.tsx').then(m => m.HeadHome),
    tab: { order: 10, icon: 'chuyen', vi: 'Chuyển tin', en: 'Relay' },
  },
  {
    path: '/',
    for: ['commune_officer'],
    load: () => import('./DeskHome.tsx').then(m => m.DeskHome),
    tab: { order: 10, icon: 'loa', vi: 'Bàn làm việc', en: 'Desk' },
  },
  {
    path: '/',
    for: ['commune_chair', 'province_officer'],
    load: () => import('./ChairHome.tsx').then(m => m.ChairHome),
    tab: { order: 10, icon: 'loa', vi: 'Bàn làm việc', en: 'Desk' },
  },
  {
    path: '/',
    for: ['association_officer', 'bank_officer', 'credit_group_head', 'police', 'border_guard'],
    load: () => import('./WriterHome.tsx').then(m => m.WriterHome),
    tab: { order: 10, icon: 'loa', vi: 'Tin của tôi', en: 'My notices' },
  },
]
