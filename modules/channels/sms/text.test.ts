import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodingOf, partsOf, weigh, withoutMarks } from './text.ts'

const notice =
  'UBND xã Sơn Động: Dịch tả lợn châu Phi. Không mua bán, giết mổ, vận chuyển lợn. Nhốt lợn trong chuồng, rắc vôi. ' +
  'Lợn ốm, chết báo ngay trưởng thôn. Xem: https://loa.example/t/AbCdEfGhIj. Mã 7KQ2M.'

test('a notice of 195 letters takes three parts with marks and two without', () => {
  expect(notice.length).toBe(195)
  expect(weigh(notice, { marks: true })).toMatchObject({ encoding: 'ucs2', parts: 3 })
  expect(weigh(notice, { marks: false })).toMatchObject({ encoding: 'gsm7', parts: 2 })
})

test('one ữ makes the whole message UCS-2; à è é ì ò ù do not', () => {
  expect(encodingOf('Bà è é ì ò ù')).toBe('gsm7')
  expect(encodingOf('Bà con nhữ')).toBe('ucs2')
})

test('without marks đ is d, quotes and dashes are plain, and nothing stands outside the seven-bit alphabet', () => {
  expect(withoutMarks('Đường “số 7” – đồng bằng… 50.000 ₫')).toBe('Duong "so 7" - dong bang... 50.000 d')
  expect(withoutMarks('Thôn Tân Lợi'.normalize('NFD'))).toBe('Thon Tan Loi')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(encodingOf(withoutMarks(text))).toBe('gsm7')
    }),
  )
})

test('the limits are 160 and 153, 70 and 67; an escaped letter takes two places', () => {
  expect(partsOf('a'.repeat(160)).length).toBe(1)
  expect(partsOf('a'.repeat(161)).map(part => part.length)).toEqual([153, 8])
  expect(partsOf('ữ'.repeat(70)).length).toBe(1)
  expect(partsOf('ữ'.repeat(71)).map(part => part.length)).toEqual([67, 4])
  expect(partsOf('€'.repeat(80)).length).toBe(1)
  expect(partsOf(`${'a'.repeat(152)}€${'a'.repeat(20)}`).map(part => part.length)).toEqual([152, 21])
})

test('whatever the text, its parts make it whole again, none is too long and no letter is cut', () => {
  const units = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('ữ', '€', '😀', 'a', 'đ', '{'))
  fc.assert(
    fc.property(fc.array(units, { maxLength: 400 }), pieces => {
      const text = pieces.join('').normalize('NFC')
      const encoding = encodingOf(text)
      const parts = partsOf(text)
      expect(parts.join('')).toBe(text)
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(encoding === 'gsm7' ? 160 : 70)
        expect(part.isWellFormed()).toBe(true)
      }
    }),
  )
})
