import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { inside, newId } from '#core/ids'
import { addressMark, messageToken } from '#delivery'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { isReader } from './pages/robots.ts'

const t = await testApp()
const c = await testCommune(t.app.sql, [3, 2])
const officer = await c.staff('commune_officer')
const head = await c.staff('village_head', c.villages[0]!.id)

const post = <const P extends string>(path: P, body: object = {}) =>
  t.ask('POST', `notices${path}`, { token: officer, body })
const send = async (changes: object = {}): Promise<string> => {
  const draft = {
    title: 'Khám tiểu đường <miễn phí>',
    body: 'Bà con từ **40 tuổi** ra Trạm Y tế xã. '.repeat(30),
    plain: 'Nhịn ăn từ 22 giờ đêm trước.',
    class: 'priority',
    paper: { number: '87/TB-UBND', date: '2026-11-19', issuer: 'UBND xã Thử' },
    event: { at: '2099-11-25T07:00:00+07:00', place: 'Trạm Y tế xã' },
    steps: [{ act: 'Ghi tên với trưởng thôn', why: 'Trước chiều thứ Hai' }],
    audience: { units: [c.unit] },
    ...changes,
  }
  const { id } = (await post('', draft)).body
  await post(`/${id}/publish`)
  await t.settle()
  return id
}
const link = async (id: string, home = 1, mark?: number) => {
  const [row] = await t.app.sql<{ no: number }[]>`
    select no from loa.publication where commune_id = ${c.tenant} and subject_id = ${inside(id).id} order by no limit 1`
  const of = { tenant: c.tenant, homeNo: home, publicationNo: row!.no }
  return `/t/${messageToken(t.app.keys, mark === undefined ? of : { ...of, addressMark: mark })}`
}
const reach = async (id: string) => {
  const rows = await t.app.sql<{ seen: number; acknowledged: number; receipts: number }[]>`
    select coalesce(sum(r.seen), 0)::int as seen, coalesce(sum(r.acknowledged), 0)::int as acknowledged,
      (select count(*)::int from loa.receipt e where e.commune_id = ${c.tenant} and e.published_id = p.published_id) as receipts
    from loa.publication p join loa.reach_unit r on r.commune_id = p.commune_id and r.published_id = p.published_id
    where p.commune_id = ${c.tenant} and p.subject_id = ${inside(id).id} and p.replaced_by is null group by p.published_id`
  return rows[0]
}

const phone = {
  'user-agent':
    'Mozilla/5.0 (Linux; Android 9; SM-J260) AppleWebKit/537.36 Chrome/66.0 Mobile Safari/537.36 Zalo android/12100',
}
const robots = [
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'Mozilla/5.0 (compatible; Facebot/1.0; +http://www.facebook.com)',
  'meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)',
  'ZaloBot/1.0',
  'Mozilla/5.0 (compatible; Zalo-Preview/1.0)',
  'TelegramBot (like TwitterBot)',
  'WhatsApp/2.23',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  '',
]

test('the public page is read without signing in and without script, and is small', async () => {
  const id = await send()
  const page = await t.ask('GET', `/n/${id}`, { headers: phone })
  expect(page.status).toBe(200)
  expect(page.text).toContain('Khám tiểu đường &lt;miễn phí')
  expect(page.text).toContain('<strong>40 tuổi</strong>')
  expect(page.text).toContain('87/TB-UBND')
  expect(page.text).not.toMatch(/<script/)
  expect(gzipSync(page.text).length).toBeLessThan(14_000)
  expect(Buffer.byteLength(page.text)).toBeLessThan(24_000)
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('a draft, a private, an internal notice and a mistyped link are not there', async () => {
  const draft = (await post('', { title: 'X', body: 'Y', audience: { units: [c.unit] } })).body.id
  await t.app.sql`update loa.household set needs = '{elder}' where commune_id = ${c.tenant} and no = 1`
  const isPrivate = await send({ audience: { units: [c.unit], attributes: { needs: ['elder'] } } })
  const internal = await send({ internal: true })
  for (const id of [draft, isPrivate, internal, 'x', '1-AAAAAAAAAAAAAAAAAAAAAA'])
    expect((await t.ask('GET', `/n/${id}`)).status).toBe(404)
  expect((await t.ask('GET', await link(isPrivate))).status).toBe(404)
})

test('a withdrawn notice answers 410 with its reason', async () => {
  const id = await send()
  await post(`/${id}/withdraw`, { reason: 'Hoãn vì mưa lũ' })
  const page = await t.ask('GET', `/n/${id}`)
  expect(page.status).toBe(410)
  expect(page.text.replaceAll('\u00A0', ' ')).toContain('Hoãn vì mưa lũ')
})

test('an old version stays readable with what changed', async () => {
  const id = await send()
  await post(`/${id}/correct`, { title: 'Khám mắt', tellAgain: true })
  expect((await t.ask('GET', `/n/${id}`)).text).toContain('Khám mắt')
  const old = await t.ask('GET', `/n/${id}?v=1`)
  expect(old.text.replaceAll('\u00A0', ' ')).toContain('Đây là bản cũ')
  expect(old.text).not.toContain('Khám mắt</h1>')
  expect((await t.ask('GET', `/n/${id}?v=9`)).status).toBe(404)
})

test('preview robots and mail scanners open every link and change nothing', async () => {
  const id = await send()
  const own = await link(id)
  const before = await reach(id)
  for (const agent of robots) {
    const headers = agent ? { 'user-agent': agent } : {}
    for (const path of [`/n/${id}`, own, `${own}/xem.gif`]) {
      expect((await t.ask('GET', path, { headers })).status).toBe(200)
      await t.ask('HEAD', path, { headers })
    }
  }
  for (const path of [`/n/${id}`, own]) await t.ask('GET', path, { headers: phone })
  await t.ask('HEAD', `${own}/xem.gif`, { headers: phone })
  await t.ask('GET', `${own}/xem.gif`, { headers: { ...phone, purpose: 'prefetch' } })
  await t.settle()
  expect(await reach(id)).toEqual(before)
})

test('the picture in the page of one home is seen, once; the button is Đã rõ', async () => {
  const id = await send()
  const own = await link(id)
  const page = await t.ask('GET', own, { headers: phone })
  expect(page.text).toContain(`${own}/xem.gif`)
  expect(page.text).not.toMatch(/Lý Văn/)
  for (let n = 0; n < 2; n++) {
    const picture = await t.ask('GET', `${own}/xem.gif`, { headers: phone })
    expect(picture.headers.get('cache-control')).toBe('no-store')
  }
  expect(await reach(id)).toMatchObject({ seen: 1, acknowledged: 0, receipts: 1 })
  for (let n = 0; n < 2; n++) {
    const said = await t.ask('POST', `${own}/ro`, { headers: phone })
    expect(said.status).toBe(303)
  }
  expect(await reach(id)).toMatchObject({ seen: 0, acknowledged: 1, receipts: 2 })
  expect((await t.ask('GET', own)).text.replaceAll('\u00A0', ' ')).toContain('Nhà mình đã rõ')
})

test('behind a link to a shared number the page asks which home knows, and names nobody', async () => {
  const id = await send()
  const digest = contactDigest('phone', '+84900000123')
  const [one, two] = c.villages[0]!.homes as [string, string]
  for (const home of [one, two])
    await t.app.sql`
      insert into loa.contact (commune_id, id, household_id, kind, value, digest, added_at)
      values (${c.tenant}, ${newId()}, ${home}, 'phone', '+84900000123', ${digest}, ${new Date()})`
  const shared = await link(id, 1, addressMark(digest))
  const form = (fields: Record<string, string>, headers = {}) => ({
    body: new URLSearchParams(fields).toString(),
    headers: { ...phone, 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })
  const page = await t.ask('GET', shared, { headers: phone })
  expect(page.text.replaceAll('\u00A0', ' ')).toContain('Nhà nào đã rõ?')
  expect(page.text.match(/name="home" value="\d+"/g)).toEqual(['name="home" value="1"', 'name="home" value="2"'])
  expect(page.text).not.toMatch(/Lý Văn|xem\.gif|<script/)
  expect(gzipSync(page.text).length).toBeLessThan(14_000)
  await t.ask('GET', `${shared}/xem.gif`, { headers: phone })
  expect(await reach(id)).toMatchObject({ seen: 0, acknowledged: 0 })
  for (const strange of [{}, { home: '3' }, { home: 'x' }]) await t.ask('POST', `${shared}/ro`, form(strange))
  expect((await t.ask('POST', `${shared}/ro`, form({ home: '2' }, { 'sec-fetch-site': 'cross-site' }))).status).toBe(
    403,
  )
  expect(await reach(id)).toMatchObject({ acknowledged: 0, receipts: 0 })
  for (let n = 0; n < 2; n++) expect((await t.ask('POST', `${shared}/ro`, form({ home: '2' }))).status).toBe(303)
  expect(await reach(id)).toMatchObject({ seen: 0, acknowledged: 1, receipts: 1 })
  const [row] = await t.app.sql`
    select household_id from loa.reach_home where commune_id = ${c.tenant} and level = 5
      and published_id = (select published_id from loa.publication where commune_id = ${c.tenant} and subject_id = ${inside(id).id})`
  expect(row!['household_id']).toBe(two)
  const after = (await t.ask('GET', shared, { headers: phone })).text.replaceAll('\u00A0', ' ')
  expect(after).toMatch(/Nhà số 2, thôn Thôn Thử 1: đã rõ/)
  expect(after).toContain('value="1"')
  await t.app.sql`update loa.contact set ended_at = ${new Date()} where commune_id = ${c.tenant} and digest = ${digest}`
  expect((await t.ask('GET', shared, { headers: phone })).text).not.toContain('/ro"')
})

test('a link ends with its notice, and a changed link opens nothing', async () => {
  const id = await send()
  const own = await link(id)
  const twisted = own.slice(0, -1) + (own.endsWith('A') ? 'B' : 'A')
  expect((await t.ask('GET', twisted)).status).toBe(404)
  expect((await t.ask('POST', `${twisted}/ro`)).status).toBe(404)
  expect((await t.ask('GET', await link(id, 999))).status).toBe(404)
  const past = await send({ event: null, validUntil: '2026-01-01' })
  expect((await t.ask('GET', await link(past))).status).toBe(410)
  expect((await t.ask('POST', `${await link(past)}/ro`)).status).toBe(410)
  expect(await reach(past)).toMatchObject({ acknowledged: 0 })
})

test('a question typed on a page is kept; from a home’s own link its village head sees whose it is', async () => {
  const id = await send()
  const form = (path: string, words: string) =>
    t.ask('POST', `${path}/hoi`, {
      body: new URLSearchParams({ words }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  expect((await form(`/n/${id}`, 'Trẻ em thì sao?')).status).toBe(303)
  expect((await form(await link(id), 'Mẹ tôi nằm liệt?')).status).toBe(303)
  expect((await form(`/n/${id}`, '   ')).status).toBe(303)
  const all = (await t.ask('GET', `questions?noticeId=${id}`, { token: officer })).body.items
  expect(all.map(one => one.words)).toEqual(['Mẹ tôi nằm liệt?', 'Trẻ em thì sao?'])
  const heads = (await t.ask('GET', `questions?noticeId=${id}`, { token: head })).body.items
  expect(heads).toMatchObject([{ words: 'Mẹ tôi nằm liệt?', home: 'Lý Văn Số1' }])
})

test('files are told by their content, cleaned, and served closed in', async () => {
  const { default: sharp } = await import('sharp')
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#f00' } })
    .withExif({ IFD0: { Copyright: 'secret place' } })
    .jpeg()
    .toBuffer()
  const { id } = (await post('', { title: 'X', body: 'Y', audience: { units: [c.unit] } })).body
  const upload = (bytes: BlobPart, name: string) => {
    const body = new FormData()
    body.append('file', new File([bytes], name))
    return t.ask('POST', `notices/${id}/files`, { token: officer, body })
  }
  expect((await upload('<svg onload="alert(1)"/>', 'a.png')).problem.code).toBe('file_type')
  expect((await upload(new Uint8Array([0xff, 0xd8, 0xff, 1, 2]), 'a.jpg')).problem.code).toBe('file_broken')
  expect((await upload(Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(10_490_000)]), 'a.pdf')).problem.code).toBe(
    'file_large',
  )
  const jpeg = await upload(new Uint8Array(picture), '../../ảnh đẹp.svg')
  expect(jpeg.body).toMatchObject({ media: 'image/jpeg', name: '.. .. ảnh đẹp.jpg' })
  const pdf = await upload('%PDF-1.4\n1 0 obj<</Type /Pages /Kids[] /Count 2>>endobj', 'Thông báo.pdf')
  expect(pdf.body).toMatchObject({ media: 'application/pdf', pages: 2 })
  expect((await t.ask('GET', `/n/${id}/f/${pdf.body.id}`)).status).toBe(404)
  await post(`/${id}/publish`)
  const served = await t.ask('GET', `/n/${id}/f/${pdf.body.id}`)
  expect(served.headers.get('content-disposition')).toMatch(/^inline; filename\*=UTF-8''/)
  expect(served.headers.get('content-type')).toBe('application/pdf')
  expect(served.headers.get('x-content-type-options')).toBe('nosniff')
  expect(served.headers.get('content-security-policy')).toContain('sandbox')
  const shown = await t.process.hono.request(`/n/${id}/f/${jpeg.body.id}`)
  expect(shown.headers.get('content-disposition')).toMatch(/^inline/)
  expect(Buffer.from(await shown.arrayBuffer()).toString('latin1')).not.toContain('secret place')
  expect((await t.ask('GET', `notices/${id}/files/${jpeg.body.id}`)).status).toBe(401)
})

test('only a person’s browser that shows our page counts as a reader', () => {
  expect(isReader('GET', new Headers(phone))).toBe(true)
  expect(isReader('HEAD', new Headers(phone))).toBe(false)
  expect(isReader('GET', new Headers({ ...phone, 'sec-fetch-site': 'cross-site' }))).toBe(false)
  for (const agent of robots) expect(isReader('GET', new Headers({ 'user-agent': agent }))).toBe(false)
})

test('a wrong paper is replaced by a correction that names the files', async () => {
  const id = await send({ event: null })
  const body = new FormData()
  body.append('file', new File(['%PDF-1.4'], 'Đúng.pdf'))
  const added = await t.ask('POST', `notices/${id}/files`, { token: officer, body })
  const read = async () => (await t.ask('GET', `notices/${id}`, { token: officer })).body.files
  expect(await read()).toEqual([])
  expect((await t.ask('GET', `/n/${id}/f/${added.body.id}`)).status).toBe(404)
  const said = await post(`/${id}/correct`, { files: [added.body.id], tellAgain: false })
  expect(said.body).toMatchObject({ version: 2, state: 'published' })
  expect(await read()).toMatchObject([{ name: 'Đúng.pdf' }])
  expect((await t.ask('GET', `/n/${id}/f/${added.body.id}`)).status).toBe(200)
})

test('what is no form is refused, and one key does not stand for two files', async () => {
  const { id } = (
    await t.ask('POST', 'notices', {
      token: officer,
      body: { title: 'Giấy', body: 'x', audience: { units: [c.unit] } },
    })
  ).body
  const add = (body: unknown, headers: Record<string, string>) =>
    t.ask('POST', `notices/${id}/files`, { token: officer, body, headers })
  const broken = await add('no form', { 'content-type': 'multipart/form-data; boundary=x' })
  expect([broken.status, broken.problem.code]).toEqual([400, 'invalid_input'])
  const pdf = (words: string) => {
    const form = new FormData()
    form.append('file', new Blob([`%PDF-1.4\n${words}\n%%EOF`], { type: 'application/pdf' }), 'giay.pdf')
    return form
  }
  const key = { 'idempotency-key': 'one-paper' }
  const first = await add(pdf('a'), key)
  expect((await add(pdf('a'), key)).body.id).toBe(first.body.id)
  expect((await add(pdf('another'), key)).problem.code).toBe('key_reused')
})
