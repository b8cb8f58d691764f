import { expect, test } from 'vitest'
import { inside } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { partOf, partsOf, readXml, type Tag } from './xml-for-tests.ts'

const t = await testApp()
const c = await testCommune(t.app.sql, [3, 2])
const officer = await c.staff('commune_officer')
await c.staff('village_head', c.villages[0]!.id)
const [near, far] = c.villages.map(village => village.id) as [string, string]

const post = <const P extends string>(path: P, body: object = {}) =>
  t.ask('POST', `notices${path}`, { token: officer, body })
const draft = async (changes: object): Promise<string> =>
  (await post('', { title: 'Họp thôn', body: 'Mời bà con.', audience: { units: [c.unit] }, ...changes })).body.id
const send = async (changes: object = {}) => {
  const id = await draft(changes)
  const sent = await post(`/${id}/publish`)
  expect(sent.status, sent.text).toBeLessThan(300)
  await t.settle()
  return id
}
const get = (path: string, headers: Record<string, string> = {}) => t.ask('GET', path, { headers })
const entryIds = (feed: Tag) => partsOf(feed, 'entry').map(entry => partOf(entry, 'id').text)
const uuid = (id: string) => `urn:uuid:${inside(id).id}`
const atom = async (unit: string, query = '') => readXml((await get(`/feeds/${unit}.atom${query}`)).text)

interface Json {
  version: string
  title: string
  feed_url: string
  home_page_url: string
  next_url?: string
  items: {
    id: string
    url: string
    title: string
    content_html: string
    tags: string[]
    date_published: string
    date_modified: string
    authors: { name: string }[]
    attachments?: { url: string; mime_type: string; size_in_bytes: number }[]
  }[]
}
const json = async (unit: string, query = '') => JSON.parse((await get(`/feeds/${unit}.json${query}`)).text) as Json

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+07:00$/

/** RFC 4287, 4.1: what a feed and an entry must have, and what they may have once. */
function mustBeAtom(feed: Tag) {
  expect(feed.name).toBe('feed')
  expect(feed.attributes['xmlns']).toBe('http://www.w3.org/2005/Atom')
  const all = [feed, ...partsOf(feed, 'entry')]
  for (const one of all) {
    expect(partOf(one, 'id').text).toMatch(/^urn:uuid:[\da-f-]{36}$/)
    expect(partOf(one, 'title').text).not.toBe('')
    expect(partOf(one, 'updated').text).toMatch(moment)
  }
  for (const entry of partsOf(feed, 'entry')) {
    expect(partOf(partOf(entry, 'author'), 'name').text).not.toBe('')
    expect(partOf(entry, 'content').attributes['type']).toBe('html')
    expect(partsOf(entry, 'link').filter(link => link.attributes['rel'] === 'alternate')).toHaveLength(1)
    expect(partOf(entry, 'published').text).toMatch(moment)
  }
  expect(new Set(entryIds(feed)).size).toBe(entryIds(feed).length)
  expect(partsOf(feed, 'link').filter(link => link.attributes['rel'] === 'self')).toHaveLength(1)
}

test('a commune has a feed of what is public, written as RFC 4287 asks, whatever stands in a title', async () => {
  const id = await send({
    title: 'Giá <thóc> & "ngô" ]]> &nbsp;',
    plain: 'Lời dễ hiểu & ngắn',
    body: '**Đậm** và <b>thẻ</b>\n\n- một\n- hai',
    topic: 'livelihood',
  })
  const answer = await get(`/feeds/${c.unit}.atom`)
  expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
  const feed = readXml(answer.text)
  mustBeAtom(feed)
  const entry = partsOf(feed, 'entry').find(one => partOf(one, 'id').text === uuid(id))!
  expect(partOf(entry, 'title').text).toBe('Giá <thóc> & "ngô" ]]> &nbsp;')
  expect(partOf(entry, 'content').text).toContain('<strong>Đậm</strong>')
  expect(partOf(entry, 'content').text).not.toContain('<b>')
  expect(partOf(entry, 'category').attributes).toEqual({ term: 'livelihood', label: expect.any(String) })
})

test('JSON Feed 1.1 says the same', async () => {
  const id = await send({ title: 'Lịch cắt điện', topic: 'health' })
  const feed = await json(c.unit)
  expect(feed.version).toBe('https://jsonfeed.org/version/1.1')
  expect(feed.feed_url).toMatch(new RegExp(`/feeds/${c.unit}\\.json$`))
  const item = feed.items.find(one => one.id === uuid(id))!
  expect(item).toMatchObject({ title: 'Lịch cắt điện', url: expect.stringMatching(new RegExp(`^http.*/n/${id}$`)) })
  expect(item.date_published).toMatch(moment)
  expect(item.content_html).not.toBe('')
  expect(feed.items.map(one => one.id)).toEqual(entryIds(await atom(c.unit)))
})

test('nothing private, internal, waiting or unsent is in any feed, list or calendar', async () => {
  await t.app.sql`update loa.household set needs = '{elder}' where commune_id = ${c.tenant} and no = 1`
  const event = { at: '2099-11-25T07:00:00+07:00', place: 'Nhà văn hóa' }
  const hidden = [
    await draft({ title: 'BÍ MẬT nháp', event }),
    await send({ title: 'BÍ MẬT riêng', audience: { units: [c.unit], attributes: { needs: ['elder'] } }, event }),
    await send({ title: 'BÍ MẬT nội bộ', internal: true, event }),
  ]
  for (const path of [
    `/feeds/${c.unit}.atom`,
    `/feeds/${c.unit}.json`,
    `/feeds/${c.unit}.ics`,
    `/feeds/${c.unit}`,
    `/embed/${c.unit}`,
  ])
    for (const unit of [c.unit, near]) {
      const { text, status } = await get(path.replace(c.unit, unit))
      expect(status).toBe(200)
      expect(text).not.toContain('BÍ MẬT')
    }
  for (const id of hidden) expect((await get(`/n/${id}/lich.ics`)).status).toBe(404)
})

test('a village’s feed has what is for it and for all, not what is for its neighbour', async () => {
  const here = await send({ title: 'Riêng thôn này', audience: { units: [near] } })
  const there = await send({ title: 'Riêng thôn kia', audience: { units: [far] } })
  const all = await send({ title: 'Cả xã' })
  const ids = entryIds(await atom(near))
  expect(ids).toContain(uuid(here))
  expect(ids).toContain(uuid(all))
  expect(ids).not.toContain(uuid(there))
  expect(entryIds(await atom(c.unit))).toContain(uuid(there))
})

test('what waits for the village head is in the commune’s feed, and in the village’s once it was passed on', async () => {
  const id = await send({ title: 'Chờ trưởng thôn', relay: 'village' })
  expect(entryIds(await atom(c.unit))).toContain(uuid(id))
  const waits = await t.app.sql<{ unit_id: string }[]>`
    select unit_id from loa.relay where commune_id = ${c.tenant} and notice_id = ${inside(id).id} and passed_at is null`
  // Without a head a notice passes itself on at once.
  if (!waits.length)
    await t.app
      .sql`update loa.relay set passed_at = null, how = null where commune_id = ${c.tenant} and notice_id = ${inside(id).id}`
  expect(entryIds(await atom(near))).not.toContain(uuid(id))
  await t.app
    .sql`update loa.relay set passed_at = now(), how = 'head' where commune_id = ${c.tenant} and notice_id = ${inside(id).id}`
  expect(entryIds(await atom(near))).toContain(uuid(id))
})

test('a topic has a feed of its own, with an id of its own', async () => {
  const id = await send({ title: 'Dịch tả lợn', topic: 'disease' })
  const feed = await atom(c.unit, '?topic=disease')
  expect(entryIds(feed)).toEqual([uuid(id)])
  expect(partOf(feed, 'id').text).not.toBe(partOf(await atom(c.unit), 'id').text)
  expect(partsOf(await atom(c.unit, '?topic=kh%C3%B4ng'), 'entry')).toEqual([])
})

test('a correction changes the entry under its id and puts it on top', async () => {
  const id = await send({ title: 'Cũ' })
  await send({ title: 'Tin sau' })
  const before = (await json(c.unit)).items.find(one => one.id === uuid(id))!
  await post(`/${id}/correct`, { title: 'Mới', tellAgain: false })
  const [first] = (await json(c.unit)).items
  expect(first).toMatchObject({ id: uuid(id), title: 'Mới', date_published: before.date_published })
  await post(`/${id}/correct`, { title: 'Mới nữa', tellAgain: true })
  await t.settle()
  const items = (await json(c.unit)).items.filter(one => one.id === uuid(id))
  expect(items.map(one => one.title)).toEqual(['Mới nữa'])
})

test('a withdrawn notice stays under its id, says so and why, and has lost its words', async () => {
  const id = await send({ title: 'Họp dân', body: 'LỜI CŨ' })
  await post(`/${id}/withdraw`, { reason: 'Hoãn vì mưa lũ' })
  const [first] = (await json(c.unit)).items
  expect(first!.id).toBe(uuid(id))
  expect(first!.title).toBe('Đã thu hồi: Họp dân')
  expect(first!.content_html).toContain('Hoãn vì mưa lũ')
  expect((await get(`/feeds/${c.unit}.atom`)).text).not.toContain('LỜI CŨ')
})

test('papers are enclosures with their size and kind', async () => {
  const { default: sharp } = await import('sharp')
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#f00' } })
    .png()
    .toBuffer()
  const id = await draft({ title: 'Có giấy' })
  const body = new FormData()
  body.append('file', new File([new Uint8Array(picture)], 'giấy "mời".png'))
  await t.ask('POST', `notices/${id}/files`, { token: officer, body })
  await post(`/${id}/publish`)
  await t.settle()
  const [entry] = partsOf(await atom(c.unit), 'entry')
  const enclosure = partsOf(entry!, 'link').find(link => link.attributes['rel'] === 'enclosure')
  const [item] = (await json(c.unit)).items
  const [attachment] = item!.attachments!
  expect(enclosure!.attributes).toMatchObject({ type: 'image/png', length: String(attachment!.size_in_bytes) })
  const fetched = await get(new URL(attachment!.url).pathname)
  expect([fetched.status, fetched.headers.get('content-type')]).toEqual([200, 'image/png'])
})

test('whoever has the newest gets 304 by tag or by date, and the news when there is some', async () => {
  await send({ title: 'Một' })
  const first = await get(`/feeds/${c.unit}.atom`)
  const tag = first.headers.get('etag')!
  expect(first.headers.get('cache-control')).toContain('public')
  const again = await get(`/feeds/${c.unit}.atom`, { 'if-none-match': `"x", ${tag}` })
  expect([again.status, again.text]).toEqual([304, ''])
  await t.app.sql`update loa.notice set changed_at = changed_at - interval '1 hour' where commune_id = ${c.tenant}`
  const since = (await get(`/feeds/${c.unit}.atom`)).headers.get('last-modified')!
  expect((await get(`/feeds/${c.unit}.atom`, { 'if-modified-since': since })).status).toBe(304)
  await send({ title: 'Hai' })
  for (const known of [
    { 'if-none-match': tag },
    { 'if-modified-since': since },
    { 'if-none-match': tag, 'if-modified-since': since },
  ])
    expect((await get(`/feeds/${c.unit}.atom`, known as Record<string, string>)).status).toBe(200)
  // In the second in which it changed no date is told: the second may bring more.
  await t.app.sql`update loa.notice set changed_at = changed_at + interval '1 hour' where commune_id = ${c.tenant}`
  expect((await get(`/feeds/${c.unit}.atom`)).headers.get('last-modified')).toBeNull()
})

test('fifty entries a page, and each notice once over all pages', async () => {
  await t.app.sql`
    insert into loa.notice (commune_id, id, state, title, title_folded, body, class, topic, ask, audience, unit_path, audience_paths,
      made_at, changed_at, published_at, author_post)
    select commune_id, gen_random_uuid(), 'published', 'Tin ' || n, 'tin', 'Lời', 'normal', 'many', 'delivered', audience, unit_path,
      audience_paths, made_at, changed_at + (n % 7) * interval '1 second', published_at, author_post
    from loa.notice, generate_series(1, 120) n
    where commune_id = ${c.tenant} and id = (select id from loa.notice where commune_id = ${c.tenant} and state = 'published'
      and not is_private and not is_internal limit 1)`
  const seen: string[] = []
  const sizes: number[] = []
  let next: string | undefined = '?topic=many'
  while (next !== undefined) {
    const feed: Json = await json(c.unit, next)
    seen.push(...feed.items.map(one => one.id))
    sizes.push(feed.items.length)
    next = feed.next_url && new URL(feed.next_url).search
  }
  expect(sizes).toEqual([50, 50, 20])
  expect(new Set(seen).size).toBe(120)
  const link = partsOf(await atom(c.unit, '?topic=many'), 'link').find(one => one.attributes['rel'] === 'next')
  expect(new URL(link!.attributes['href']!).searchParams.get('topic')).toBe('many')
  expect((await get(`/feeds/${c.unit}.json?before=x`)).status).toBe(400)
})

test('a place that is none, a province and an unknown ending have no feed', async () => {
  for (const path of [
    '/feeds/x.atom',
    `/feeds/${c.unit}.rss`,
    `/feeds/${c.unit}.atom.json`,
    '/feeds/.atom',
    '/embed/x',
  ])
    expect((await get(path)).status, path).toBe(404)
})

test('a notice’s page leads to the feeds and the date, and the list to its notices', async () => {
  const id = await send({ title: 'Có ngày', topic: 'dated', event: { at: '2099-11-25', place: '' } })
  const page = (await get(`/n/${id}`)).text
  expect(page).toMatch(
    new RegExp(
      `<link rel="alternate" type="application/atom\\+xml" title="[^"]+" href="[^"]+/feeds/${c.unit}\\.atom">`,
    ),
  )
  expect(page).toContain(`/n/${id}/lich.ics`)
  const list = await get(`/feeds/${c.unit}?topic=dated`)
  expect(list.text).toContain(`/n/${id}`)
  expect(list.text).toContain(`href="webcal://`)
  expect(list.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})

test('the list for other sites has no script, no cookie and no form, and any page may show it', async () => {
  await send({ title: 'Nhúng' })
  const page = await get(`/embed/${near}?limit=2&theme=dark`)
  expect(page.headers.get('content-security-policy')).toContain('frame-ancestors *')
  expect(page.headers.get('set-cookie')).toBeNull()
  expect(page.text).toContain('<html lang="vi" data-theme="dark">')
  expect(page.text).not.toMatch(/<script|<form|<input/)
  expect(page.text.match(/<li[ >]/g)).toHaveLength(2)
  for (const bad of ['limit=x', 'limit=-1', 'limit=1e9', 'theme=%22%3E%3Cscript%3E'])
    expect((await get(`/embed/${near}?${bad}`)).text).not.toContain('<script')
  for (const odd of ['limit=1.5', 'limit=0.2', 'topic=%00'])
    expect((await get(`/embed/${near}?${odd}`)).status, odd).toBe(200)
  expect((await get('/embed/%00')).status).toBe(404)
  const script = await get('/widget.js')
  expect(script.headers.get('content-type')).toContain('text/javascript')
  expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(script.text.length).toBeLessThan(1200)
})
