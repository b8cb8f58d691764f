import { expect, test } from 'vitest'
import { now } from '#core/clock'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const { app, ask } = await testApp()
const commune = await testCommune(app.sql, [3, 2])
const other = await testCommune(app.sql, [1])
const officer = await commune.staff('commune_officer')
const [first, second] = commune.villages as [(typeof commune.villages)[0], (typeof commune.villages)[0]]
const head = await commune.staff('village_head', first.id)

const add = (name: string, more: object = {}) =>
  ask('POST', 'households', { token: head, body: { unit: first.id, head: { name, birthYear: 1960 }, ...more } })

test('a head reads the homes of his village by given name, and each home was looked at', async () => {
  for (const name of ['Hoàng Văn Ân', 'Bế Thị Đào', 'Nông Văn An', 'Vi Thị Dung', 'Vi Thị Ánh']) await add(name)
  const list = await ask('GET', `households?unit=${first.id}&q=`, { token: head })
  const names = list.body.items.map(home => home.headName)
  expect(names.filter((name: string) => !name.startsWith('Lý'))).toEqual([
    'Nông Văn An',
    'Vi Thị Ánh',
    'Hoàng Văn Ân',
    'Vi Thị Dung',
    'Bế Thị Đào',
  ])
  const looks = await app.sql`select what, role from loa.look where commune_id = ${commune.tenant}`
  expect(looks.length).toBe(list.body.items.length)
  const trail =
    await app.sql`select data from loa.trail where commune_id = ${commune.tenant} and what = 'household.looked'`
  expect(trail.length).toBe(1)
  expect(JSON.stringify(trail)).not.toContain('Văn')
})

test('a list goes on where it stopped, and no home comes twice', async () => {
  const seen: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await ask('GET', `households?unit=${commune.unit}&limit=3${cursor}`, { token: officer })
    seen.push(...body.items.map(home => home.id))
    if (!body.next) break
    cursor = `&cursor=${encodeURIComponent(body.next)}`
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.length).toBeGreaterThanOrEqual(10)
})

test('a list goes on after a home with the longest name that is taken', async () => {
  const { id } = (await add(`Ẵ${'ẵ'.repeat(98)}Ẵ`)).body
  const all = (await ask('GET', `households?unit=${first.id}&limit=100`, { token: head })).body.items
  const limit = all.findIndex(home => home.id === id) + 1
  await add(`Ử${'ử'.repeat(98)}Ử`)
  const { next } = (await ask('GET', `households?unit=${first.id}&limit=${limit}`, { token: head })).body
  const rest = await ask('GET', `households?unit=${first.id}&limit=100&cursor=${next}`, { token: head })
  expect(rest.body.items.map(home => home.id)).not.toContain(id)
})

test('a name is found without its marks, the exact marks first', async () => {
  await add('Lương Văn Dương')
  await add('Lương Văn Đương')
  const found = async (q: string) =>
    (await ask('GET', `households?unit=${first.id}&q=${encodeURIComponent(q)}`, { token: head })).body.items.map(
      home => home.headName,
    )
  expect(await found('duong')).toEqual(['Lương Văn Dương', 'Lương Văn Đương'])
  expect(await found('đương')).toEqual(['Lương Văn Đương', 'Lương Văn Dương'])
})

test('of two editors the second gets both versions and nothing is lost', async () => {
  const home = (await add('Tô Văn Hai')).body
  const one = await ask('PATCH', `households/${home.id}`, { token: head, body: { version: 1, landmark: 'cổng xanh' } })
  expect(one.body.landmark).toBe('cổng xanh')
  const two = await ask('PATCH', `households/${home.id}`, {
    token: officer,
    body: { version: 1, landmark: 'cầu treo' },
  })
  expect(two.status).toBe(409)
  expect(two.problem).toMatchObject({
    code: 'version_conflict',
    theirs: { landmark: 'cổng xanh', version: 2 },
    yours: { landmark: 'cầu treo' },
  })
})

test('a head does not see the next village, nor another commune; a bank officer sees no home', async () => {
  const next = commune.out(second.homes[0]!)
  expect((await ask('GET', `households/${next}`, { token: head })).status).toBe(403)
  expect((await ask('GET', `households?unit=${second.id}`, { token: head })).status).toBe(403)
  const far = other.out(other.villages[0]!.homes[0]!)
  expect((await ask('GET', `households/${far}`, { token: officer })).status).toBe(404)
  expect((await ask('GET', 'households', { token: await commune.staff('bank_officer') })).status).toBe(403)
})

test('homes are refused in words: in a commune, with a number that is taken, without a name', async () => {
  const inCommune = await ask('POST', 'households', {
    token: officer,
    body: { unit: commune.unit, head: { name: 'A' } },
  })
  expect(inCommune.problem).toMatchObject({ code: 'village_needed' })
  await add('Ma Văn Một', { sheetNo: '17' })
  expect((await add('Ma Văn Hai', { sheetNo: '17' })).problem.code).toBe('household_number_taken')
  const nameless = await ask('POST', 'households', { token: head, body: { unit: first.id, head: { name: ' ' } } })
  expect(nameless.problem.fields!['head.name']).toBeDefined()
})

test('a cursor of another making is refused', async () => {
  expect((await ask('GET', 'households?cursor=zzz', { token: head })).problem.code).toBe('bad_cursor')
})

test('a cell’s secretary has the head’s village without naming it; an officer of a group has to name one', async () => {
  const group = newId()
  await app.sql`
    insert into loa.group_of_people (commune_id, id, kind, name, folded, unit_id, is_confidential, opened_at)
    values (${commune.tenant}, ${group}, 'party_cell', 'Chi bộ thử', 'chi bo thu', ${first.id}, true, ${now()})`
  const secretary = await commune.staff('party_secretary', first.id, group)
  expect((await ask('GET', 'arrivals', { token: secretary })).status).toBe(200)
  expect((await ask('GET', 'households', { token: secretary })).body.items.length).toBeGreaterThan(0)
  const association = await commune.staff('association_officer', commune.unit, group)
  expect((await ask('GET', 'households', { token: association })).problem.code).toBe('unit_needed')
})
