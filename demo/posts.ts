// Who holds which post in the demo: made-up people, one for every role, some with two posts as in real villages.
import type { StaffRole } from '#access'
import { chance, type Chance } from './chance.ts'
import { familyName, personName } from './names.ts'

export interface DemoHolder {
  /** Holders with one key are one person. */
  key: string
  name: string
  part: 'holder' | 'deputy'
}

export interface DemoPost {
  role: StaffRole
  /** The village's place in the list; without it the commune, or the province for a province officer. */
  village?: number
  title?: string
  holders: DemoHolder[]
}

function someone(by: Chance, key: string, isTown: boolean, part: DemoHolder['part'] = 'holder'): DemoHolder {
  const sex = by.is(0.45) ? 'f' : 'm'
  return { key, name: personName(by, familyName(by, isTown ? 'town' : 'hills'), sex), part }
}

function ofVillage(by: Chance, village: number): DemoPost[] {
  const head = someone(by, `head${village}`, false)
  // press, An Bình ward: one man is Party-cell secretary and head of his residential group; how often is our assumption
  const secretary = by.is(0.3) ? head : someone(by, `secretary${village}`, false)
  return [
    { role: 'village_head', village, holders: [head, someone(by, `deputy${village}`, false, 'deputy')] },
    { role: 'party_secretary', village, holders: [{ ...secretary, part: 'holder' }] },
    { role: 'front_head', village, holders: [someone(by, `front${village}`, false)] },
    { role: 'digital_team_member', village, holders: [someone(by, `digital${village}`, false)] },
  ]
}

function ofCommune(by: Chance, code: string): DemoPost[] {
  const one = (role: StaffRole, key: string, title?: string): DemoPost => ({
    role,
    ...(title && { title }),
    holders: [someone(by, `${code}${key}`, true)],
  })
  return [
    {
      role: 'commune_chair',
      holders: [someone(by, `${code}chair`, true), someone(by, `${code}vice`, true, 'deputy')],
    },
    one('commune_officer', 'culture', 'Công chức Văn hóa – Xã hội'),
    one('commune_officer', 'office', 'Công chức Văn phòng – Thống kê'),
    one('police', 'police'),
    one('border_guard', 'border'),
    one('province_officer', 'province'),
  ]
}

export const makePosts = (seed: number, code: string, villages: number): DemoPost[] => {
  const by = chance(seed, code, 'posts')
  const all = Array.from({ length: villages }, (_, n) => ofVillage(by, n)).flat()
  return [...ofCommune(by, code), ...all].map(post => ({
    ...post,
    holders: post.holders.map(holder => ({ ...holder, key: `${code}/${holder.key}` })),
  }))
}
