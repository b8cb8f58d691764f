// Drawings of the first load: a 24 grid, 2 px stroke, round ends, in the colour of the words beside them.
// The words carry the meaning; a drawing is never alone.
import { signal } from '@preact/signals'
import type { moreIcons } from './more-icons.ts'

const firstIcons = {
  loa: '<path d="M3 10v4a1 1 0 0 0 1 1h3l10 5V4L7 9H4a1 1 0 0 0-1 1zM8 15.5l1 5h3l-1-3.7M20.5 9.5a4 4 0 0 1 0 5"/>',
  nghe: '<path d="M7 4.5v15l12.5-7.5z" fill="currentColor"/>',
  ro: '<path d="M4 12.5l5.5 5.5L20 6.5" stroke-width="2.6"/>',
  khan: '<path d="M12 3 22.2 20.5H1.8zM12 10v4.8M12 17.6v.2"/>',
  uutien: '<path d="M5 21.5V3.5h14l-3.5 5 3.5 5H5"/>',
  gio: '<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l3.5 2.2"/>',
  chuyen:
    '<path d="M12 8v4.5M5 16.5v-1.5a2.5 2.5 0 0 1 2.5-2.5h9a2.5 2.5 0 0 1 2.5 2.5v1.5M12 12.5v4"/><circle cx="12" cy="5" r="2.6"/><path d="M3 20.5v-2l2-1.7 2 1.7v2zM10 20.5v-2l2-1.7 2 1.7v2zM17 20.5v-2l2-1.7 2 1.7v2z"/>',
  giay: '<path d="M6 2.5h8.5L18.5 6.5v15h-12.5zM14 2.5v4.5h4.5M9 12h6.5M9 16h6.5"/>',
  nha: '<path d="M3 11.5 12 4l9 7.5M5.5 9.7V20h13V9.7M10 20v-5.5h4V20"/>',
  lich: '<path d="M4 5.5h16V20H4zM4 10.5h16M8 3v4M16 3v4"/>',
  hoi: '<path d="M4 4h16v12.5h-9L6 20.5v-4H4z"/><path d="M10 8.3a2.1 2.1 0 1 1 2.9 2.2c-.6.3-.9.6-.9 1.2M12 13.7v.1"/>',
  bao: '<path d="M12 21.5s7-6.3 7-11.7a7 7 0 0 0-14 0c0 5.4 7 11.7 7 11.7z"/><circle cx="12" cy="9.8" r="2.4"/>',
  matmang:
    '<path d="M4 4l16 16M2.5 9.5A14 14 0 0 1 7 6.6M11 5.6a14 14 0 0 1 10.5 3.9M6 13.3a9 9 0 0 1 3.9-2.2M15 11.6a9 9 0 0 1 3 1.7M12 18.8v.2M9.3 16.4a4 4 0 0 1 3.7-.9"/>',
  chogui: '<path d="M4 14v6h16v-6M12 16V4M7.5 8.5 12 4l4.5 4.5"/>',
  hoantac: '<path d="M9 5 4 10l5 5M4 10h10.5a5.5 5.5 0 0 1 0 11H11"/>',
  lui: '<path d="M15 4.5 7.5 12l7.5 7.5"/>',
  toi: '<path d="M9 4.5 16.5 12 9 19.5"/>',
  dong: '<path d="M5.5 5.5l13 13M18.5 5.5l-13 13"/>',
  khoa: '<path d="M5.5 11h13v9.5h-13zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11"/>',
  cochu: '<path d="M2.5 19 8 5l5.5 14M4.6 14.5h6.8M14.8 19l3.3-8.5L21.5 19M16 16.2h4.3"/>',
  so: '<path d="M5 18.7V5a1.5 1.5 0 0 1 1.5-1.5H19V17H6.7A1.7 1.7 0 0 0 5 18.7zM5 18.7a1.8 1.8 0 0 0 1.8 1.8H19M9 8h6M9 12h4"/>',
  mat: '<path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z"/><circle cx="12" cy="12" r="2.8"/>',
  may: '<path d="M7.5 2.5h9v19h-9zM11 18.3h2"/>',
  cua: '<path d="M6 21V3h12v18M2.5 21h19M14.3 12v.3"/>',
} as const
export type IconName = keyof typeof firstIcons | keyof typeof moreIcons

/** Grows by the rest when the second screen opens; see more.ts. */
export const icons = signal<Partial<Record<IconName, string>>>(firstIcons)

/** The mark: a horn, and the one home not yet reached. 39 × 32. */
export const mark =
  '<path d="M1.5 13.5a1.5 1.5 0 0 1 1.5-1.5h3.5c4.6 0 8-3 10.5-8.5v25C14.5 23 11.1 20 6.5 20H3a1.5 1.5 0 0 1-1.5-1.5z" fill="currentColor"/><path d="M22 15.5 29.7 8.8l7.7 6.7V26.5H22z" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linejoin="round"/>'

/** One home, 16 × 16: the mark of every figure about homes. */
export const homePath = 'M1 7.2 8 1l7 6.2V15H1z'
