import { expect, test } from 'vitest'
import { importHouseholds } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

/** A home from a list, a home that is typed, and a number typed for it. */
async function numbers(isDemo: boolean) {
  const { app, ask } = await testApp({ isDemo })
  const commune = await testCommune(app.sql, [1])
  await app.sql`delete from loa.contact where commune_id = ${commune.tenant}`
  const bytes = Buffer.from('Thôn;Họ tên chủ hộ;SĐT\nThôn Thử 1;Lý Văn Danh;0912345678\n')
  const list = { tenant: commune.tenant, bytes, fileName: 'danh-sach.csv' }
  await importHouseholds(app, list)
  const more = Buffer.from('Thôn;Họ tên chủ hộ;SĐT\nThôn Thử 1;Lý Văn Danh;0912345678 / 0987654321\n')
  await importHouseholds(app, { ...list, bytes: more })
  const token = await commune.staff('commune_officer')
  const head = { name: 'Hoàng Thị Gõ', phones: ['0912345670'] }
  const { body } = await ask('POST', 'households', { token, body: { unit: commune.villages[0]!.id, head } })
  const typed = { kind: 'phone', value: '0912345671', basis: 'consent', how: 'spoken', wording: 'Cho xã nhắn tin nhé?' }
  expect((await ask('POST', `households/${body.id}/contacts`, { token, body: typed })).status).toBe(201)
  const rows = await app.sql<{ value: string; is_demo: boolean }[]>`
    select value, is_demo from loa.contact where commune_id = ${commune.tenant} order by value`
  expect(rows.length).toBeGreaterThanOrEqual(3)
  return rows.map(row => row.is_demo)
}

test('whatever number is typed or imported into a demo is marked as made up', async () => {
  expect(new Set(await numbers(true))).toEqual(new Set([true]))
})

test('in a real commune none is', async () => {
  expect(new Set(await numbers(false))).toEqual(new Set([false]))
})
