import type { Screen } from '#web/screen.ts'

const heads = ['village_head', 'party_secretary'] as const
const officer = ['commune_officer'] as const
const commune = ['commune_officer', 'commune_chair'] as const
const naming = [...heads, ...commune] as const

const register = () => import('./Register.tsx').then(m => m.Register)

export const screens: readonly Screen[] = [
  { path: '/homes', for: heads, load: register, tab: { order: 50, icon: 'so', vi: 'Sổ thôn', en: 'Register' } },
  { path: '/homes', for: commune, load: register, tab: { order: 60, icon: 'so', vi: 'Sổ hộ', en: 'Register' } },
  { path: '/homes/new', for: naming, load: () => import('./NewHome.tsx').then(m => m.NewHome) },
  { path: '/homes/duplicates', for: naming, load: () => import('./Duplicates.tsx').then(m => m.Duplicates) },
  { path: '/homes/arrivals', for: naming, load: () => import('./Arrivals.tsx').then(m => m.Arrivals) },
  { path: '/homes/:householdId', for: naming, load: () => import('./HomePage.tsx').then(m => m.HomePage) },
  {
    path: '/imports',
    for: officer,
    load: () => import('./Import.tsx').then(m => m.Import),
    tab: { order: 65, icon: 'giay', vi: 'Nhập danh sách', en: 'Import' },
  },
  {
    path: '/data-requests',
    for: commune,
    load: () => import('./Requests.tsx').then(m => m.Requests),
    tab: { order: 70, icon: 'khoa', vi: 'Yêu cầu dữ liệu', en: 'Data requests' },
  },
  {
    path: '/my-home',
    for: ['resident'],
    load: () => import('./MyHome.tsx').then(m => m.MyHome),
    tab: { order: 40, icon: 'so', vi: 'Nhà tôi', en: 'My home' },
  },
]
