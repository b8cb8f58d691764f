import writeWorkbook from 'write-excel-file/node'
import { expect, test } from 'vitest'
import { importHouseholds } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const { app, ask, process, settle } = await testApp()
await settle()

const lines = (...rows: string[]) => Buffer.from(['Thôn;Số hộ;Họ tên chủ hộ;Năm sinh;SĐT;Mốc', ...rows].join('\n'))
const a = 'Thôn Thử 1;101;Lý Văn An;1960;0912345678;cổng xanh'
const b = 'thon thu 1;102;Hoàng Thị Bình;1971;;cầu treo'
const c = 'Thôn Thử 2;;Vi Văn Cường;1980;0912345678;'

const homesOf = (tenant: number) => app.sql<{ head_name: string; landmark: string; closed_at: Date | null }[]>`
  select head_name, landmark, closed_at from loa.household where commune_id = ${tenant} and head_name not like 'Lý Văn Số%' order by no`
const importing = async (bytes: Buffer, more: object = {}) => {
  const commune = await testCommune(app.sql, [1, 1])
  const run = (file: Buffer, how: object = more) =>
    importHouseholds(app, { tenant: commune.tenant, bytes: file, fileName: 'danh-sach.csv', ...how })
  return { commune, run, first: await run(bytes) }
}

test('the first time all homes are new, the second time all are unchanged, and a correction is a change', async () => {
  const { commune, run, first } = await importing(lines(a, b, c))
  expect(first).toMatchObject({ new: 3, changed: 0, unchanged: 0, refused: [], isWritten: true })
  expect(await run(lines(a, b, c))).toMatchObject({ new: 0, changed: 0, unchanged: 3, refused: [] })
  expect(await run(lines(a, b.replace('cầu treo', 'dốc đá'), c))).toMatchObject({ new: 0, changed: 1, unchanged: 2 })
  expect((await homesOf(commune.tenant)).map(home => home.landmark)).toEqual(['cổng xanh', 'dốc đá', ''])
  const contacts = await app.sql`
    select k.basis, k.how from loa.contact c join loa.consent k on k.commune_id = c.commune_id and k.contact_id = c.id
    where c.commune_id = ${commune.tenant} and c.value = '+84912345678'`
  expect(contacts.map(contact => [contact['basis'], contact['how']])).toEqual([
    ['agency_duty', 'import'],
    ['agency_duty', 'import'],
  ])
})

test('one refused row keeps everything out, unless it is to be left out', async () => {
  const bad = 'Thôn Thử 2;;Vi Văn Dũng;31/02/1980;;'
  const { commune, run, first } = await importing(lines(a, bad, c))
  expect(first).toMatchObject({ new: 2, isWritten: false })
  expect(first.refused).toEqual([
    expect.objectContaining({
      row: 3,
      column: 'Năm sinh',
      code: 'birth_unreadable',
      message: expect.stringContaining('31/02/1980'),
    }),
  ])
  expect(await homesOf(commune.tenant)).toEqual([])
  expect(await run(lines(a, bad, c), { skipRefused: true })).toMatchObject({ new: 2, isWritten: true })
  expect((await homesOf(commune.tenant)).length).toBe(2)
})

test('an unknown village is proposed and not guessed; it is made only when asked', async () => {
  const { commune, run, first } = await importing(lines(a, 'Thôn Thử 3;1;Ma Văn Ba;1950;;'))
  expect(first.refused.map(one => [one.row, one.column, one.code])).toEqual([[3, 'Thôn', 'village_unknown']])
  expect(first.villages).toEqual([{ name: 'Thử 3', kind: 'thôn', homes: 1, like: null }])
  const again = { skipRefused: true }
  expect(await run(lines(a, 'Thôn Thử 3;1;Ma Văn Ba;1950;;'), again)).toMatchObject({ new: 1, isWritten: true })
  const left = await run(lines(a, 'Thôn Thử 3;1;Ma Văn Ba;1950;;'), again)
  expect([left.unchanged, left.new, left.refused.map(one => one.code)]).toEqual([1, 0, ['village_unknown']])
  expect(await run(lines('Thôn Suối Khe;1;Ma Văn Ba;1950;;'), { createVillages: true })).toMatchObject({
    new: 1,
    refused: [],
  })
  const [village] = await app.sql`
    select v.name, v.kind from loa.household h join loa.unit_version v on v.unit_id = h.unit_id
    where h.commune_id = ${commune.tenant} and h.head_name = 'Ma Văn Ba'`
  expect(village).toEqual({ name: 'Suối Khe', kind: 'thôn' })
})

test('equal rows are written once; homes that cannot be told apart are asked about', async () => {
  const { first } = await importing(lines(a, a))
  expect(first.refused.map(one => [one.row, one.code])).toEqual([[3, 'duplicate']])
  const twins = ['Thôn Thử 1;;Tô Văn Hai;1950;;', 'Thôn Thử 1;;Tô Văn Hai;1970;;']
  const { run, first: both } = await importing(lines(...twins))
  expect(both).toMatchObject({ new: 2, refused: [] })
  expect((await run(lines('Thôn Thử 1;;Tô Văn Hai;;;'))).refused.map(one => one.code)).toEqual(['ambiguous'])
})

test('a dry run writes nothing, and the number of a home may come later', async () => {
  const { commune, run } = await importing(lines(), { dryRun: true }).catch(() => ({
    commune: undefined,
    run: undefined,
  }))
  expect(commune).toBeUndefined()
  expect(run).toBeUndefined()
  const { commune: other, run: again, first } = await importing(lines(a), { dryRun: true })
  expect(first).toMatchObject({ new: 1, isWritten: false })
  expect(await homesOf(other.tenant)).toEqual([])
  await again(lines('Thôn Thử 1;;Lý Văn An;1960;;'), {})
  expect(await again(lines(a), {})).toMatchObject({ new: 0, changed: 1 })
})

const upload = (bytes: Buffer, more: Record<string, string> = {}) => {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(bytes)], 'danh sách.csv'))
  for (const [name, value] of Object.entries(more)) form.set(name, value)
  return form
}

test('an officer sends a file, sees what it would do, writes it, and takes it back', async () => {
  const commune = await testCommune(app.sql, [1, 1])
  const token = await commune.staff('commune_officer')
  const sent = await ask('POST', 'imports', { token, body: upload(lines(a, b, 'Thôn Lạ;9;Vi Thị Én;1990;;')) })
  expect(sent.status).toBe(202)
  await settle()
  const dry = await ask('GET', `imports/${sent.body.id}`, { token })
  expect(dry.body).toMatchObject({ state: 'dry', new: 2, total: 3, refusedCount: 1, villages: [{ name: 'Lạ' }] })
  const csv = await ask('GET', `imports/${sent.body.id}/refused.csv`, { token })
  expect(csv.text).toContain('Xã chưa có thôn')
  expect((await ask('POST', `imports/${sent.body.id}/run`, { token, body: {} })).problem.code).toBe('import_refused')
  expect((await ask('POST', `imports/${sent.body.id}/run`, { token, body: { createVillages: true } })).status).toBe(202)
  expect((await ask('POST', `imports/${sent.body.id}/run`, { token, body: {} })).problem.code).toBe('import_not_ready')
  await settle()
  const done = await ask('GET', `imports/${sent.body.id}`, { token })
  expect(done.body).toMatchObject({ state: 'done', new: 3, passed: 3, total: 3 })
  expect((await homesOf(commune.tenant)).length).toBe(3)
  expect((await ask('POST', `imports/${sent.body.id}/undo`, { token, body: {} })).body).toEqual({ done: true })
  const left = await homesOf(commune.tenant)
  expect(left.every(home => home.closed_at && home.head_name === '—')).toBe(true)
  expect((await ask('GET', 'households', { token })).body.items.length).toBe(2)
  expect((await ask('POST', `imports/${sent.body.id}/undo`, { token, body: {} })).problem.code).toBe('import_not_done')
})

test('what was taken back is nowhere, and the same file is all new again, its villages too', async () => {
  const commune = await testCommune(app.sql, [1, 1])
  const token = await commune.staff('commune_officer')
  const file = lines(a, c, 'Thôn Lạ;9;Vi Thị Én;1990;;', 'Thôn Xa;10;Vi Thị Hoa;1991;;')
  const write = async () => {
    const { body } = await ask('POST', 'imports', { token, body: upload(file) })
    await settle()
    await ask('POST', `imports/${body.id}/run`, { token, body: { createVillages: true } })
    await settle()
    return (await ask('GET', `imports/${body.id}`, { token })).body
  }
  const villages = async () => (await ask('GET', `units?parent=${commune.unit}`, { token })).body.items
  const first = await write()
  expect(first).toMatchObject({ state: 'done', new: 4, changed: 0 })
  const far = (await villages()).find(one => one.name === 'Xa')
  const near = commune.villages[0]!.homes[0]!
  await ask('POST', `households/${commune.out(near)}/move`, { token, body: { unit: far!.id } })
  expect((await ask('POST', `imports/${first.id}/undo`, { token, body: {} })).status).toBe(200)
  expect((await villages()).map(one => one.title)).toEqual(['Thôn Thử 1', 'Thôn Thử 2', 'Thôn Xa'])
  expect((await ask('GET', `units?parent=${commune.unit}&name=Lạ`, { token })).body.items).toEqual([])
  for (const query of ['', '?closed=true', '?closed=true&q=%E2%80%94'])
    expect((await ask('GET', `households${query}`, { token })).text).not.toContain('—')
  expect((await ask('GET', `households?closed=true`, { token })).body.items).toHaveLength(2)
  expect((await ask('GET', `households/counts?unit=${commune.unit}`, { token })).body).toMatchObject({
    households: 2,
    people: 2,
  })
  expect((await ask('GET', 'exports/households?format=csv', { token })).text.trim().split('\n')).toHaveLength(3)
  expect(await write()).toMatchObject({ state: 'done', new: 4, changed: 0, unchanged: 0, villages: [{ name: 'Lạ' }] })
})

test('an import that somebody worked on with is not taken back as a whole', async () => {
  const commune = await testCommune(app.sql, [1, 1])
  const token = await commune.staff('commune_officer')
  const { importId } = await importHouseholds(app, { tenant: commune.tenant, bytes: lines(a), fileName: 'a.csv' })
  const { body } = await ask('GET', `households?q=${encodeURIComponent('Lý Văn An')}`, { token })
  await ask('PATCH', `households/${body.items[0]!.id}`, { token, body: { version: 1, say: 'gọi to' } })
  const undone = await ask('POST', `imports/${commune.out(importId)}/undo`, { token, body: {} })
  expect(undone.problem).toMatchObject({ code: 'import_undo_late', homes: 1 })
})

test('a file that is no list fails in words, and a head may not import', async () => {
  const commune = await testCommune(app.sql, [1, 1])
  const token = await commune.staff('commune_officer')
  const sent = await ask('POST', 'imports', { token, body: upload(Buffer.from('%PDF-1.7')) })
  await settle()
  const { body } = await ask('GET', `imports/${sent.body.id}`, { token })
  expect(body).toMatchObject({
    state: 'failed',
    problem: { code: 'import_not_sheet', message: expect.stringContaining('PDF') },
  })
  const head = await commune.staff('village_head', commune.villages[0]!.id)
  expect((await ask('POST', 'imports', { token: head, body: upload(lines(a)) })).status).toBe(403)
  expect((await ask('POST', 'imports', { token, body: new FormData() })).problem.code).toBe('invalid_input')
})

test('what is exported with its numbers is read again as unchanged', async () => {
  const commune = await testCommune(app.sql, [1, 1])
  const token = await commune.staff('commune_officer')
  await importHouseholds(app, { tenant: commune.tenant, bytes: lines(a, b, c), fileName: 'a.csv' })
  for (const format of ['xlsx', 'csv']) {
    const file = await process.hono.request(`/api/v1/exports/households?format=${format}&phones=true`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(file.status).toBe(200)
    expect(file.headers.get('content-disposition')).toContain(`.${format}`)
    const again = await importHouseholds(app, {
      tenant: commune.tenant,
      bytes: Buffer.from(await file.arrayBuffer()),
      fileName: `b.${format}`,
    })
    expect(again).toMatchObject({ new: 0, changed: 0, unchanged: 5, refused: [] })
  }
  const masked = await ask('GET', 'exports/households?format=csv', { token })
  expect(masked.text).toContain('0912 … 678')
  expect(masked.text).not.toContain('0912 345 678')
})

test('thousands of rows are read, matched and written set by set, and the way so far is told', async () => {
  const commune = await testCommune(app.sql, [1, 1])
  const rows = Array.from({ length: 4500 }, (_, n) => [
    { value: `Thôn Thử ${1 + (n % 2)}` },
    { value: n + 1 },
    { value: `Lý Văn ${['An', 'Bình', 'Cường', 'Dũng'][n % 4]}` },
    { value: 1940 + (n % 60) },
    { value: `09${String(10_000_000 + n)}` },
  ])
  const bytes = await writeWorkbook([
    ['Thôn', 'Số hộ', 'Chủ hộ', 'Năm sinh', 'SĐT'].map(value => ({ value })),
    ...rows,
  ]).toBuffer()
  const seen: number[] = []
  const result = await importHouseholds(app, {
    tenant: commune.tenant,
    bytes,
    fileName: 'lon.xlsx',
    onProgress: passed => seen.push(passed),
  })
  expect(result).toMatchObject({ new: 4500, refused: [], isWritten: true })
  expect(seen.at(-1)).toBe(4500)
})
