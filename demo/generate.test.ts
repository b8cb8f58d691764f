import { expect, test } from 'vitest'
import { makeMinhHoa, makeSonDong } from './generate.ts'

const commune = makeSonDong(1)
const homes = commune.villages.flatMap(village => village.homes)
const share = (list: readonly { phoneKind: string }[], kind: string) =>
  list.filter(home => home.phoneKind === kind).length / list.length

test('Sơn Động has 33 villages, about 6,300 homes and more than 24,000 people', () => {
  expect(commune.villages).toHaveLength(33)
  expect(homes).toHaveLength(6327)
  expect(homes.flatMap(home => home.persons).length).toBeGreaterThan(24_000)
})

test.each([1, 2, 3, 4, 5])('with seed %i the phones of every village stay inside the bounds', seed => {
  const villages = makeSonDong(seed).villages
  for (const { homes: ofVillage } of villages) {
    expect(share(ofVillage, 'app')).toBeGreaterThanOrEqual(0.5)
    expect(share(ofVillage, 'app')).toBeLessThanOrEqual(0.95)
    expect(share(ofVillage, 'voice')).toBeGreaterThanOrEqual(0.05)
    expect(share(ofVillage, 'voice')).toBeLessThanOrEqual(0.15)
  }
  expect(villages.filter(village => share(village.homes, 'app') < 0.6)).toHaveLength(2)
})

test('in Phú Hưng 121 homes live more than 500 people, and 70 of 100 homes listen in another language', () => {
  const village = commune.villages.find(v => v.name === 'Phú Hưng')!
  expect(village.homes).toHaveLength(121)
  expect(village.homes.flatMap(home => home.persons).length).toBeGreaterThan(500)
  expect(village.homes.filter(home => home.languages[0] !== 'vi').length / 121).toBeCloseTo(0.7, 2)
})

test('one seed makes one commune, another seed another', () => {
  expect(makeSonDong(7, 2)).toEqual(makeSonDong(7, 2))
  expect(makeSonDong(8, 2)).not.toEqual(makeSonDong(7, 2))
})

test('every home has one head, and a telephone only where it should have one', () => {
  for (const home of homes) {
    expect(home.persons.filter(person => person.isHead)).toHaveLength(1)
    expect(home.persons.some(person => person.phone)).toBe(home.phoneKind !== 'none')
  }
})

test('a second, small commune stands beside it', () => {
  expect(makeMinhHoa(1).villages).toHaveLength(3)
})
