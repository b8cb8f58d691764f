import { beforeAll, describe, expect, test } from 'vitest'
import type { Sql } from '#core/db'
import { findUnit, getUnit, unitsReport, unitTitle } from '#units'
import { testDb } from '#testing/db'
import { changesOf, versionsOf } from '../store.ts'
import { fillOfficialUnits } from './fill.ts'
import { readPackage } from './make.ts'
import { match } from './match.ts'
import { shippedTable } from './shipped.ts'
import { writeTable } from './table.ts'

let db: Sql
beforeAll(async () => {
  db = await testDb()
})
const yesterday = '2025-06-30'
const titleOf = async (code: string, day?: string) => unitTitle(await getUnit(db, code, day))

describe('the shipped table', () => {
  const table = shippedTable()
  test('has 34 provinces and 3,321 communes: 2,621 xã, 687 phường, 13 đặc khu', () => {
    const communes = table.present.filter(unit => unit.province !== undefined)
    expect(table.present.length - communes.length).toBe(34)
    const count = (kind: string) => communes.filter(unit => unit.kind === kind).length
    expect([communes.length, count('xã'), count('phường'), count('đặc khu')]).toEqual([3321, 2621, 687, 13])
  })
  test('is exactly what the maker makes of the package today, numbers kept', () => {
    expect(writeTable(match(readPackage(), table))).toEqual(writeTable(table))
    expect(writeTable(match(readPackage()))).toEqual(writeTable(table))
  })
  test('numbers are small, and nobody has another’s', () => {
    const numbers = [...table.present, ...table.former.filter(unit => unit.how !== 'same')].map(unit => unit.no)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(Math.max(...table.present.map(unit => unit.no))).toBeLessThan(10_000)
    expect(table.present.find(unit => unit.code === '07615')).toMatchObject({ name: 'Sơn Động', kind: 'xã' })
  })
  test('every old unit became something that exists', () => {
    const today = new Set(table.present.map(unit => unit.no))
    expect(table.former.filter(unit => !unit.became.length || unit.became.some(no => !today.has(no)))).toEqual([])
  })
  test('what the table names without a code is reported, none of it lost', () => {
    const rows = table.unresolved.filter(one => one.reason === 'no_old_code').flatMap(one => one.rows.split(' '))
    const bare = readPackage().ward_mappings.filter(row => !row.old_ward_code && row.old_ward_name)
    const cited = bare.length - rows.length // they repeat an old unit that has a code, or name a part of it
    expect([bare.length, rows.length, cited]).toEqual([938, 919, 19])
    expect(table.unresolved.filter(one => one.reason === 'no_old_unit').map(one => one.name)).toContain('Côn Đảo')
  })
})

test('the report names each unresolved old name and where it may be today', () => {
  const report = unitsReport()
  expect(report.find(row => row.old.startsWith('Phường Ngã Tư Sở'))).toMatchObject({
    reason: 'no_old_code',
    old: 'Phường Ngã Tư Sở, Quận Đống Đa, Thành phố Hà Nội',
    new: { code: expect.stringMatching(/^\d{5}$/) },
  })
  expect(report.filter(row => row.reason === 'no_old_unit').map(row => row.new.title)).toContain('Đặc khu Lý Sơn')
})

describe('a database of a new installation', () => {
  test('knows every unit by its code of today and by its code of yesterday', async () => {
    const [[today], [before]] = await Promise.all([
      db`select count(*)::int as n from loa.unit_version where code is not null and valid_to is null`,
      db`select count(*)::int as n from loa.unit_version where valid_from <= ${yesterday} and (valid_to is null or valid_to > ${yesterday})`,
    ])
    expect([today?.['n'], before?.['n']]).toEqual([3355, 63 + 10_034])
  })
  test('the communes of the articles: the same code, other names, other neighbours', async () => {
    expect(await titleOf('07615')).toBe('Xã Sơn Động')
    expect(await titleOf('07615', yesterday)).toBe('Thị trấn An Châu')
    expect(await titleOf('15382')).toBe('Xã Biện Thượng')
    expect(await titleOf('15382', yesterday)).toBe('Xã Minh Tân')
    expect(await titleOf('01843')).toBe('Phường Bắc Kạn')
    expect(await titleOf('15469')).toBe('Xã Yên Định')
    expect(await titleOf('18901')).toBe('Xã Minh Hóa')
    expect(await titleOf('18931', yesterday)).toBe('Xã Minh Hóa')
    expect((await getUnit(db, '18904')).id).not.toBe((await getUnit(db, '18904', yesterday)).id)
    expect(await titleOf('23614', yesterday)).toBe('Phường An Bình')
  })
  test('Sơn Động was made of An Châu town, An Bá and Vĩnh An, as the table says and not as newspapers do', async () => {
    const changes = await changesOf(db, (await getUnit(db, '07615')).id)
    expect(changes.map(change => [change.kind, change.fromName, change.on])).toEqual([
      ['merge_whole', 'An Châu', '2025-07-01'],
      ['merge_whole', 'Vĩnh An', '2025-07-01'],
      ['merge_whole', 'An Bá', '2025-07-01'],
    ])
    const [was] = await versionsOf(db, (await getUnit(db, '07615', yesterday)).id)
    expect(was).toMatchObject({ name: 'An Châu', validTo: '2025-07-01' })
  })
  test('a province code means another province in another year: 52 was Bình Định, it is Gia Lai', async () => {
    expect([await titleOf('52', yesterday), await titleOf('52')]).toEqual(['Tỉnh Bình Định', 'Tỉnh Gia Lai'])
    expect([await titleOf('24', yesterday), await titleOf('24')]).toEqual(['Tỉnh Bắc Giang', 'Tỉnh Bắc Ninh'])
  })
  test('an old commune that a resolution divides says into which', async () => {
    const changes = await changesOf(db, (await getUnit(db, '00055', yesterday)).id)
    expect(new Set(changes.map(change => `${change.kind} ${change.toName}`))).toEqual(
      new Set(['merge_part Ba Đình', 'merge_part Hoàn Kiếm']),
    )
    expect(changes[0]?.source).toContain('1656/NQ-UBTVQH15')
  })
  test('a dead code is nothing today', async () => {
    expect(await findUnit(db, '18931')).toBeUndefined()
  })
  test('is filled in about a second, and a second time nothing is touched', async () => {
    const count = async () =>
      (await db`select count(*)::int as n, max(xmin::text::bigint) as x from loa.unit_version`)[0]
    const before = await count()
    await fillOfficialUnits(db, () => {
      throw new Error('the table was read again')
    })
    expect(await count()).toEqual(before)
    await db`delete from loa.setting where key = 'units.table'`
    await fillOfficialUnits(db, shippedTable)
    expect(await count()).toEqual(before)
  })
})
