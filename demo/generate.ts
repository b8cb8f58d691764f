// The demo communes, made from a seed: pure, so that two machines with one seed hold the same homes.
import { chance, type Chance } from './chance.ts'
import { makeHome, type DemoHome, type PhoneKind } from './home.ts'
import { centre, minhHoa, personsPerHome, sizes, sonDong, voiceOnly, type Place } from './places.ts'

export interface DemoVillage {
  name: string
  kind: Place['kind']
  alleys: string[]
  homes: DemoHome[]
}

export interface DemoCommune {
  /** The official code since 1-7-2025. */
  code: string
  villages: DemoVillage[]
}

const alleyNames =
  'Khe Chuối|Đồi Chè|Bãi Gỗ|Cầu Treo|Gốc Gạo|Nhà Văn Hóa|Đầu Suối|Ao Sen|Dốc Đỏ|Bờ Ngòi|Đồng Trước|Sau Đình|Ngã Ba|Xóm Trại|Đèo Nghẽo|Vườn Vải'.split(
    '|',
  )

/** Draws the homes' sizes, then changes single homes until the village has as many people as it should. */
function householdSizes(by: Chance, place: Place): number[] {
  const drawn = Array.from({ length: place.homes }, () => by.weighted(sizes) as number)
  const wanted = place.people ?? Math.ceil(place.homes * personsPerHome)
  for (let sum = drawn.reduce((a, b) => a + b, 0); sum !== wanted;) {
    const at = by.between(0, drawn.length - 1)
    const step = sum < wanted ? 1 : -1
    if (drawn[at]! + step < 1 || drawn[at]! + step > 8) continue
    drawn[at]! += step
    sum += step
  }
  return drawn
}

function phoneKinds(by: Chance, place: Place): PhoneKind[] {
  const app = Math.round(place.homes * by.within(...place.app))
  const voice = Math.floor(Math.min(place.homes - app, place.homes * by.within(...voiceOnly)))
  // a small village must not fall under the lowest share of voice-only homes by rounding
  const atLeast = Math.ceil(place.homes * voiceOnly[0])
  return by.shuffled(
    Array.from({ length: place.homes }, (_, n) =>
      n < app ? 'app' : n < app + Math.max(voice, atLeast) ? 'voice' : 'none',
    ),
  )
}

function otherLanguages(by: Chance, place: Place): boolean[] {
  const count = Math.round(place.homes * by.within(...place.otherLanguage))
  return by.shuffled(Array.from({ length: place.homes }, (_, n) => n < count))
}

function makeVillage(by: Chance, place: Place): DemoVillage {
  const isTown = place.kind === 'tổ dân phố'
  const alleys = by.shuffled(alleyNames).slice(0, by.between(3, 6))
  const at = isTown
    ? { lat: centre.lat + by.within(-0.01, 0.01), lng: centre.lng + by.within(-0.01, 0.01) }
    : { lat: centre.lat + by.within(-0.08, 0.08), lng: centre.lng + by.within(-0.08, 0.08) }
  const counts = householdSizes(by, place)
  const phones = phoneKinds(by, place)
  const isOther = otherLanguages(by, place)
  const homes = counts.map((size, n) =>
    makeHome(by, {
      sheetNo: String(n + 1),
      alley: alleys[Math.floor((n * alleys.length) / counts.length)]!,
      size,
      phoneKind: phones[n]!,
      isOtherLanguage: isOther[n]!,
      isTown,
      at,
    }),
  )
  return { name: place.name, kind: place.kind, alleys, homes }
}

/** @param most only the first villages, for a quick run */
const makeCommune = (seed: number, code: string, places: readonly Place[], most = places.length): DemoCommune => ({
  code,
  villages: places.slice(0, most).map(place => makeVillage(chance(seed, code, place.name), place)),
})

/** Sơn Động in Bắc Ninh, the demo's commune; code of the official list since 1-7-2025. */
export const makeSonDong = (seed: number, villages?: number) => makeCommune(seed, '07615', sonDong, villages)
/** Minh Hóa in Quảng Trị, a small second commune. */
export const makeMinhHoa = (seed: number) => makeCommune(seed, '18901', minhHoa)
