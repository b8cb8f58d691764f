// Closed lists that contracts, imports and screens share. They run in the browser too.

/** What keeps a home from hearing or coming, as a visitor needs to know it: never an illness, never poverty. */
export const needs = ['elder_alone', 'hard_of_hearing', 'sees_badly', 'cannot_read', 'walks_badly'] as const
export type Need = (typeof needs)[number]

/** What a home has: a phone that shows the app, one for calls and SMS only, or none. */
export const phoneKinds = ['app', 'voice', 'none'] as const
export type PhoneKind = (typeof phoneKinds)[number]

/** Accounts of messaging services, which a home links itself by a code. */
export const linkedKinds = ['zalo', 'facebook', 'telegram'] as const
export type LinkedKind = (typeof linkedKinds)[number]

export const contactKinds = ['phone', 'email', ...linkedKinds] as const
export type ContactKind = (typeof contactKinds)[number]

/**
 * Languages of listening by BCP 47 tag, checked against the IANA registry, each with the words by which lists name it.
 * Sán Chay is one people with two languages: Cao Lan (`mlc`) and Sán Chí (a Yue-like speech).
 */
export const languages: Readonly<Record<string, readonly string[]>> = {
  vi: ['Kinh', 'Việt', 'tiếng Việt', 'phổ thông'],
  tyz: ['Tày'],
  nut: ['Nùng'],
  'yue-VN-x-sanchi': ['Sán Chí', 'Sán Chỉ'],
  mlc: ['Cao Lan'],
  blt: ['Thái Đen', 'Thái'],
  twh: ['Thái Trắng'],
  mtq: ['Mường'],
  hmn: ['Mông', 'Hmông', "H'Mông"],
  km: ['Khmer', 'Khơ-me'],
  ium: ['Dao'],
  mji: ['Dao Quần Trắng', 'Dao Áo Dài'],
  yue: ['Hoa'],
  jra: ['Gia Rai', 'Jrai'],
  rad: ['Ê Đê'],
  bdq: ['Ba Na'],
  sed: ['Xơ Đăng'],
  kpm: ['Cơ Ho', "K'Ho"],
  cjm: ['Chăm'],
  hre: ['Hrê'],
  rog: ['Ra Glai'],
  cmo: ['Mnông'],
  stt: ['Xtiêng'],
  bru: ['Bru', 'Vân Kiều', 'Bru Vân Kiều'],
  pac: ['Pa Cô', 'Tà Ôi'],
  ktv: ['Cơ Tu'],
  kjg: ['Khơ Mú'],
  tou: ['Thổ'],
  scb: ['Chứt'],
  nuo: ['Nguồn'],
}

/** What a language is called: `Sán Chí`. A tag that the list does not know stands as it is. */
export const languageName = (tag: string) => languages[tag]?.[0] ?? tag

/** Whoever is younger has no contact that is used. */
const contactAge = 16

/** Whoever was born after this day is too young on `today`. */
export const contactBornBy = (today: string) => `${Number(today.slice(0, 4)) - contactAge}${today.slice(4)}`

/** Where only the year is known its last day counts: better a year late than a child's number. Unknown is grown up. */
export const isUnderAge = (person: { birthYear: number | null; birthDay: string | null }, today: string) => {
  const born = person.birthDay ?? (person.birthYear === null ? undefined : `${person.birthYear}-12-31`)
  return born !== undefined && born > contactBornBy(today)
}

/** What a person may ask for of what is stored. */
export const requestKinds = ['correct', 'copy', 'erase', 'stop'] as const
