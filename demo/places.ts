// The places of the demo and the numbers they are made from, each with its source.
// [A3] https://baobacninhtv.vn, post 430613: Sơn Động commune · [A0] Báo Quảng Trị on Minh Hóa commune · [A4] Báo Bắc Kạn, 27-5-2023, on Sông Cầu ward
// [G] sggpnews.org.vn 98795 (2022) · [V] vietnamnet.vn 2303801 (2024) · [I] IANA language subtag registry · [own] our assumption: nobody has published it

export interface Place {
  name: string
  kind: 'thôn' | 'tổ dân phố'
  homes: number
  /** Shares of homes with a phone that shows the app, lowest and highest. */
  app: readonly [number, number]
  /** Share of homes that listen in another language than Vietnamese. */
  otherLanguage: readonly [number, number]
  people?: number
}

/**
 * Homes with a phone that can show the app. [A0] "the number of participating families is from 50 % to 80 %" and "over 80 %" in one village;
 * [A4] "about 90 % of households"; [G] 56–58 % of adults in mountain provinces, 78 % in the best cities.
 */
const far = [0.51, 0.59] as const
const hills = [0.63, 0.9] as const
const town = [0.84, 0.94] as const
/** Voice and text messages only: [V] feature phones left after 2G closed, mostly in the mountains; the range is [own]. */
export const voiceOnly = [0.05, 0.15] as const

/** [A3] "many ethnic minorities living there"; how many in which village is [own], but for Phú Hưng. */
const some = [0.15, 0.5] as const
const few = [0, 0.08] as const

const thon = (name: string, homes: number, app: Place['app'] = hills): Place => ({
  name,
  kind: 'thôn',
  homes,
  app,
  otherLanguage: some,
})
const group = (no: number, homes: number): Place => ({
  name: `Tổ dân phố ${no}`,
  kind: 'tổ dân phố',
  homes,
  app: town,
  otherLanguage: few,
})

/** [A3] "over 24,000 people, 33 villages". The names of Phú Hưng and Mật are [A3]; the other names and all sizes but Phú Hưng's are [own]. */
export const sonDong: readonly Place[] = [
  // [A3] "121 households, more than 500 people, of which 70 % are San Chi, Cao Lan, Tay, Nung", "most adults have smartphones"
  { name: 'Phú Hưng', kind: 'thôn', homes: 121, app: [0.82, 0.88], otherLanguage: [0.7, 0.7], people: 508 },
  thon('Mật', 178),
  thon('Nà Ó', 156, far),
  thon('Khe Táu', 132, far),
  thon('Lốt', 169),
  thon('Nà Hin', 199),
  thon('Mo Reo', 237),
  thon('Chào', 208),
  thon('Phe', 218),
  thon('Nghẽo', 215),
  thon('Làng Mới', 243),
  thon('Thượng', 193),
  thon('Mặn', 239),
  thon('Kim Bảng', 166),
  thon('Đồng Dương', 220),
  thon('Đồng Riễu', 140),
  thon('Lái', 156),
  thon('Biểng', 150),
  thon('Hạ', 133),
  thon('Quỳnh Hồ', 198),
  thon('Đồng Bài', 114),
  thon('Thanh Chung', 210),
  thon('Han', 163),
  thon('Cại', 167),
  thon('Lim', 163),
  thon('Tam Hiệp', 131),
  thon('Mùng', 173),
  group(1, 276),
  group(2, 269),
  group(3, 234),
  group(4, 266),
  group(5, 216),
  group(6, 274),
]

/** The second commune, so that a leak between communes would show. [A0] Tân Lợi has "more than 200 households"; the rest is [own]. */
export const minhHoa: readonly Place[] = [
  { name: 'Tân Lợi', kind: 'thôn', homes: 206, app: [0.8, 0.84], otherLanguage: few },
  thon('Đồng Lâm', 48),
  thon('Khe Rèng', 31, far),
]

/** Persons a home: [A3] 24,000 people in about 6,300 homes. */
export const personsPerHome = 3.82
/** Homes by their number of persons: [own], with that mean. */
export const sizes = [
  [1, 7],
  [2, 15],
  [3, 19],
  [4, 28],
  [5, 18],
  [6, 9],
  [7, 4],
] as const

/** [A3] the peoples it names; the tags are [I] (Cao Lan and Sán Chí are one people with two languages); the weights are [own]. */
export const languages = [
  ['yue-VN-x-sanchi', 4],
  ['mlc', 3],
  ['tyz', 2],
  ['nut', 2],
] as const

/** Needs of a home that decide who walks there first: all shares [own]. */
export const needShares = [
  ['elder_alone', 0.04],
  ['hard_of_hearing', 0.03],
  ['sees_badly', 0.02],
  ['cannot_read', 0.03],
  ['walks_badly', 0.02],
] as const
export type Need = (typeof needShares)[number][0]

/** Where the commune lies, in degrees: the town of An Châu. */
export const centre = { lat: 21.335, lng: 106.853 }
