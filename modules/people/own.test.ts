import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, now } from '#core/clock'
import { inTransaction } from '#core/db'
import { readPack, setPack } from '#core/packs'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { contactsOf } from '#people'
import { RequestRulesShape } from './rules-shape.ts'
import { answerBy } from './working-days.ts'

const { app, ask } = await testApp()
const commune = await testCommune(app.sql, [2, 1])
const home = commune.villages[0]!.homes[0]!
const resident = await commune.resident(home)
const officer = await commune.staff('commune_officer')
const id = commune.out(home)

test('a home reads what is stored of it, whole, on what basis, and who looked, by office and never by name', async () => {
  await ask('POST', `households/${id}/contacts`, {
    token: officer,
    body: { kind: 'phone', value: '0912000999', basis: 'consent', how: 'spoken', wording: 'Cho xã nhắn tin nhé?' },
  })
  await ask('GET', `households/${id}`, { token: officer })
  const { body } = await ask('GET', 'home', { token: resident })
  expect(body).toMatchObject({
    id,
    contacts: [{ value: '0912 000 999' }],
    consents: [{ purpose: 'village_notices', basis: 'consent', wording: 'Cho xã nhắn tin nhé?' }],
    clock: { workingDays: 2, source: expect.stringContaining('91/2025') },
  })
  expect(body.looks).toEqual([expect.objectContaining({ what: 'home', role: 'commune_officer', times: 1 })])
  expect(JSON.stringify(body.looks)).not.toContain('Người giữ')
  const copy = await ask('GET', 'home/copy', { token: resident })
  expect(copy.headers.get('content-disposition')).toContain('attachment')
  expect(JSON.parse(copy.text).id).toBe(id)
})

test('its own looking at itself is not noted', async () => {
  await ask('GET', 'home', { token: resident })
  const looks = await app.sql`select 1 from loa.look where commune_id = ${commune.tenant} and household_id = ${home}`
  expect(looks.length).toBe(1)
})

test('to stop optional topics works at once, and opens a task with the law’s clock', async () => {
  const asked = await ask('POST', 'home/requests', { token: resident, body: { kind: 'stop' } })
  expect(asked.status).toBe(201)
  expect(asked.body).toMatchObject({ kind: 'stop', isLate: false, answeredAt: null })
  const [contact] = await contactsOf(app.sql, commune.tenant, [home], 'phone')
  expect(contact!.stopped).toEqual(['optional_topics'])
})

test('a request is a task of the commune: listed by its due time, answered once, read by the home', async () => {
  expect((await ask('POST', 'home/requests', { token: resident, body: { kind: 'correct' } })).problem.code).toBe(
    'request_words_needed',
  )
  await ask('POST', 'home/requests', { token: resident, body: { kind: 'correct', words: 'Năm sinh của tôi là 1961' } })
  const list = await ask('GET', 'data-requests?limit=1', { token: officer })
  expect(list.body.items).toEqual([expect.objectContaining({ kind: 'stop', householdId: id })])
  const rest = await ask('GET', `data-requests?cursor=${encodeURIComponent(list.body.next!)}`, { token: officer })
  expect(rest.body.items.map(one => one.words)).toEqual(['Năm sinh của tôi là 1961'])
  const request = rest.body.items[0]!.id
  const answered = await ask('POST', `data-requests/${request}/answer`, {
    token: officer,
    body: { answer: 'Đã sửa thành 1961.' },
  })
  expect(answered.body.answer).toBe('Đã sửa thành 1961.')
  const again = await ask('POST', `data-requests/${request}/answer`, { token: officer, body: { answer: 'x' } })
  expect(again.problem.code).toBe('request_answered')
  const { body } = await ask('GET', 'home', { token: resident })
  expect(body.requests[0]).toMatchObject({ answer: 'Đã sửa thành 1961.' })
  const head = await commune.staff('village_head', commune.villages[0]!.id)
  expect((await ask('GET', 'data-requests', { token: head })).status).toBe(403)
  expect((await ask('GET', 'home', { token: officer })).status).toBe(403)
})

test('two working days pass over the weekend and over holidays', () => {
  const friday = new Date('2026-11-27T09:00:00+07:00')
  expect(answerBy(friday, { answerWorkingDays: 2, holidays: [] }).toISOString()).toBe('2026-12-01T17:00:00.000Z')
  expect(answerBy(friday, { answerWorkingDays: 2, holidays: ['2026-11-30'] }).toISOString()).toBe(
    '2026-12-02T17:00:00.000Z',
  )
  fc.assert(
    fc.property(fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }), at => {
      const due = answerBy(at, { answerWorkingDays: 2, holidays: [] }).getTime() - at.getTime()
      expect(due).toBeGreaterThan(48 * 3_600_000)
      expect(due).toBeLessThanOrEqual(5 * 86_400_000)
    }),
  )
})

test('a commune enters its holidays: who asks from that day on waits over them; it may not give itself more time than the law', async () => {
  const other = await testCommune(app.sql, [1])
  const days = [1, 2, 3, 4, 5, 6, 7].map(n => dayOf(new Date(now().getTime() + n * 86_400_000)))
  const grounds = { basis: 'law', source: 'Bộ luật Lao động 2019, Điều 112' }
  const read = readPack(RequestRulesShape, { ...grounds, body: { holidays: days } })
  await inTransaction(app.sql, tx =>
    setPack(tx, { tenant: other.tenant, kind: 'data_requests', from: dayOf(now()), ...read }),
  )
  const asked = await ask('POST', 'home/requests', {
    token: await other.resident(other.villages[0]!.homes[0]!),
    body: { kind: 'stop' },
  })
  expect(dayOf(new Date(asked.body.answerBy)) > days.at(-1)!).toBe(true)
  const longer = { ...grounds, body: { holidays: [], answerWorkingDays: 10 } }
  expect(() => readPack(RequestRulesShape, longer)).toThrow('pack_wrong')
})
