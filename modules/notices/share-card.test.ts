import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { drawCard } from './share-card/draw.ts'

const t = await testApp()
const c = await testCommune(t.app.sql, [3, 2])
const officer = await c.staff('commune_officer')
await c.staff('village_head', c.villages[0]!.id)
const post = <const P extends string>(path: P, body: object = {}) =>
  t.ask('POST', `notices${path}`, { token: officer, body })
const send = async (changes: object = {}) => {
  const { id } = (await post('', { title: 'Khám mắt', body: 'Mời bà con.', audience: { units: [c.unit] }, ...changes }))
    .body
  await post(`/${id}/publish`)
  await t.settle()
  return id
}
const card = async (id: string) => {
  const answer = await t.process.hono.request(`/n/${id}/card.png`)
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}
const sharp = async () => (await import('sharp')).default
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
/** How much of a part of the picture is not its ground. */
const inkIn = async (bytes: Buffer, top: number, height: number) => {
  const { data } = await (
    await sharp()
  )(bytes)
    .extract({ left: 72, top, width: 1000, height })
    .flatten({ background: '#fff' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return data.filter(pixel => pixel < 128).length / data.length
}
const metaOf = (text: string, name: string) =>
  new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(text)?.[1]

test('a public notice’s page tells chats its title, words and picture', async () => {
  const id = await send({ title: 'Giá <thóc> & "ngô"', plain: 'Dễ hiểu', class: 'priority' })
  const { text } = await t.ask('GET', `/n/${id}`)
  expect(metaOf(text, 'og:title')).toBe('Giá &lt;thóc&gt; &amp; &quot;ngô&quot;')
  expect(metaOf(text, 'og:description')).toBe('Dễ hiểu')
  expect(metaOf(text, 'twitter:card')).toBe('summary_large_image')
  expect(metaOf(text, 'og:url')).toMatch(new RegExp(`^http.*/n/${id}$`))
  const picture = new URL(metaOf(text, 'og:image')!)
  expect(picture.pathname).toBe(`/n/${id}/card.png`)
})

test('the picture is 1200 × 630 with its words in it, and small', async () => {
  const id = await send({ class: 'priority', event: { at: '2099-11-25T07:00:00+07:00', place: 'Trạm Y tế' } })
  const { status, headers, bytes } = await card(id)
  expect([status, headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(await (await sharp())(bytes).metadata()).toMatchObject({ width: 1200, height: 630, format: 'png' })
  expect(bytes.length).toBeLessThan(60_000)
  for (const [top, height] of [
    [170, 60],
    [230, 120],
    [500, 80],
  ] as const)
    expect(await inkIn(bytes, top, height), `${top}`).toBeGreaterThan(0.01)
  const again = await t.process.hono.request(`/n/${id}/card.png`, {
    headers: { 'if-none-match': headers.get('etag')! },
  })
  expect(again.status).toBe(304)
})

test('what is private, internal, withdrawn, a draft or not there has one and the same picture, which names nothing', async () => {
  await t.app.sql`update loa.household set needs = '{elder}' where commune_id = ${c.tenant} and no = 1`
  const draft = (await post('', { title: 'X', body: 'Y', audience: { units: [c.unit] } })).body.id
  const isPrivate = await send({ audience: { units: [c.unit], attributes: { needs: ['elder'] } } })
  const internal = await send({ internal: true })
  const withdrawn = await send()
  await post(`/${withdrawn}/withdraw`, { reason: 'Nhầm' })
  const seen = await Promise.all([draft, isPrivate, internal, withdrawn, 'x'].map(card))
  expect(new Set(seen.map(one => one.status))).toEqual(new Set([200]))
  expect(new Set(seen.map(one => hash(one.bytes))).size).toBe(1)
  expect(hash(seen[0]!.bytes)).not.toBe(hash((await card(await send())).bytes))
})

test('a corrected title has a picture of its own', async () => {
  const id = await send()
  const before = hash((await card(id)).bytes)
  await post(`/${id}/correct`, { title: 'Khám tai', tellAgain: false })
  expect(hash((await card(id)).bytes)).not.toBe(before)
})

test('any title fits: the longest, one long word, marks of other scripts, what would break the mark-up', async () => {
  for (const title of ['Ắ'.repeat(200), 'thông báo '.repeat(20), '<b>&amp; "x"</b> \u0000\uD800', '👵🏽 ភាសាខ្មែរ', '.']) {
    const bytes = await drawCard({
      place: 'Xã '.repeat(40),
      title,
      class: { is: 'emergency', words: 'Khẩn cấp' },
      event: 'x '.repeat(200),
    })
    expect(await (await sharp())(bytes).metadata()).toMatchObject({ width: 1200, height: 630 })
  }
})

test('on a machine without any font the words are there all the same', () => {
  const script = `
    import { drawCard } from ${JSON.stringify(join(import.meta.dirname, 'share-card/draw.ts'))}
    const bytes = await drawCard({ place: 'Xã Thử', title: 'Khám tiểu đường', class: undefined, event: undefined })
    process.stdout.write(bytes.toString('base64'))`
  const drawn = (env: Record<string, string>) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      cwd: join(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  expect(drawn({ FONTCONFIG_FILE: '/dev/null' })).toBe(drawn({}))
})
