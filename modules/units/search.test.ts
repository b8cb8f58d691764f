import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { fold } from '#core/fold'
import { testApp, type TestApp } from '#testing/app'
import { compareRanks, marked, rankOf, readName } from './search-rules.ts'

let at: TestApp
beforeAll(async () => {
  at = await testApp()
})
const find = async (name: string, more = '') =>
  (await at.ask('GET', `units?name=${encodeURIComponent(name)}${more}`)).body.items
const first = async (name: string, more = '') => (await find(name, more))[0]

describe('a commune is found', () => {
  test.each(['Sơn Động', 'son dong', 'xã Sơn Động', 'XA SON DONG', 'so\u031bn động'])('as %s', async name => {
    expect(await first(name)).toMatchObject({ title: 'Xã Sơn Động', code: '07615' })
  })
  test('by its old name, with what it was and until when', async () => {
    expect(await first('Nông Thượng')).toMatchObject({
      title: 'Phường Bắc Kạn',
      code: '01843',
      formerly: { title: 'Xã Nông Thượng', district: 'Thành phố Bắc Kạn', until: '2025-07-01' },
    })
    expect(await first('Định Tăng')).toMatchObject({ title: 'Xã Yên Định', code: '15469' })
    expect(await first('phường Sông Cầu, thành phố Bắc Kạn')).toMatchObject({ code: '01843' })
  })
  test('among many of one name by its old district and province', async () => {
    const minhTan = await find('xã Minh Tân, huyện Vĩnh Lộc, tỉnh Thanh Hóa')
    expect(minhTan.map(unit => unit.title)).toEqual(['Xã Biện Thượng'])
    expect((await find('Minh Tân')).length).toBeGreaterThan(3)
  })
  test('of today before the one that bore its name: Minh Hóa is not the old Minh Hóa', async () => {
    const [today, old] = await find('Minh Hóa')
    expect(today).toMatchObject({ title: 'Xã Minh Hóa', code: '18901' })
    expect(today?.formerly).toBeUndefined()
    expect(old).toMatchObject({ title: 'Xã Kim Phú', formerly: { title: 'Xã Minh Hóa' } })
  })
  test('with the right marks before the one without: Đông Sơn before Đồng Sơn', async () => {
    const titles = (await find('đông sơn')).map(unit => unit.title)
    const other = (await find('đồng sơn')).map(unit => unit.title)
    expect(titles[0]).toMatch(/Đông Sơn$/)
    expect(other[0]).toMatch(/Đồng Sơn$/)
  })
  test('as of a day: before the reform Nông Thượng is itself', async () => {
    const then = await first('Nông Thượng', '&asOf=2025-06-30')
    expect(then).toMatchObject({ title: 'Xã Nông Thượng', code: '01852' })
    expect(then?.formerly).toBeUndefined()
  })
})

describe('an old name that may be several today', () => {
  test('is answered with a question, once for each, in the reader’s language', async () => {
    const found = (await find('phường Cửa Đông')).filter(unit => unit.choices)
    expect(found.map(unit => unit.title).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'Phường Ba Đình',
      'Phường Hoàn Kiếm',
    ])
    expect(found[0]?.choices).toHaveLength(2)
    expect(found[0]?.question).toContain('Cửa Đông')
    const english = await at.ask('GET', 'units?name=cua%20dong', { headers: { 'accept-language': 'en' } })
    expect(english.body.items.find(unit => unit.question)!.question).toContain('may be one of these')
  })
  test('is found even where the table has no code for it', async () => {
    const found = await find('Ngã Tư Sở')
    expect(found.every(unit => unit.formerly?.district === 'Quận Đống Đa, Thành phố Hà Nội')).toBe(true)
    expect(found.map(unit => unit.title)).toEqual(expect.arrayContaining(['Phường Kim Liên', 'Phường Đống Đa']))
  })
})

describe('the list by name', () => {
  test('goes on where it stopped, and narrows to a province', async () => {
    const all = (await find('tân', '&limit=100')).map(unit => unit.title)
    const page = await at.ask('GET', 'units?name=t%C3%A2n&limit=40')
    const rest = await at.ask('GET', `units?name=t%C3%A2n&limit=60&cursor=${page.body.next}`)
    expect([...page.body.items, ...rest.body.items].map(unit => unit.title)).toEqual(all)
    const inProvince = await find('tan tien', '&parent=24')
    expect(inProvince.map(unit => unit.code).every(code => code?.startsWith('07'))).toBe(true)
  })
  test('answers nothing for nothing, and a sentence for a broken cursor', async () => {
    expect(await find('không có xã này đâu')).toEqual([])
    expect(await find(',,,')).toEqual([])
    expect((await at.ask('GET', 'units?name=tan&cursor=abc')).problem.code).toBe('bad_cursor')
    expect((await at.ask('GET', `units?name=${'a'.repeat(300)}`)).problem.code).toBe('invalid_input')
  })
})

const syllable = fc.constantFrom(
  'sơn',
  'Động',
  'hoà',
  'hòa',
  'thuý',
  'Đường',
  'an',
  'Châu',
  'phú',
  'HƯNG',
  '12',
  'Ia',
  'Kđam',
)
const name = fc.array(syllable, { minLength: 1, maxLength: 4 }).map(words => words.join(' '))
const level = fc.constantFrom('province' as const, 'commune' as const, 'village' as const)

describe('the rules of finding', () => {
  test('a name finds itself before any other name, however it is composed', () => {
    fc.assert(
      fc.property(name, name, level, (mine, other, at_) => {
        const asked = readName(mine.normalize('NFD'))
        const hit = (text: string) => rankOf(asked, { name: text, kind: 'xã', level: at_, isOld: false })
        expect(compareRanks(hit(mine), hit(other))).toBeLessThanOrEqual(0)
      }),
    )
  })
  test('without marks it is still a whole hit', () => {
    fc.assert(
      fc.property(name, mine => {
        expect(rankOf(readName(fold(mine)), { name: mine, kind: 'xã', level: 'commune', isOld: false })[0]).toBe(0)
      }),
    )
  })
  test('an old name never ranks before the same name of today', () => {
    fc.assert(
      fc.property(name, name, (mine, typed) => {
        const rank = (isOld: boolean) => rankOf(readName(typed), { name: mine, kind: 'xã', level: 'commune', isOld })
        expect(compareRanks(rank(false), rank(true))).toBeLessThan(0)
      }),
    )
  })
  test('old and new places of the tone mark are one spelling, other marks are not', () => {
    expect(marked('Hoà')).toBe(marked('hòa'))
    expect(marked('thuý')).toBe(marked('thúy'))
    expect(marked('dương')).not.toBe(marked('đường'))
    fc.assert(
      fc.property(name, text => {
        expect(marked(marked(text))).toBe(marked(text))
      }),
    )
  })
})
