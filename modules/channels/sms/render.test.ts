import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addWords } from '#core/words'
import { channelsVi } from '../words.vi.ts'
import { smsText, type Said } from './render.ts'
import { withoutMarks } from './text.ts'

addWords('vi', channelsVi)
const link = 'https://loa.example/t/AbCdEfGhIjKlMnOpQrStUvWx'
const said = (changes: Partial<Said> = {}): Said => ({
  title: 'Dịch tả lợn châu Phi',
  text: 'Không mua bán, giết mổ lợn. Báo ngay trưởng thôn.',
  author: 'UBND xã Sơn Động',
  checkCode: '7KQ2M9XT4',
  isPrivate: false,
  isOptional: false,
  ...changes,
})
const look = { marks: false, mostParts: 3, hearsReplies: false }

test('the commune stands first, then title and plain words, the code, and the link last', () => {
  expect(smsText(said(), link, look)).toEqual({
    text: `UBND xa Son Dong: Dich ta lon chau Phi. Khong mua ban, giet mo lon. Bao ngay truong thon. Ma 7KQ2M9XT4. ${link}`,
    encoding: 'gsm7',
    parts: 1,
  })
  expect(smsText(said(), link, { ...look, marks: true })).toMatchObject({ encoding: 'ucs2', parts: 3 })
})

test('a private message says only that there is one', () => {
  const { text } = smsText(said({ isPrivate: true }), 'https://loa.example/', look)
  expect(text).toBe('UBND xa Son Dong: Co tin rieng cho nha minh. Mo Loa Lang de doc: https://loa.example/')
})

test('where answers are heard the message says how to answer, and how to stop what is optional', () => {
  const heard = { ...look, hearsReplies: true }
  expect(smsText(said(), link, heard).text).toContain('Ro thi nhan 1.')
  expect(smsText(said({ isOptional: true }), link, heard).text).toContain('HUY')
})

test('a word of which nothing is left without marks leaves no gap and no dots that stand alone', () => {
  const { text } = smsText(said({ title: 'Họp 😀 thôn 😀', text: '😀 Tối nay 😀' }), link, look)
  expect(text).toBe(`UBND xa Son Dong: Hop thon. Toi nay Ma 7KQ2M9XT4. ${link}`)
})

const letters = fc.constantFrom('a', 'ữ', 'đ', 'Ô', '€', '😀', '“', '1', '#', '\n', '.')
const word = fc.array(letters, { minLength: 1, maxLength: 14 }).map(all => all.join(''))
const text = fc.array(word, { maxLength: 120 }).map(all => all.join(' '))

test('whatever the words, no more than the parts allowed are sent, the link is whole at the end, and no word is cut', () => {
  fc.assert(
    fc.property(
      fc.record({ title: text, text, author: word, isPrivate: fc.boolean(), isOptional: fc.boolean() }),
      fc.record({ marks: fc.boolean(), mostParts: fc.integer({ min: 1, max: 8 }), hearsReplies: fc.boolean() }),
      (changes, wish) => {
        const made = smsText(said(changes), link, wish)
        expect(made.parts).toBeLessThanOrEqual(wish.mostParts)
        expect(made.text.endsWith(link)).toBe(true)
        if (changes.isPrivate || wish.marks) return
        const known = new Set(withoutMarks(`${changes.title} ${changes.title}. ${changes.text}`).split(/\s+/))
        const cut = made.text.split(' ').find(one => one.endsWith('...') && !known.has(one))
        if (cut) expect([...known].some(one => `${one}...` === cut || cut.endsWith(`${one}...`))).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
