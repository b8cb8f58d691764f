// Screens of posts, cards and one's own sessions.
import type { Screen } from '#web/screen.ts'

const account = () => import('./Account.tsx').then(m => m.Account)

export const screens: readonly Screen[] = [
  { path: '/account', for: ['staff', 'resident'], load: account },
  {
    path: '/assist',
    for: ['village_head', 'party_secretary', 'front_head', 'digital_team_member'],
    load: () => import('./Assist.tsx').then(m => m.Assist),
    tab: { order: 75, icon: 'nhom', vi: 'Thao tác hộ', en: 'Act for' },
  },
  { path: '/my-home/help', for: ['resident'], load: () => import('./Helped.tsx').then(m => m.Helped) },
  {
    path: '/posts',
    for: ['commune_chair', 'commune_officer', 'province_officer'],
    load: () => import('./Posts.tsx').then(m => m.Posts),
    tab: { order: 70, icon: 'nguoi', vi: 'Chức danh', en: 'Posts' },
  },
  {
    path: '/owners',
    for: ['province_officer'],
    load: () => import('./Owners.tsx').then(m => m.Owners),
    tab: { order: 75, icon: 'nhom', vi: 'Ngân hàng', en: 'Banks' },
  },
  {
    path: '/phones',
    for: ['village_head', 'party_secretary', 'commune_chair'],
    load: () => import('./Phones.tsx').then(m => m.Phones),
    tab: { order: 60, icon: 'qr', vi: 'Thẻ, máy', en: 'Cards' },
  },
  {
    path: '/phones/print',
    for: ['village_head', 'party_secretary', 'commune_chair'],
    load: () => import('./PrintCards.tsx').then(m => m.PrintCards),
  },
]
