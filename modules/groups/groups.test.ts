import { beforeAll, describe, expect, test } from 'vitest'
import { homesOfGroup } from '#groups'
import { insideOf } from '#core/ids'
import { testApp } from '#testing/app'
import { addHome, testCommune, type TestCommune } from '#testing/commune'

const at = await testApp()
let c: TestCommune
let other: TestCommune
let officer: string
beforeAll(async () => {
  c = await testCommune(at.app.sql, [3, 2])
  other = await testCommune(at.app.sql)
  officer = await c.staff('commune_officer')
})

const post = <const P extends string>(path: P, body: object, token = officer) => at.ask('POST', path, { token, body })
const get = <const P extends string>(path: P, token = officer) => at.ask('GET', path, { token })
const personOf = async (home: string) => {
  const [row] = await at.app.sql`select id from loa.person where commune_id = ${c.tenant} and household_id = ${home}`
  return row!['id'] as string
}
const make = async (kind: string, name: string, unit = c.unit) => (await post('groups', { unit, kind, name })).body
const rowId = (id: string) => insideOf(c.tenant, id)
const join = async (group: string, home: string, token = officer) =>
  post(`groups/${group}/members`, { personId: c.out(await personOf(home)) }, token)

describe('an association of the commune', () => {
  test('has branches that cross the villages, and a message to it reaches the homes of all', async () => {
    const women = await make('women', 'Hội Phụ nữ xã')
    const branch = await post(`groups/${women.id}/branches`, { name: 'Chi hội chợ' })
    expect(branch.status).toBe(201)
    const [one, two] = c.villages
    await join(women.id, one!.homes[0]!)
    await join(branch.body.id, two!.homes[0]!)
    await join(branch.body.id, one!.homes[0]!)
    const homes = await homesOfGroup(at.app.sql, c.tenant, [rowId(women.id)])
    expect(new Set(homes.map(home => home.household))).toEqual(new Set([one!.homes[0], two!.homes[0]]))
    expect((await get(`groups/${women.id}`)).body).toMatchObject({ members: 2, homes: 2, branches: 1 })
    const members = (await get(`groups/${women.id}/members`)).body.items
    expect(members).toHaveLength(3)
    expect(members.map(m => m.group.name)).toContain('Chi hội chợ')
  })
  test('counts membership by its dates: who left yesterday is not reached today, and was reached before', async () => {
    const farmers = await make('farmers', 'Hội Nông dân xã')
    const home = c.villages[0]!.homes[1]!
    const person = c.out(await personOf(home))
    await post(`groups/${farmers.id}/members`, { personId: person, from: '2025-09-01' })
    const homes = async (day: string) =>
      (await homesOfGroup(at.app.sql, c.tenant, [rowId(farmers.id)], new Date(day))).length
    expect([await homes('2025-08-31T12:00:00+07:00'), await homes('2025-09-02T12:00:00+07:00')]).toEqual([0, 1])
    expect((await post(`groups/${farmers.id}/members/${person}/end`, {})).status).toBe(200)
    expect((await homesOfGroup(at.app.sql, c.tenant, [rowId(farmers.id)])).length).toBe(0)
    expect(await homes('2025-09-02T12:00:00+07:00')).toBe(1)
    expect((await post(`groups/${farmers.id}/members/${person}/end`, {})).problem.code).toBe('not_found')
    expect((await post(`groups/${farmers.id}/members`, { personId: person, from: '2099-01-01' })).problem.code).toBe(
      'date_ahead',
    )
  })
  test('lists its members by given name, page after page, and each look is noted at the home', async () => {
    const youth = await make('youth', 'Đoàn Thanh niên xã')
    const names = ['Lò Văn An', 'Lò Thị Đào', 'Lò Văn Dũng']
    const homes: string[] = []
    for (const [n, name] of names.entries())
      homes.push(await addHome(at.app.sql, c.tenant, c.villages[0]!.id, 500 + n, name))
    for (const home of homes) await join(youth.id, home)
    const first = (await get(`groups/${youth.id}/members?limit=2`)).body
    const rest = (await get(`groups/${youth.id}/members?limit=2&cursor=${first.next}`)).body
    expect([...first.items, ...rest.items].map(m => m.name)).toEqual(['Lò Văn An', 'Lò Văn Dũng', 'Lò Thị Đào'])
    expect(rest.next).toBeNull()
    const [looks] = await at.app.sql`
      select count(*)::int as n from loa.look where commune_id = ${c.tenant} and household_id = ${homes[0]!} and what = 'group'`
    expect(looks!['n']).toBe(1)
    expect((await get(`groups/${youth.id}/members?q=dao`)).body.items).toHaveLength(1)
    expect((await get(`groups/${youth.id}/members?cursor=no`)).problem.code).toBe('bad_cursor')
  })
  test('takes nobody twice, nobody who is gone, nobody of another commune', async () => {
    const veterans = await make('veterans', 'Hội Cựu chiến binh')
    const home = c.villages[1]!.homes[1]!
    expect((await join(veterans.id, home)).status).toBe(201)
    expect((await join(veterans.id, home)).problem.code).toBe('member_already')
    const foreign = other.out(other.villages[0]!.homes[0]!)
    expect((await post(`groups/${veterans.id}/members`, { personId: foreign })).problem.code).toBe('not_found')
    expect((await post(`groups/${veterans.id}/members`, {})).problem.code).toBe('person_not_there')
    const gone = await addHome(at.app.sql, c.tenant, c.villages[0]!.id, 600, 'Lò Văn Đi')
    await at.app
      .sql`update loa.person set left_at = '2025-08-01' where commune_id = ${c.tenant} and household_id = ${gone}`
    expect((await join(veterans.id, gone)).problem.code).toBe('person_gone')
  })
  test('lets who was taken out by mistake come back as if nothing had been', async () => {
    const group = await make('other', 'Câu lạc bộ')
    const home = c.villages[0]!.homes[0]!
    const person = c.out(await personOf(home))
    await post(`groups/${group.id}/members`, { personId: person, from: '2025-09-01', part: 'thủ quỹ' })
    await post(`groups/${group.id}/members/${person}/end`, {})
    expect((await post(`groups/${group.id}/members`, { personId: person })).status).toBe(201)
    const [member] = (await get(`groups/${group.id}/members`)).body.items
    expect(member).toMatchObject({ since: '2025-09-01T00:00:00+07:00', part: 'thủ quỹ' })
  })
  test('enrols by the home’s number and the name, with or without marks', async () => {
    const elderly = await make('elderly', 'Hội Người cao tuổi')
    await addHome(at.app.sql, c.tenant, c.villages[0]!.id, 700, 'Nông Thị Hoà')
    const joined = await post(`groups/${elderly.id}/members`, { householdNo: 700, name: 'nong thi hoa' })
    expect(joined.body.name).toBe('Nông Thị Hoà')
    expect((await post(`groups/${elderly.id}/members`, { householdNo: 700, name: 'Nông' })).problem.code).toBe(
      'person_not_there',
    )
  })
  test('is closed with its branches, and opened again with its members', async () => {
    const front = await make('front', 'Mặt trận xã')
    const branch = (await post(`groups/${front.id}/branches`, { name: 'Ban công tác', unit: c.villages[0]!.id })).body
    await join(branch.id, c.villages[0]!.homes[0]!)
    expect((await post(`groups/${front.id}/close`, {})).body.closedAt).not.toBeNull()
    expect((await join(branch.id, c.villages[0]!.homes[1]!)).problem.code).toBe('group_closed')
    expect((await post(`groups/${branch.id}/reopen`, {})).problem.code).toBe('group_closed')
    expect((await post(`groups/${front.id}/reopen`, {})).body.closedAt).toBeNull()
    expect((await get(`groups/${front.id}`)).body).toMatchObject({ homes: 1, branches: 1 })
    expect((await post(`groups/${front.id}/reopen`, {})).problem.code).toBe('group_not_closed')
  })
  test('bears a name of its own, and another one on request', async () => {
    const group = await make('learning', 'Hội Khuyến học')
    expect((await post('groups', { unit: c.unit, kind: 'learning', name: 'hoi khuyen hoc' })).problem.code).toBe(
      'group_name_taken',
    )
    expect((await post(`groups/${group.id}/rename`, { name: 'Khuyến học xã' })).body.name).toBe('Khuyến học xã')
    expect((await post('groups', { unit: c.province, kind: 'other', name: 'X' })).status).toBe(403)
    expect((await post('groups', { unit: c.unit, kind: 'club', name: 'X' })).problem.fields).toHaveProperty('kind')
  })
})

describe('who sees a group', () => {
  test('an association’s officer its own with the branches, the commune all, another commune none', async () => {
    const credit = await make('credit_group', 'Tổ vay vốn 1')
    const branch = (await post(`groups/${credit.id}/branches`, { name: 'Nhóm nhỏ' })).body
    const mine = await c.staff('association_officer', c.unit, rowId(credit.id))
    expect((await get('groups', mine)).body.items.map(g => g.name)).toEqual(['Nhóm nhỏ', 'Tổ vay vốn 1'])
    expect((await get(`groups/${branch.id}/members`, mine)).status).toBe(200)
    // Names of a branch's homes are its association's to see, no other home's are.
    const [first, second] = c.villages[0]!.homes
    await join(branch.id, first!)
    expect((await get(`households/${c.out(first!)}`, mine)).status).toBe(200)
    expect((await get(`households/${c.out(second!)}`, mine)).status).toBe(403)
    const stranger = await make('women', 'Chi hội khác')
    expect((await get(`groups/${stranger.id}`, mine)).status).toBe(403)
    const abroad = await other.staff('commune_officer')
    expect((await get(`groups/${credit.id}`, abroad)).status).toBe(404)
    expect((await get('groups', abroad)).body.items).toEqual([])
    expect((await get('groups', await c.staff('village_head', c.villages[0]!.id))).status).toBe(403)
  })
  test('the list goes on page after page in the order of names', async () => {
    const all = (await get('groups?limit=100')).body.items.map(g => g.name)
    const seen: string[] = []
    let cursor = ''
    do {
      const page = (await get(`groups?limit=2${cursor && `&cursor=${cursor}`}`)).body
      seen.push(...page.items.map(g => g.name))
      cursor = page.next ?? ''
    } while (cursor)
    expect(seen).toEqual(all)
  })
})

describe('a Party cell', () => {
  test('shows its members to its secretary and to the person alone', async () => {
    const cell = await make('party_cell', 'Chi bộ thôn 1', c.villages[0]!.id)
    const secretary = await c.staff('party_secretary', c.villages[0]!.id, rowId(cell.id))
    const home = c.villages[0]!.homes[2]!
    const person = await personOf(home)
    expect((await join(cell.id, home)).status).toBe(403)
    expect((await join(cell.id, home, secretary)).status).toBe(201)
    expect((await get(`groups/${cell.id}/members`, secretary)).body.items).toHaveLength(1)
    for (const role of ['commune_chair', 'commune_officer'] as const) {
      const token = await c.staff(role)
      expect((await get(`groups/${cell.id}/members`, token)).status).toBe(403)
      const listed = (await get('groups?kind=party_cell', token)).body.items[0]
      expect(listed).toMatchObject({ name: 'Chi bộ thôn 1', members: null, homes: null })
    }
    const phone = await c.resident(home)
    expect((await get('groups/mine', phone)).body.items.map(g => g.kind)).not.toContain('party_cell')
    await at.app
      .sql`update loa.session set person_id = ${person} where commune_id = ${c.tenant} and household_id = ${home}`
    const hers = await c.resident(home)
    await at.app
      .sql`update loa.session set person_id = ${person} where commune_id = ${c.tenant} and household_id = ${home}`
    expect((await get('groups/mine', hers)).body.items.map(g => g.kind)).toContain('party_cell')
  })
  test('leaves nobody’s id in the trail', async () => {
    const rows = await at.app.sql`
      select t.data from loa.trail t join loa.group_of_people g on g.commune_id = t.commune_id and g.id = t.about_id
      where t.commune_id = ${c.tenant} and t.what = 'group.joined' and g.is_confidential`
    expect(rows.map(row => row['data'])).toEqual([{}])
  })
})

test('a branch stays when its village is merged: it stands in the new one, its members with it', async () => {
  const branch = await make('women', 'Chi hội thôn 2', c.villages[1]!.id)
  await join(branch.id, c.villages[1]!.homes[0]!)
  const merged = await post(`units/${c.unit}/merge`, { from: c.villages.map(v => v.id), name: 'Chung', kind: 'thôn' })
  const now = (await get(`groups/${branch.id}`)).body
  expect(now).toMatchObject({ unit: { id: merged.body.id, title: 'Thôn Chung' }, homes: 1 })
  const [home] = await homesOfGroup(at.app.sql, c.tenant, [rowId(branch.id)])
  expect(home!.unit).toBe(merged.body.id)
})
