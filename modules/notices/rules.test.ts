import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  aloneFrom,
  askOf,
  changedFields,
  defaultPack,
  endsAt,
  isPrivateAudience,
  isWide,
  lastUseful,
  lateMinutes,
  needsSecondPerson,
  paperKey,
  relayDue,
  relayOf,
  type Wording,
} from './rules.ts'
import { warningsOf, type About } from './warnings.ts'

const wording = (changes: Partial<Wording> = {}): Wording => ({
  title: 'Khám tiểu đường miễn phí',
  body: 'Bà con từ 40 tuổi ra Trạm Y tế xã.',
  plain: '',
  topic: 'health',
  paper: null,
  event: null,
  steps: [],
  validUntil: null,
  ...changes,
})
const at = new Date('2026-11-20T06:40:00+07:00')
const about = (changes: Partial<Wording> = {}, more: Partial<About> = {}): About => ({
  wording: wording(changes),
  isInternal: false,
  isPrivate: false,
  unreachable: 0,
  households: 10,
  relayDueAt: undefined,
  ...more,
})
const codes = (of: About) => warningsOf(of, at, defaultPack).map(one => one.code)
const aClass = fc.constantFrom('normal' as const, 'priority' as const, 'emergency' as const)
const aMoment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })

test('an emergency never waits for a relay, whoever asks for one', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), (internal, isVillageAuthor) => {
      const audience = { units: ['u'], groups: [] }
      expect(relayOf('village', { class: 'emergency', internal, isVillageAuthor, audience })).toBe('none')
    }),
  )
})

test('a notice to a group or by need cannot be relayed', () => {
  const of = { class: 'normal' as const, internal: false, isVillageAuthor: false }
  const group = { id: 'g', kind: 'women', isConfidential: false }
  expect(relayOf('village', { ...of, audience: { units: ['u'], groups: [group] } })).toBeUndefined()
  expect(
    relayOf('village', { ...of, audience: { units: ['u'], groups: [], attributes: { needs: ['elder'] } } }),
  ).toBeUndefined()
  expect(relayOf('village', { ...of, audience: { units: ['u'], groups: [] } })).toBe('village')
})

test('a relay is due after publication, a priority before a normal one, and at the time the writer set', () => {
  fc.assert(
    fc.property(aMoment, publishedAt => {
      const normal = relayDue('normal', publishedAt, null, defaultPack)
      const priority = relayDue('priority', publishedAt, null, defaultPack)
      expect(priority.getTime()).toBeGreaterThan(publishedAt.getTime())
      expect(priority.getTime()).toBeLessThan(normal.getTime())
    }),
  )
  fc.assert(
    fc.property(aMoment, aMoment, (publishedAt, by) => {
      const due = relayDue('normal', publishedAt, by, defaultPack)
      expect(due.getTime()).toBe(Math.max(by.getTime(), publishedAt.getTime()))
    }),
  )
})

test('a delay is never negative and grows with time', () => {
  fc.assert(
    fc.property(aMoment, aMoment, aMoment, (due, passed, later) => {
      expect(lateMinutes(due, passed, later)).toBeGreaterThanOrEqual(0)
      if (passed <= due) expect(lateMinutes(due, passed, later)).toBe(0)
    }),
  )
})

test('only an emergency for more than one village needs a second person', () => {
  fc.assert(
    fc.property(aClass, fc.nat(50), fc.boolean(), (of, villages, isAbove) => {
      const wide = isWide({ villages, isAbove })
      expect(needsSecondPerson(of, wide)).toBe(of === 'emergency' && (isAbove || villages > 1))
    }),
  )
  expect(aloneFrom(at, defaultPack).toISOString()).toBe(new Date('2026-11-20T06:45:00+07:00').toISOString())
})

test('information asks for delivery, an emergency for Đã rõ, a paper among posts to be seen; the writer may ask for more', () => {
  expect(askOf({ class: 'normal', internal: false })).toBe('delivered')
  expect(askOf({ class: 'emergency', internal: false })).toBe('acknowledged')
  expect(askOf({ class: 'priority', internal: true })).toBe('seen')
  expect(askOf({ class: 'normal', internal: false, ask: 'acted' })).toBe('acted')
})

test('naming a need, a credit group or a Party cell makes the notice private', () => {
  expect(isPrivateAudience({ groups: [], attributes: { needs: ['poor'] } })).toBe(true)
  expect(isPrivateAudience({ groups: [{ id: 'g', kind: 'credit_group', isConfidential: false }] })).toBe(true)
  expect(isPrivateAudience({ groups: [{ id: 'g', kind: 'party_cell', isConfidential: true }] })).toBe(true)
  expect(isPrivateAudience({ groups: [{ id: 'g', kind: 'women', isConfidential: false }] })).toBe(false)
  expect(isPrivateAudience({ groups: [], attributes: { languages: ['tay'] } })).toBe(false)
})

test('the last useful moment lies before the event and never after it', () => {
  fc.assert(
    fc.property(aMoment, aMoment, (event, present) => {
      const useful = lastUseful(
        { event: { at: event.toISOString(), place: '' }, validUntil: null },
        present,
        defaultPack,
      )!
      expect(useful.getTime()).toBeLessThanOrEqual(event.getTime())
    }),
  )
})

test('a day as an end means 24:00 of that day in Vietnam', () => {
  expect(endsAt({ event: null, validUntil: '2026-11-25' })!.toISOString()).toBe('2026-11-25T17:00:00.000Z')
  expect(endsAt({ event: { at: '2026-11-25T07:00:00+07:00', place: '' }, validUntil: null })!.toISOString()).toBe(
    '2026-11-25T17:00:00.000Z',
  )
})

test('the same paper is the same however it is typed; without a paper nothing is merged', () => {
  const one = { issuer: 'UBND xã Sơn Động', number: '87/TB-UBND', date: '2026-11-19' }
  expect(paperKey({ ...one, issuer: 'ubnd  XÃ SƠN ĐỘNG', number: '87 / tb-ubnd' })).toBe(paperKey(one))
  expect(paperKey({ ...one, date: '2025-11-19' })).not.toBe(paperKey(one))
  expect(paperKey(null)).toBeUndefined()
})

test('what changed is named, and nothing else', () => {
  expect(changedFields(wording(), wording())).toEqual([])
  expect(changedFields(wording(), wording({ title: 'Khác', validUntil: '2026-12-01' }))).toEqual([
    'title',
    'validUntil',
  ])
})

test('the writer is warned of a weekday that does not fit its date', () => {
  expect(codes(about({ body: 'Khám 7 giờ thứ Tư 25/11.' }))).not.toContain('weekday_wrong')
  expect(codes(about({ body: 'Khám 7 giờ thứ Năm, ngày 25/11/2026.' }))).toContain('weekday_wrong')
})

test('the writer is warned of phone and ID numbers, and not of paper numbers, prices and dates', () => {
  expect(codes(about({ body: 'Gọi 0912 345 678 để ghi tên.' }))).toContain('phone_in_text')
  expect(codes(about({ body: 'Căn cước 024188001234 của ông.' }))).toContain('id_number_in_text')
  const harmless = codes(about({ body: 'Số 87/TB-UBND, 20/11/2026, hỗ trợ 1.000.000.000 đ, mã 2026.' }))
  expect(harmless).toEqual([])
})

test('an internal paper on its way to residents is noticed, by its words or by its number', () => {
  expect(codes(about({ body: 'Lưu hành nội bộ.' }))).toContain('internal_words')
  expect(codes(about({ paper: { number: '12-CV/ĐU', date: '2026-11-19', issuer: 'Đảng ủy' } }))).toContain(
    'internal_words',
  )
  expect(codes(about({ body: 'Lưu hành nội bộ.' }, { isInternal: true }))).toEqual([])
})

test('the writer hears of a past date, of little time left, and of homes that nothing reaches', () => {
  expect(codes(about({ event: { at: '2026-11-19', place: '' } }))).toEqual(['date_past'])
  expect(codes(about({ event: { at: '2026-11-21T05:00:00+07:00', place: '' } }, { unreachable: 3 }))).toEqual([
    'last_useful_near',
    'no_way',
  ])
  const relayDueAt = new Date('2026-11-25T08:00:00+07:00')
  expect(codes(about({ event: { at: '2026-11-25T07:00:00+07:00', place: '' } }, { relayDueAt }))).toEqual([
    'relay_after_useful',
  ])
})
