import { expect, test } from 'vitest'
import fc from 'fast-check'
import { testOutgoing } from '../run-cases.ts'
import { readAloud, secondsOf } from './read-aloud.ts'
import { spokenWords } from './script.ts'
import { addWords } from '#core/words'
import { channelsVi } from '../words.vi.ts'

addWords('vi', channelsVi)

test.each([
  ['Họp 19h30 ngày 25/11', 'Họp 19 giờ 30 ngày 25 tháng 11.'],
  ['Họp lúc 19:30, 25/11/2026', 'Họp lúc 19 giờ 30, ngày 25 tháng 11 năm 2026.'],
  ['7h sáng', '7 giờ sáng.'],
  ['7h00-11h', '7 giờ đến 11 giờ.'],
  ['họp lúc 7g, về trước 11g', 'họp lúc 7 giờ, về trước 11 giờ.'],
  ['pha 20g thuốc, 5 g mỗi bình', 'pha 20 gam thuốc, 5 gam mỗi bình.'],
  ['07h05', '7 giờ 5 phút.'],
  ['8g15 tối', '8 giờ 15 tối.'],
  ['7 giờ 30', '7 giờ 30.'],
  ['từ 25-27/11', 'từ ngày 25 đến ngày 27 tháng 11.'],
  ['trong tháng 11/2026', 'trong tháng 11 năm 2026.'],
  ['ngày 05.01.2027', 'ngày 5 tháng 1 năm 2027.'],
  ['Theo 87/TB-UBND', 'Theo 87, thông báo Ủy ban nhân dân.'],
  ['UBND xã, NHCSXH', 'Ủy ban nhân dân xã, Ngân hàng Chính sách xã hội.'],
  ['Thu 50.000đ/hộ', 'Thu 50000 đồng mỗi hộ.'],
  ['1.500.000 đồng', '1500000 đồng.'],
  ['giảm 2,5%', 'giảm 2 phẩy 5 phần trăm.'],
  ['Gọi 0912 345 678', 'Gọi 0 9 1 2, 3 4 5, 6 7 8.'],
  ['Gọi 0912.345.678 ngay', 'Gọi 0 9 1 2, 3 4 5, 6 7 8 ngay.'],
  ['gọi 114', 'gọi 1 1 4.'],
  ['Xem https://xa.vn/a?b=1 nhé', 'Xem nhé.'],
  ['**Không** bán [lợn](https://x.vn)', 'Không bán lợn.'],
  ['- Rắc vôi\n- Nhốt lợn', 'Rắc vôi. Nhốt lợn.'],
  ['cách 3km, 2 ha', 'cách 3 ki-lô-mét, 2 héc-ta.'],
  ['3/4 số hộ', '3 phần 4 số hộ.'],
  ['Hop thôn', 'Hop thôn.'],
  ['Mức 3 trở lên', 'Mức 3 trở lên.'],
  ['COVID-19', 'COVID-19.'],
])('“%s” is said “%s”', (written, said) => {
  expect(readAloud(written)).toBe(said)
})

test('what was decomposed is put together, and saying it twice changes nothing that was said', () => {
  expect(readAloud('Họp thôn'.normalize('NFD'))).toBe('Họp thôn.')
  const pieces = fc.constantFrom(
    '19h30',
    'ngày 25/11',
    'UBND',
    '0912345678',
    'họp',
    '50.000đ',
    'tại nhà văn hóa',
    '\n',
    ', ',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), words => {
      const once = readAloud(words.join(' '))
      expect(readAloud(once)).toBe(once)
    }),
  )
})

test('whatever is written, something plain comes out, in time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), text => {
      expect(readAloud(text)).not.toMatch(/[\r\n<>*#]|https?:\/\//)
    }),
  )
  // Of this process alone, however busy the machine is.
  const began = process.cpuUsage()
  for (const bad of [
    '1'.repeat(20_000),
    '1/'.repeat(10_000),
    '0 '.repeat(10_000),
    '['.repeat(20_000),
    '7h '.repeat(7000),
  ])
    readAloud(bad)
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(3000)
})

const dated = { at: new Date('2026-11-25T12:30:00Z'), place: 'Nhà văn hóa thôn' }

test('a notice is said: by whom, what, when and where, and which key does what', () => {
  const { text } = spokenWords(
    testOutgoing({
      title: 'Họp dân',
      text: 'Mời mỗi nhà một người. Mang theo CCCD.',
      author: 'UBND xã Thử',
      event: dated,
    }),
    60,
  )
  expect(text).toBe(
    'Alô, Ủy ban nhân dân xã Thử xin báo. Họp dân. Mời mỗi nhà một người. Mang theo căn cước công dân. Thời gian: 19 giờ 30, thứ tư ngày 25 tháng 11. Địa điểm: Nhà văn hóa thôn. Bấm 1 để xác nhận. Bấm 2 để nghe lại. Bấm 3 để gặp trưởng thôn.',
  )
})

test('a day without an hour names none; an emergency says that it is one; what is private says nothing of it', () => {
  const day = { at: new Date('2026-11-24T17:00:00Z'), place: '', isWholeDay: true }
  const whole = spokenWords(testOutgoing({ event: day, class: 'emergency' }), 60).text
  expect(whole).toContain('Thời gian: thứ tư ngày 25 tháng 11.')
  expect(whole).toContain('tin khẩn cấp')
  const secret = spokenWords(
    testOutgoing({ isPrivate: true, title: 'Nợ quá hạn', text: 'Trả nợ', event: dated }),
    60,
  ).text
  expect(secret).not.toMatch(/nợ|Thời gian/i)
  expect(secret).not.toContain('Bấm 1')
})

test('whole sentences only, and no longer than a call may take; the keys are always said', () => {
  const long = 'Bà con chú ý một điều quan trọng này. '.repeat(200)
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 300 }), most => {
      const said = spokenWords(testOutgoing({ text: long }), most)
      expect(said.isCut).toBe(true)
      expect(said.text).toMatch(/Bấm 3 để gặp trưởng thôn\.$/)
      expect(said.seconds).toBeLessThanOrEqual(Math.max(most + 1, 25))
      expect(said.text).not.toMatch(/chú ý một điều(?! quan trọng này\.)/)
    }),
  )
})

test('a slow voice is reckoned with: sixty words take more than a quarter of a minute', () => {
  expect(secondsOf('một '.repeat(60))).toBe(20)
  expect(secondsOf('0 9 1 2')).toBeGreaterThan(2)
})
