import { expect, test } from 'vitest'
import { iso, now } from '#core/clock'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { publishForTests } from './publish-for-tests.ts'

const { app, ask } = await testApp()

test('one receipt that is none does not keep the others from counting; it is refused by its own name', async () => {
  const c = await testCommune(app.sql, [1])
  const token = await c.resident(c.villages[0]!.homes[0]!)
  const notice = await publishForTests(app, { tenant: c.tenant, villages: [c.villages[0]!.id] })
  const good = { id: newId(), noticeId: c.out(notice.noticeId), level: 'delivered', at: iso(now()) }
  const wrong = [
    { ...good, id: 'máy của bà Tư' },
    { ...good, id: newId(), at: 'hôm qua' },
    { ...good, id: newId(), level: 'heard' },
    { ...good, id: newId(), noticeId: '' },
    { ...good, id: newId(), version: 0 },
    { ...good, id: 7 },
    'x',
    null,
  ]
  const { status, body } = await ask('POST', 'receipts', { token, body: { receipts: [...wrong, good] } })
  expect([status, body.accepted, body.repeated]).toEqual([200, 1, 0])
  const ids = [...wrong.slice(0, 5).map(one => (one as { id: string }).id), '', '', '']
  expect(body.refused.map((one: { id: string }) => one.id)).toEqual(ids)
  for (const one of body.refused) expect(one).toMatchObject({ code: 'invalid_input', message: expect.any(String) })
  const [kept] = await app.sql`select count(*)::int as n from loa.receipt where commune_id = ${c.tenant}`
  expect(kept!['n']).toBe(1)
})

test('the document still says what a receipt is', async () => {
  const { body } = await ask('GET', '/api/openapi.json')
  const at = ['paths', '/receipts', 'post', 'requestBody', 'content', 'application/json', 'schema', 'properties']
  expect(body).toHaveProperty([...at, 'receipts', 'items', 'required'], ['id', 'noticeId', 'level', 'at'])
})
