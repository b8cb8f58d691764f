// Drawings of the product: a 24 grid, 2 px stroke, round ends, in the colour of the words beside them.
// The words carry the meaning; a drawing is never alone.
export const icons = {
  loa: '<path d="M3 10v4a1 1 0 0 0 1 1h3l10 5V4L7 9H4a1 1 0 0 0-1 1zM8 15.5l1 5h3l-1-3.7M20.5 9.5a4 4 0 0 1 0 5"/>',
  nghe: '<path d="M7 4.5v15l12.5-7.5z" fill="currentColor"/>',
  dung: '<path d="M8 5v14M16 5v14" stroke-width="4"/>',
  ro: '<path d="M4 12.5l5.5 5.5L20 6.5" stroke-width="2.6"/>',
  khan: '<path d="M12 3 22.2 20.5H1.8zM12 10v4.8M12 17.6v.2"/>',
  uutien: '<path d="M5 21.5V3.5h14l-3.5 5 3.5 5H5"/>',
  thuong: '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.4v.2"/>',
  gio: '<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l3.5 2.2"/>',
  chuyen:
    '<path d="M12 8v4.5M5 16.5v-1.5a2.5 2.5 0 0 1 2.5-2.5h9a2.5 2.5 0 0 1 2.5 2.5v1.5M12 12.5v4"/><circle cx="12" cy="5" r="2.6"/><path d="M3 20.5v-2l2-1.7 2 1.7v2zM10 20.5v-2l2-1.7 2 1.7v2zM17 20.5v-2l2-1.7 2 1.7v2z"/>',
  giay: '<path d="M6 2.5h8.5L18.5 6.5v15h-12.5zM14 2.5v4.5h4.5M9 12h6.5M9 16h6.5"/>',
  goi: '<path d="M4.8 3.5h4l2 5-2.6 1.7a11.5 11.5 0 0 0 5.6 5.6L15.5 13.2l5 2v4a1.4 1.4 0 0 1-1.5 1.4C10.6 20 4 13.4 3.4 5a1.4 1.4 0 0 1 1.4-1.5z"/>',
  qr: '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v3M14 20h3M20 20v.1"/>',
  in: '<path d="M7 8V3h10v5M7 17H3.5V8.5h17V17H17M7 14h10v7H7z"/>',
  tv: '<path d="M3 5h18v12H3zM8 21h8M12 17v4"/>',
  sms: '<path d="M4 4.5h16v12H10.5L6 20.5v-4H4zM8.5 10.5v.1M12 10.5v.1M15.5 10.5v.1"/>',
  thu: '<path d="M3 5.5h18v13H3zM3.5 6 12 13l8.5-7"/>',
  nguoi: '<circle cx="12" cy="7.5" r="4"/><path d="M4.5 21c.6-4.6 3.5-6.5 7.5-6.5s6.9 1.9 7.5 6.5"/>',
  nhom: '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.5-4 3-5.7 6.5-5.7s6 1.7 6.5 5.7M16 4.8a3.4 3.4 0 0 1 0 6.4M17.5 14.6c2.4.5 3.7 2.2 4 5.4"/>',
  nha: '<path d="M3 11.5 12 4l9 7.5M5.5 9.7V20h13V9.7M10 20v-5.5h4V20"/>',
  lich: '<path d="M4 5.5h16V20H4zM4 10.5h16M8 3v4M16 3v4"/>',
  hoi: '<path d="M4 4h16v12.5h-9L6 20.5v-4H4z"/><path d="M10 8.3a2.1 2.1 0 1 1 2.9 2.2c-.6.3-.9.6-.9 1.2M12 13.7v.1"/>',
  bao: '<path d="M12 21.5s7-6.3 7-11.7a7 7 0 0 0-14 0c0 5.4 7 11.7 7 11.7z"/><circle cx="12" cy="9.8" r="2.4"/>',
  anh: '<path d="M3.5 8h4L9 5h6l1.5 3h4v11.5h-17z"/><circle cx="12" cy="13.5" r="3.5"/>',
  mic: '<path d="M9 6a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21"/>',
  matmang:
    '<path d="M4 4l16 16M2.5 9.5A14 14 0 0 1 7 6.6M11 5.6a14 14 0 0 1 10.5 3.9M6 13.3a9 9 0 0 1 3.9-2.2M15 11.6a9 9 0 0 1 3 1.7M12 18.8v.2M9.3 16.4a4 4 0 0 1 3.7-.9"/>',
  chogui: '<path d="M4 14v6h16v-6M12 16V4M7.5 8.5 12 4l4.5 4.5"/>',
  hoantac: '<path d="M9 5 4 10l5 5M4 10h10.5a5.5 5.5 0 0 1 0 11H11"/>',
  tim: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/>',
  loc: '<path d="M3.5 6h17M7 12h10M10 18h4"/>',
  lui: '<path d="M15 4.5 7.5 12l7.5 7.5"/>',
  toi: '<path d="M9 4.5 16.5 12 9 19.5"/>',
  xuong: '<path d="M5 9l7 7 7-7"/>',
  dong: '<path d="M5.5 5.5l13 13M18.5 5.5l-13 13"/>',
  cong: '<path d="M12 4.5v15M4.5 12h15"/>',
  khoa: '<path d="M5.5 11h13v9.5h-13zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11"/>',
  khien: '<path d="M12 2.5l8 3v6.3c0 5-3.5 8.2-8 9.7-4.5-1.5-8-4.7-8-9.7V5.5zM8.3 12l2.7 2.7 4.8-5.2"/>',
  cochu: '<path d="M2.5 19 8 5l5.5 14M4.6 14.5h6.8M14.8 19l3.3-8.5L21.5 19M16 16.2h4.3"/>',
  cho: '<path d="M3.5 9.5h17L18.5 20h-13zM8 9.5l4-6 4 6M9.5 13.5v3M14.5 13.5v3"/>',
  bieudo: '<path d="M3 20.5h18M6 20V12M12 20V4M18 20V9" />',
  so: '<path d="M5 18.7V5a1.5 1.5 0 0 1 1.5-1.5H19V17H6.7A1.7 1.7 0 0 0 5 18.7zM5 18.7a1.8 1.8 0 0 0 1.8 1.8H19M9 8h6M9 12h4"/>',
  sua: '<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM13.5 7l3.5 3.5"/>',
  bando: '<path d="M9 4 3 6.5V20l6-2.5 6 2.5 6-2.5V4l-6 2.5zM9 4v13.5M15 6.5V20"/>',
  mat: '<path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z"/><circle cx="12" cy="12" r="2.8"/>',
  may: '<path d="M7.5 2.5h9v19h-9zM11 18.3h2"/>',
  cua: '<path d="M6 21V3h12v18M2.5 21h19M14.3 12v.3"/>',
  lonlao:
    '<path d="M4 13c0-3.6 3.3-5.5 7.2-5.5 1.4 0 2.7.2 3.8.7L18.5 6l-.2 4c.7.6 1.2 1.2 1.5 2h1.7v4h-2c-.6.9-1.5 1.6-2.5 2.1V21h-3v-2H9.5v2h-3v-3.5C4.9 16.4 4 14.9 4 13zM4 12c-1.2-.2-1.8-1-1.8-2.2M15.6 11.7v.1"/>',
  bietdi: '<path d="M3 12h13M11 6.5 16.5 12 11 17.5M20.5 4v16"/>',
  hang: '<path d="M2.5 11 8 6.5l5.5 4.5v8h-11zM13.5 9 17 6l4.5 4v9h-8M7 19v-4h2.5v4"/>',
  chan: '<circle cx="12" cy="12" r="9"/><path d="M5.8 5.8l12.4 12.4"/>',
  vang: '<path d="M3 11.5 12 4l9 7.5M5.5 9.7V20h13V9.7M9.5 13l5 5M14.5 13l-5 5"/>',
  phun: '<path d="M4 10h9v11H4zM6 10V7.5h5V10M8.5 7.5V4.5h5L16 6M13.5 4.5V3M18.5 4.5l2.5-1.2M18.8 7.2h2.7M18.5 9.8l2.5 1.2M4 15h9"/>',
  dai: '<path d="M5 9h14v11H5zM8 9 17 3.5M9 14.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M16 13v3"/>',
} as const
export type IconName = keyof typeof icons

/** The mark: a horn, and the one home not yet reached. 39 × 32. */
export const mark =
  '<path d="M1.5 13.5a1.5 1.5 0 0 1 1.5-1.5h3.5c4.6 0 8-3 10.5-8.5v25C14.5 23 11.1 20 6.5 20H3a1.5 1.5 0 0 1-1.5-1.5z" fill="currentColor"/><path d="M22 15.5 29.7 8.8l7.7 6.7V26.5H22z" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linejoin="round"/>'

/** One home, 16 × 16: the mark of every figure about homes. */
export const homePath = 'M1 7.2 8 1l7 6.2V15H1z'
