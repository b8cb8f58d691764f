import { expect, test } from 'vitest'
import { checkCode } from '#delivery'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const { app, ask, process } = await testApp()
const c = await testCommune(app.sql, [2])
const token = await c.staff('commune_officer')

async function sent(words: object) {
  const audience = { units: [c.unit], groups: [] }
  const body = { title: 'Lịch tiêm phòng chó mèo', body: 'Mang chó mèo ra nhà văn hóa.', audience, ...words }
  const { id } = (await ask('POST', 'notices', { token, body })).body
  await ask('POST', `notices/${id}/publish`, { token })
  const [row] = await app.sql<{ no: number }[]>`
    select no from loa.publication where commune_id = ${c.tenant} order by published_id desc limit 1`
  return { id, code: checkCode(app.keys, { tenant: c.tenant, publicationNo: row!.no }) }
}
const page = async (code?: string) => {
  const answer = await process.hono.request(code === undefined ? '/check' : `/check?code=${encodeURIComponent(code)}`)
  return { status: answer.status, text: await answer.text() }
}

test('the code of a notice shows who sent it and leads to it, however it is typed', async () => {
  const { id, code } = await sent({})
  for (const typed of [code, code.toLowerCase(), ` ${code.slice(0, 4)} ${code.slice(4)} `]) {
    const { text } = await page(typed)
    expect(text).toContain('Đúng.')
    expect(text).toContain(`/n/${id}`)
  }
  expect((await page()).text).toContain('Gõ mã kiểm tra')
})

test('a code that nobody sent is told apart, and what was typed cannot write into the page', async () => {
  const { code } = await sent({})
  const changed = code.slice(0, -1) + (code.endsWith('7') ? '8' : '7')
  for (const bad of [changed, 'XYZ', '0', '<script>alert(1)</script>']) {
    const { status, text } = await page(bad)
    expect([status, text.includes('Không có tin nào mang mã này'), text.includes('<script>')]).toEqual([
      200,
      true,
      false,
    ])
  }
})

test('a notice that was taken back says so; a private one shows no word of it; an internal one is nobody’s', async () => {
  const gone = await sent({ title: 'Họp thôn' })
  await ask('POST', `notices/${gone.id}/withdraw`, { token, body: { reason: 'Ghi nhầm ngày' } })
  expect((await page(gone.code)).text).toContain('Ghi nhầm ngày')
  await app.sql`update loa.household set needs = '{elder_alone}' where commune_id = ${c.tenant}`
  const audience = { units: [c.unit], groups: [], attributes: { needs: ['elder_alone'] } }
  const hidden = await sent({ title: 'Riêng cho người già', audience })
  const { text } = await page(hidden.code)
  expect(text).toContain('tin riêng')
  expect(text).not.toContain('Riêng cho người già')
  await c.staff('village_head', c.villages[0]!.id)
  const internal = await sent({ title: 'Giao ban', internal: true })
  expect((await page(internal.code)).text).toContain('Không có tin nào mang mã này')
})
