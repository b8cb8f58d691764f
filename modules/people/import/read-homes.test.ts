import writeWorkbook from 'write-excel-file/node'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBirth, readName, readPhones } from './cells.ts'
import { readCsv, writeCsv } from './csv.ts'
import { fieldOf } from './headers.ts'
import { fromTcvn3, fromVni } from './legacy.ts'
import { openFile } from './open-file.ts'
import { readHomes } from './read-homes.ts'
import type { Cell, Merge, Sheet } from './sheet.ts'
import { findVillage, villageOfTitle } from './village-names.ts'

const sheet = (rows: Cell[][], merges: Merge[] = []): Sheet => ({ name: 'Sheet1', rows, merges })
const read = (rows: Cell[][], merges?: Merge[]) => readHomes([sheet(rows, merges)], false, 2026)
const names = (rows: Cell[][]) => read(rows).homes.map(home => home.persons[0]!.name)
const refusals = (rows: Cell[][]) => read(rows).refused.map(({ row, column, code }) => [row, column, code])

test('a list as villages keep it: title above, totals and signature below, none of them a home', () => {
  const rows: Cell[][] = [
    ['UBND XÃ SƠN ĐỘNG', null, null, null],
    ['DANH SÁCH HỘ GIA ĐÌNH THÔN PHÚ HƯNG NĂM 2026', null, null, null],
    [],
    ['STT', 'Họ và tên chủ hộ', 'Năm sinh', 'Số điện thoại'],
    ['(1)', '(2)', '(3)', '(4)'],
    [1, 'Lý Văn An', 1960, 912345678],
    [2, 'HOÀNG THỊ BÌNH', '02/03/1971', '0168.912.3456'],
    [3, null, null, null],
    ['Tổng cộng: 2 hộ', null, null, null],
    [null, null, 'Phú Hưng, ngày 5 tháng 3 năm 2026', null],
    [null, null, 'Trưởng thôn', null],
    [null, null, '(Ký, ghi rõ họ tên)', null],
    [null, 'Nông Văn Ký', null, null],
  ]
  const { homes, refused } = read(rows)
  expect(refused).toEqual([])
  expect(homes.map(home => [home.row, home.village, home.persons[0]!.name, home.persons[0]!.birthYear])).toEqual([
    [6, 'THÔN PHÚ HƯNG', 'Lý Văn An', 1960],
    [7, 'THÔN PHÚ HƯNG', 'Hoàng Thị Bình', 1971],
  ])
  expect(homes.map(home => home.persons[0]!.phones[0])).toEqual(['+84912345678', '+84389123456'])
})

test('headings are known in any order and spelling', () => {
  const meant = {
    'Họ và tên': 'name',
    'HO TEN': 'name',
    'Họ tên chủ hộ': 'head',
    'Quan hệ với chủ hộ': 'relation',
    'Ngày, tháng, năm sinh': 'birth',
    'Năm sinh': 'birth',
    SĐT: 'phone',
    'Số điện thoại (Zalo)': 'phone',
    'Số CCCD/CMND': 'idNumber',
    'Thôn/Bản/TDP': 'village',
    'Tên thôn': 'village',
    'Số hộ': 'sheetNo',
    'Mã hộ': 'sheetNo',
    Hộ: 'sheetNo',
    Họ: 'surname',
    'Giới tính': 'sex',
    'Dân tộc': 'dropped',
    'Tiếng nói hằng ngày': 'language',
    'Số khẩu': 'count',
    'Ngõ xóm': 'alley',
  }
  for (const [heading, field] of Object.entries(meant)) {
    expect(fieldOf(heading), heading).toBe(field)
    expect(fieldOf(heading.normalize('NFD')), `${heading} NFD`).toBe(field)
  }
})

test('a row a person: the head is marked, the home’s cells are merged, the sex stands by its column', () => {
  const rows: Cell[][] = [
    ['TT', 'Số hộ', 'Họ và tên', 'Quan hệ', 'Ngày sinh', null, 'Thôn'],
    [null, null, null, null, 'Nam', 'Nữ', null],
    [1, '01', 'Vi Văn Một', 'Chủ hộ', '1/2/1950', null, 'Mật'],
    [2, null, 'Lê Thị Hai', 'Vợ', null, 1952, null],
    [3, '02', 'Trần Thị Ba', 'CH', null, '03/1960', 'Mật'],
  ]
  const { homes, refused } = read(rows, [
    { top: 2, bottom: 3, left: 1, right: 1 },
    { top: 2, bottom: 3, left: 6, right: 6 },
  ])
  expect(refused).toEqual([])
  expect(
    homes.map(home => [home.sheetNo, home.village, home.persons.map(one => [one.name, one.sex, one.birthYear])]),
  ).toEqual([
    [
      '01',
      'Mật',
      [
        ['Vi Văn Một', 'm', 1950],
        ['Lê Thị Hai', 'f', 1952],
      ],
    ],
    ['02', 'Mật', [['Trần Thị Ba', 'f', 1960]]],
  ])
})

test('each bad row is refused by the sheet’s own words, and the row is the one Excel shows', () => {
  const list = (...rows: Cell[][]): Cell[][] => [['STT', 'Tên chủ hộ', 'Sinh ngày', 'ĐT'], ...rows]
  expect(refusals(list([1, 'Lý Văn An', '31/02/1960', null]))).toEqual([[2, 'Sinh ngày', 'birth_unreadable']])
  expect(refusals(list([1, 'Lý Văn An', '12/25/1960', null]))).toEqual([[2, 'Sinh ngày', 'birth_unreadable']])
  expect(refusals(list([1, 'Lý Văn An', '01/02/60', null]))).toEqual([[2, 'Sinh ngày', 'birth_unreadable']])
  expect(refusals(list([1, 'Lý Văn An', 2090, null]))).toEqual([[2, 'Sinh ngày', 'birth_future']])
  expect(refusals(list([1, 'Lý Văn An', null, '09123']))).toEqual([[2, 'ĐT', 'phone_unreadable']])
  expect(refusals(list([1, null, 1960, '0912345678']))).toEqual([[2, 'Tên chủ hộ', 'name_missing']])
  expect(refusals(list([1, '=HYPERLINK("x")', 1960, null]))).toEqual([[2, 'Tên chủ hộ', 'name_unreadable']])
  expect(refusals(list([1, '#REF!', 1960, null]))).toEqual([[2, 'Tên chủ hộ', 'cell_error']])
})

test('without a head’s row nobody of the home is guessed to be it', () => {
  const rows: Cell[][] = [
    ['Số hộ', 'Họ tên', 'Quan hệ', 'Năm sinh'],
    [1, 'Lý Văn An', 'chủ hộ', 'abc'],
    [1, 'Lý Thị Bé', 'con', 2001],
    [2, 'Vi Văn Ba', 'con', 2001],
    [3, 'Vi Văn Tư', 'chủ hộ', 1970],
    [3, 'Vi Văn Năm', 'chủ hộ', 1980],
    [3, 'Vi Thị Sáu', 'vợ', 1981],
    [3, 'Vi Thị Sáu', 'vợ', 1981],
  ]
  expect(refusals(rows)).toEqual([
    [2, 'Năm sinh', 'birth_unreadable'],
    [3, 'Quan hệ', 'head_refused'],
    [4, 'Quan hệ', 'head_missing'],
    [6, 'Quan hệ', 'two_heads'],
    [8, 'Họ tên', 'duplicate'],
  ])
})

test('a heading between the rows names the village of those below it', () => {
  const rows: Cell[][] = [
    ['STT', 'Họ tên chủ hộ', 'Năm sinh'],
    ['I. THÔN MẬT (2 hộ)', null, null],
    [1, 'To Van Hai', null],
    ['II', 'Thôn Lốt', null],
    [1, 'Ban Van An', null],
  ]
  expect(read(rows).homes.map(home => [home.village, home.persons[0]!.name])).toEqual([
    ['THÔN MẬT', 'To Van Hai'],
    ['Thôn Lốt', 'Ban Van An'],
  ])
})

test('names in two columns are one name; ethnicity and papers are not kept', () => {
  const rows: Cell[][] = [
    ['Họ đệm', 'Tên', 'Dân tộc', 'Số CCCD'],
    ['Nguyễn Thị', 'Hoa', 'Tày', '012345678901'],
  ]
  const { homes, dropped } = read(rows)
  expect(homes[0]!.persons[0]).toMatchObject({ name: 'Nguyễn Thị Hoa', idNumber: null })
  expect(dropped).toEqual(['Dân tộc', 'Số CCCD'])
  expect(
    names([
      ['Họ và tên', null, 'Năm sinh'],
      ['Lê Văn', 'Tám', 1950],
    ]),
  ).toEqual(['Lê Văn Tám'])
})

test('text of the old fonts is converted, never mangled', () => {
  expect(fromTcvn3('NguyÔn V¨n Thµnh')).toBe('Nguyễn Văn Thành')
  expect(fromVni('Nguyeãn Vaên Thaønh')).toBe('Nguyễn Văn Thành')
  expect(fromVni('Ñoàng Vaên Ñöùc')).toBe('Đồng Văn Đức')
  expect(
    names([
      ['STT', 'Hä vµ tªn', 'N¨m sinh'],
      [1, 'NguyÔn V¨n Thµnh', 1960],
    ]),
  ).toEqual(['Nguyễn Văn Thành'])
  expect(
    names([
      ['STT', 'Hoï vaø teân', 'Naêm sinh'],
      [1, 'Nguyeãn Vaên Thaønh', 1960],
    ]),
  ).toEqual(['Nguyễn Văn Thành'])
})

test('a file that is Unicode stays as it is, whatever signs stand in it', () => {
  expect(
    names([
      ['STT', 'Họ và tên', 'Năm sinh', 'Ghi chú'],
      [1, 'Hà Thị Bé', 1960, '½ sào, 20m²'],
      [2, 'Lê Bá', 1961, null],
    ]),
  ).toEqual(['Hà Thị Bé', 'Lê Bá'])
})

test('a village is found by its name in any spelling; marks decide between two', () => {
  const villages = [
    { id: '1', kind: 'thôn', name: 'Phú Hưng' },
    { id: '2', kind: 'tổ dân phố', name: 'Tổ dân phố 1' },
    { id: '3', kind: 'thôn', name: 'Mát' },
    { id: '4', kind: 'thôn', name: 'Mật' },
    { id: '5', kind: 'thôn', name: 'Bản Mới' },
  ]
  const found = (text: string) => {
    const village = findVillage(villages, text)
    return typeof village === 'object' ? village.id : village
  }
  for (const text of ['Phú Hưng', 'Thôn Phú Hưng', 'thon phu hung', 'THÔN PHÚ HƯNG', 'T. Phú Hưng'])
    expect(found(text), text).toBe('1')
  for (const text of ['Tổ dân phố số 01', 'TDP 1', 'Tổ 1', 'to dan pho 1']) expect(found(text), text).toBe('2')
  expect(found('Mật')).toBe('4')
  expect(found('mat')).toBe('unclear')
  expect(found('Thôn Bản Mới')).toBe('5')
  expect(found('Phú Hùng Hai')).toBeUndefined()
  expect(villageOfTitle('DANH SÁCH HỘ GIA ĐÌNH THÔN PHÚ HƯNG, XÃ SƠN ĐỘNG')).toBe('THÔN PHÚ HƯNG')
})

test('dates are day before month, a year alone, or Excel’s own count of days', () => {
  expect(readBirth('05/03/1960')).toEqual({ year: 1960, day: '1960-03-05' })
  expect(readBirth('1960')).toEqual({ year: 1960, day: null })
  expect(readBirth(21_979)).toEqual({ year: 1960, day: '1960-03-04' })
  expect(readBirth(new Date('1960-03-05T00:00:00Z'))).toEqual({ year: 1960, day: '1960-03-05' })
  expect(readBirth('không rõ')).toBeNull()
  expect(readBirth('hai mươi')).toBeUndefined()
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }), at => {
      const [year, month, day] = at.toISOString().slice(0, 10).split('-') as [string, string, string]
      expect(readBirth(`${day}/${month}/${year}`)).toEqual({ year: Number(year), day: `${year}-${month}-${day}` })
    }),
  )
})

test('whatever stands in a sheet, it is read or refused, and never breaks the reading', () => {
  const cell = fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.boolean(), fc.date())
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { maxLength: 12 }), rows => {
      const table: Cell[][] = [['STT', 'Họ tên', 'Năm sinh', 'SĐT'], [1, 'Lý Văn An', 1960, null], ...rows]
      const { homes, refused } = read(table)
      expect(homes.length + refused.length).toBeLessThanOrEqual(rows.length + 1)
    }),
  )
  fc.assert(
    fc.property(fc.string(), text => typeof readName(text) !== 'number' && Array.isArray(readPhones(text) ?? [])),
  )
})

test('separated text comes back as it was written, and no field becomes a formula', () => {
  const field = fc.string().filter(text => !/^[=+\-@\t\r']/.test(text) && !text.startsWith('\uFEFF'))
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1 }), rows => {
      const plain = rows.map(row => row.map(text => text.replace(/[;\t]/g, ' ')))
      expect(readCsv(writeCsv(plain).slice(1))).toEqual(plain)
    }),
  )
  expect(writeCsv([['=1+1', '+84912345678', '@x']])).toContain("'=1+1,'+84912345678,'@x")
})

const workbook = (rows: (string | number | null)[][]) =>
  writeWorkbook(rows.map(row => row.map(value => (value === null ? null : { value })))).toBuffer()
const opened = async (bytes: Buffer) =>
  readHomes(await openFile(bytes), false, 2026).homes.map(home => home.persons[0]!.name)

test('Excel, and separated text in every encoding that Windows writes, give the same homes', async () => {
  const rows = [
    ['STT', 'Họ và tên chủ hộ', 'Năm sinh'],
    [1, 'Nguyễn Văn Thành', 1960],
    [2, 'Lò Thị Đào', 1971],
  ]
  expect(await opened(await workbook(rows))).toEqual(['Nguyễn Văn Thành', 'Lò Thị Đào'])
  const text = rows.map(row => row.join(';')).join('\r\n')
  expect(await opened(Buffer.from(text))).toEqual(['Nguyễn Văn Thành', 'Lò Thị Đào'])
  expect(await opened(Buffer.from(`\uFEFF${text}`.normalize('NFD')))).toEqual(['Nguyễn Văn Thành', 'Lò Thị Đào'])
  expect(await opened(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual(['Nguyễn Văn Thành', 'Lò Thị Đào'])
  expect(await opened(Buffer.from('STT,Hä vµ tªn chñ hé,N¨m sinh\n1,NguyÔn V¨n Thµnh,1960', 'latin1'))).toEqual([
    'Nguyễn Văn Thành',
  ])
})

test('what is no list is refused by its name', async () => {
  const refused = (bytes: Buffer) =>
    openFile(bytes).then(
      () => 'opened',
      (error: { code: string }) => error.code,
    )
  expect(await refused(Buffer.alloc(0))).toBe('import_empty')
  expect(await refused(Buffer.from(' \n \n'))).toBe('import_empty')
  expect(await refused(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))).toBe('import_xls')
  expect(await refused(Buffer.from('%PDF-1.7'))).toBe('import_not_sheet')
  expect(await refused(Buffer.from('<html><table></table></html>'))).toBe('import_not_sheet')
  expect(await refused(Buffer.from(`Họ và tên;Thôn\n${'Lường Văn Thử;Mật\n'.repeat(600)}Lò\0;Mật`))).toBe(
    'import_broken',
  )
  expect(await refused(Buffer.from('PK\u0003\u0004 nothing more'))).toBe('import_broken')
  expect(await refused((await workbook([['a']])).subarray(0, 900))).toBe('import_broken')
  expect(await refused(Buffer.from(Array.from({ length: 300 }, (_, n) => 128 + ((n * 37) % 120))))).toBe(
    'import_encoding',
  )
  expect(await refused(Buffer.from(' '.repeat(10_000_000)))).toBe('import_empty')
})
