// One made-up home: who lives there, how it listens, how to find it.
import type { Chance } from './chance.ts'
import { familyName, personName, type Sex } from './names.ts'
import { languages, needShares, type Need } from './places.ts'

export type PhoneKind = 'app' | 'voice' | 'none'

export interface DemoPerson {
  name: string
  relation: string
  isHead: boolean
  sex: Sex
  birthYear: number
  /** A made-up number in a range that no operator has: nobody can be called by it. */
  phone?: string
}

export interface DemoHome {
  sheetNo: string
  alley: string
  landmark: string
  way: string
  lat: number
  lng: number
  languages: string[]
  listener?: string
  needs: Need[]
  phoneKind: PhoneKind
  persons: DemoPerson[]
}

/** The year that ages are counted from; a fixed one, so that the generator stays pure. */
const thisYear = 2026

const landmarks =
  'cổng tre|cổng xanh|cổng sắt đỏ|mái tôn đỏ|nhà sàn gỗ|nhà hai tầng|quán tạp hóa|cạnh giếng làng|cạnh máng nước|gần nương chuối|sau cầu treo, có cây khế|đầu dốc, có cây gạo|cuối khe, cạnh bãi gỗ|dưới dốc, có ao cá|trước sân phơi ngô|cạnh nhà văn hóa|sát bờ suối|hàng rào dâm bụt|có cây nhãn to|gần trạm biến áp|cạnh lò gạch cũ|đối diện sân bóng'.split(
    '|',
  )
const ways = [
  'đi bộ từ đường lớn',
  'qua ngầm suối, mưa to phải chờ',
  'xe máy vào tận cổng',
  'qua cầu treo',
  'đường dốc, đi bộ',
]

/** 030 and 031 belong to no operator (numbering plan of 2018: mobile prefixes 032–039). */
const phoneNumber = (by: Chance) => `+8430${by.between(1_000_000, 9_999_999)}`

function elders(by: Chance, family: string): DemoPerson[] {
  const sex = by.is(0.7) ? 'f' : 'm'
  return [
    {
      name: personName(by, sex === 'f' ? familyName(by, 'hills') : family, sex),
      relation: sex === 'f' ? 'mẹ' : 'bố',
      isHead: false,
      sex,
      birthYear: thisYear - by.between(66, 92),
    },
  ]
}

function children(by: Chance, family: string, count: number, headAge: number): DemoPerson[] {
  return Array.from({ length: count }, () => {
    const sex = by.is(0.5) ? 'f' : 'm'
    const age = by.between(0, Math.max(1, headAge - 20))
    return {
      name: personName(by, family, sex),
      relation: 'con',
      isHead: false,
      sex,
      birthYear: thisYear - Math.min(age, 38),
    }
  })
}

function persons(by: Chance, count: number, isTown: boolean): DemoPerson[] {
  const family = familyName(by, isTown ? 'town' : 'hills')
  const sex: Sex = by.is(0.82) ? 'm' : 'f'
  const age = count === 1 ? by.between(55, 88) : by.between(27, 72)
  const head: DemoPerson = {
    name: personName(by, family, sex),
    relation: 'chủ hộ',
    isHead: true,
    sex,
    birthYear: thisYear - age,
  }
  if (count === 1) return [head]
  const spouseSex = sex === 'm' ? 'f' : 'm'
  const spouse: DemoPerson = {
    name: personName(by, familyName(by, isTown ? 'town' : 'hills'), spouseSex),
    relation: spouseSex === 'f' ? 'vợ' : 'chồng',
    isHead: false,
    sex: spouseSex,
    birthYear: thisYear - age + by.between(-4, 6),
  }
  const old = count > 3 && age < 60 && by.is(0.4) ? elders(by, family) : []
  return [head, spouse, ...old, ...children(by, family, count - 2 - old.length, age)]
}

/** Who has a telephone: in a home with the app up to three adults (press: "households with 2–3 members" in one group), else one or nobody. */
function givePhones(by: Chance, people: DemoPerson[], kind: PhoneKind) {
  if (kind === 'none') return
  const adults = people.filter(person => thisYear - person.birthYear >= 16)
  const count = kind === 'voice' ? 1 : by.between(1, 3)
  for (const adult of adults.slice(0, count)) adult.phone = phoneNumber(by)
}

function listening(by: Chance, people: readonly DemoPerson[], isOther: boolean) {
  if (!isOther) return { languages: ['vi'] }
  const grandmother = people.find(person => person.relation === 'mẹ')
  return {
    languages: [by.weighted(languages), 'vi'],
    listener: grandmother ? `bà ${grandmother.name}` : people[0]!.name,
  }
}

function needsOf(by: Chance, people: readonly DemoPerson[]) {
  const isAlone = people.length === 1 && thisYear - people[0]!.birthYear >= 65
  return needShares.filter(([need, share]) => (need === 'elder_alone' ? isAlone : by.is(share))).map(([need]) => need)
}

export interface HomeWish {
  sheetNo: string
  alley: string
  size: number
  phoneKind: PhoneKind
  isOtherLanguage: boolean
  isTown: boolean
  at: { lat: number; lng: number }
}

export function makeHome(by: Chance, wish: HomeWish): DemoHome {
  const people = persons(by, wish.size, wish.isTown)
  givePhones(by, people, wish.phoneKind)
  return {
    sheetNo: wish.sheetNo,
    alley: wish.alley,
    landmark: by.one(landmarks),
    way: wish.isTown ? '' : by.one(ways),
    lat: wish.at.lat + by.within(-0.004, 0.004),
    lng: wish.at.lng + by.within(-0.004, 0.004),
    ...listening(by, people, wish.isOtherLanguage),
    needs: needsOf(by, people),
    phoneKind: wish.phoneKind,
    persons: people,
  }
}
