import type { Screen } from '#web/screen.ts'

const desk = ['commune_officer', 'commune_chair', 'province_officer', 'bank_officer'] as const
const heads = ['village_head', 'party_secretary'] as const
const others = ['association_officer', 'credit_group_head', 'police', 'border_guard'] as const
const answering = [...heads, 'commune_officer', 'commune_chair', 'bank_officer', ...others] as const

const write = () => import('./WriteNotice.tsx').then(m => m.WriteNotice)

export const screens: readonly Screen[] = [
  {
    path: '/notices/new',
    for: [...desk, ...others],
    load: write,
    tab: { order: 20, icon: 'sua', vi: 'Soạn tin', en: 'Write' },
  },
  { path: '/notices/new', for: heads, load: write },
  { path: '/notices/:noticeId/edit', for: [...desk, ...heads, ...others], load: write },
  {
    path: '/notices',
    for: [...desk, ...others],
    load: () => import('./Notices.tsx').then(m => m.Notices),
    tab: { order: 30, icon: 'bieudo', vi: 'Tin đã gửi', en: 'Notices' },
  },
  { path: '/notices', for: heads, load: () => import('./Notices.tsx').then(m => m.Notices) },
  {
    path: '/notices/:noticeId',
    for: ['staff', 'resident'],
    load: () => import('./Notice.tsx').then(m => m.Notice),
  },
  {
    path: '/chats',
    for: [...heads, 'commune_officer', 'commune_chair', 'association_officer'],
    load: () => import('./Chats.tsx').then(m => m.Chats),
    tab: { order: 63, icon: 'sms', vi: 'Nhóm Zalo, Facebook', en: 'Chat groups' },
  },
  {
    path: '/public-lists',
    for: [...heads, 'commune_officer', 'commune_chair'],
    load: () => import('./PublicLists.tsx').then(m => m.PublicLists),
    tab: { order: 64, icon: 'chuyen', vi: 'Nguồn tin, mã nhúng', en: 'Feeds, embed code' },
  },
  {
    path: '/questions',
    for: answering,
    load: () => import('./Questions.tsx').then(m => m.Questions),
    tab: { order: 40, icon: 'hoi', vi: 'Bà con hỏi', en: 'Questions' },
  },
]
