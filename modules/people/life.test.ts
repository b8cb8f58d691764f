import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { addHome, testCommune } from '#testing/commune'
import { contactsOf } from '#people'

const { app, ask } = await testApp()
const commune = await testCommune(app.sql, [2, 2])
const token = await commune.staff('commune_officer')
const [here, there] = commune.villages as [(typeof commune.villages)[0], (typeof commune.villages)[0]]
let no = 100

async function home(name: string, ...others: { name: string; birthYear?: number }[]) {
  const { body } = await ask('POST', 'households', { token, body: { unit: here.id, head: { name, birthYear: 1960 } } })
  let now = body
  for (const person of others) now = (await post(body.id, 'persons', person)).body
  return now as {
    id: string
    version: number
    people: { id: string; name: string; isHead: boolean }[]
    events: { id: string }[]
  }
}
const post = <const W extends string>(id: string, what: W, body: object = {}) =>
  ask('POST', `households/${id}/${what}`, { token, body })
const person = <const W extends string>(id: string, what: W, body: object = {}) =>
  ask('POST', `persons/${id}/${what}`, { token, body })
const seen = async (id: string) => (await ask('GET', `households/${id}`, { token })).body
const inside = async (id: string) =>
  (await app.sql<{ id: string }[]>`select id from loa.household where commune_id = ${commune.tenant}`).find(
    row => commune.out(row.id) === id,
  )!.id
const phone = (value: string, personId?: string) => ({
  kind: 'phone',
  value,
  personId,
  basis: 'consent',
  how: 'spoken',
  wording: 'Cho xã nhắn tin nhé?',
})

test('a home moves to another village: its id and history stay, and it may come back', async () => {
  const moved = await home('Lê Văn Chuyển')
  expect((await post(moved.id, 'move', { unit: there.id })).body).toMatchObject({ id: moved.id, unitId: there.id })
  expect((await post(moved.id, 'move', { unit: there.id })).problem.code).toBe('already_there')
  expect((await post(moved.id, 'move', { unit: commune.unit })).problem.code).toBe('village_needed')
  const other = await testCommune(app.sql, [1])
  expect((await post(moved.id, 'move', { unit: other.villages[0]!.id })).problem.code).toBe('move_within_commune')
  const [event] = (await seen(moved.id)).events
  expect(event).toMatchObject({ kind: 'moved', isUndoable: true })
  expect((await post(moved.id, `events/${event!.id}/undo`)).body.unitId).toBe(here.id)
  expect((await post(moved.id, `events/${event!.id}/undo`)).problem.code).toBe('undo_late')
  const stays = await app.sql`
    select unit_id, valid_to from loa.household_stay where commune_id = ${commune.tenant} and household_id = ${await inside(moved.id)} order by valid_from`
  expect(stays.filter(stay => !stay['valid_to']).map(stay => stay['unit_id'])).toEqual([here.id])
})

test('somebody dies: their number is used no longer, the home stays, and its head is chosen, not guessed', async () => {
  const family = await home(
    'Hoàng Văn Cụ',
    { name: 'Lý Thị Bà', birthYear: 1962 },
    { name: 'Hoàng Văn Con', birthYear: 1990 },
  )
  const [head, wife] = family.people as [(typeof family.people)[0], (typeof family.people)[0]]
  await post(family.id, 'contacts', phone('0912000111', head.id))
  expect((await person(head.id, 'death', { on: '2026-11-01' })).problem.code).toBe('head_needed')
  const after = (await person(head.id, 'death', { on: '2026-11-01', newHead: wife.id })).body
  expect(after).toMatchObject({ headName: 'Lý Thị Bà', closedAt: null, contacts: [], persons: 2 })
  expect((await person(head.id, 'death', { on: '2026-11-01' })).problem.code).toBe('person_gone')
  const alone = await home('Vi Thị Đơn')
  expect((await person(alone.people[0]!.id, 'death', { on: '2026-11-02' })).body.closedReason).toBe('nobody_left')
})

test('a home splits: the son’s family gets a home of its own with its contacts, and the split may be undone', async () => {
  const family = await home(
    'Nông Văn Cha',
    { name: 'Nông Văn Trưởng', birthYear: 1985 },
    { name: 'Lò Thị Dâu', birthYear: 1987 },
  )
  const [father, son, wife] = family.people
  await post(family.id, 'contacts', phone('0912000222', son!.id))
  expect((await post(family.id, 'split', { persons: [father!.id], head: father!.id })).problem.code).toBe('head_needed')
  const made = (await post(family.id, 'split', { persons: [son!.id, wife!.id], head: son!.id })).body
  expect(made).toMatchObject({ headName: 'Nông Văn Trưởng', persons: 2, unitId: here.id, phone: '0912 … 222' })
  const rest = await seen(family.id)
  expect(rest).toMatchObject({ persons: 1, phone: null })
  const undone = (await post(family.id, `events/${rest.events[0]!.id}/undo`)).body
  expect(undone).toMatchObject({ persons: 3, headName: 'Nông Văn Cha', phone: '0912 … 222' })
  expect((await seen(made.id)).closedReason).toBe('undone')
})

test('two entries of one home are found and merged, nobody twice, and the merge may be undone', async () => {
  const first = await home('Trần Thị Đôi', { name: 'Trần Văn Bé', birthYear: 2001 })
  const second = await home('Trần Thị Đôi', { name: 'Trần Văn Út', birthYear: 2005 })
  await post(first.id, 'contacts', phone('0912000333'))
  await post(second.id, 'contacts', phone('0912000333'))
  await post(second.id, 'contacts', phone('0912000444', second.people[0]!.id))
  const pairs = (await ask('GET', `duplicates?unit=${here.id}`, { token })).body.items
  expect(pairs.some(pair => pair.why === 'name_and_birth' && pair.first.headName === 'Trần Thị Đôi')).toBe(true)
  const merged = (await post(first.id, 'merge', { duplicateId: second.id })).body
  expect(merged.people.filter(one => !one.leftAt).map(one => one.name)).toEqual([
    'Trần Thị Đôi',
    'Trần Văn Bé',
    'Trần Văn Út',
  ])
  expect(merged.contacts.map(one => one.masked)).toEqual(['0912 … 333', '0912 … 444'])
  expect(await seen(second.id)).toMatchObject({ closedReason: 'merged', mergedInto: first.id })
  const event = merged.events.find(one => one.kind === 'merged')
  await post(first.id, `events/${event!.id}/undo`)
  expect(await seen(second.id)).toMatchObject({ closedAt: null, mergedInto: null, persons: 2 })
  expect((await seen(second.id)).contacts.length).toBe(2)
  expect((await post(first.id, 'merge', { duplicateId: first.id })).problem.code).toBe('same_household')
})

test('an undo is refused once somebody has worked on with the home', async () => {
  const gone = await home('Ma Thị Đi')
  const left = (await post(gone.id, 'leave', { to: 'Xã Minh Hóa' })).body
  expect(left).toMatchObject({ closedReason: 'moved', movedTo: 'Xã Minh Hóa' })
  expect((await post(gone.id, 'persons', { name: 'Ai' })).problem.code).toBe('household_closed')
  const back = (await post(gone.id, `events/${left.events[0]!.id}/undo`)).body
  expect(back.closedAt).toBeNull()
  const again = (await post(gone.id, 'absence', { until: '2027-02-01' })).body
  expect(again.absentUntil).toBe('2027-02-01')
  await post(gone.id, 'persons', { name: 'Ma Văn Mới' })
  expect((await post(gone.id, `events/${again.events[0]!.id}/undo`)).problem.code).toBe('undo_late')
})

test('a number is shown one at a time, noted, and the list keeps it masked', async () => {
  const one1 = await home('Lục Thị Số')
  const added = (await post(one1.id, 'contacts', phone('0912 000 555'))).body
  expect(JSON.stringify(added)).not.toContain('0912000555')
  const shown = await post(one1.id, `contacts/${added.contacts[0]!.id}/number`)
  expect(shown.body).toEqual({ value: '+84912000555', spoken: '0912 000 555' })
  const looks =
    await app.sql`select what from loa.look where commune_id = ${commune.tenant} and household_id = ${await inside(one1.id)} and what = 'phone'`
  expect(looks.length).toBe(1)
  expect((await post(one1.id, 'contacts', phone('0912000555'))).problem.code).toBe('contact_known')
  expect((await post(one1.id, 'contacts', phone('12'))).problem.code).toBe('contact_unreadable')
})

test('consents are a ledger: a yes needs its words, a stop does not erase it, and a child’s number is never used', async () => {
  const family = await home('Bế Văn Sổ', { name: 'Bế Thị Nhỏ', birthYear: 2015 })
  const child = family.people.find(one => one.name === 'Bế Thị Nhỏ')!
  await post(family.id, 'contacts', phone('0912000666'))
  await post(family.id, 'contacts', phone('0912000777', child.id))
  const say = (body: object) => post(family.id, 'consents', { purpose: 'optional_topics', how: 'spoken', ...body })
  expect((await say({ said: 'yes', basis: 'consent' })).problem.code).toBe('consent_unproven')
  await say({ said: 'yes', basis: 'consent', wording: 'Nhận cả tin chợ nhé?' })
  const { contacts } = await seen(family.id)
  await say({ said: 'stop', basis: 'consent', contactId: contacts[0]!.id })
  const ledger = (await ask('GET', `households/${family.id}/consents`, { token })).body.items
  expect(ledger.map(row => row.said)).toEqual(['stop', 'yes', 'yes', 'yes'])
  const usable = await contactsOf(app.sql, commune.tenant, [await inside(family.id)], 'phone')
  expect(usable.map(row => [row.value, row.stopped])).toEqual([['+84912000666', ['optional_topics']]])
})

test('a person who is erased leaves no name behind, and the trail stays whole', async () => {
  const family = await home('Tô Văn Còn', { name: 'Tô Thị Quên', birthYear: 1980 })
  const gone = family.people.find(one => one.name === 'Tô Thị Quên')!
  await post(family.id, 'contacts', phone('0912000888', gone.id))
  await person(gone.id, 'departure')
  const after = (await person(gone.id, 'erase')).body
  expect(after.people.map(one => one.name)).toEqual(['Tô Văn Còn', '—'])
  const kept =
    await app.sql`select data::text from loa.household_event where commune_id = ${commune.tenant} and household_id = ${await inside(family.id)}`
  expect(JSON.stringify(kept)).not.toContain('Quên')
  expect((await person(family.people[0]!.id, 'erase')).status).toBe(200)
})

test('who may act in one of two homes only may not merge them', async () => {
  const head = await commune.staff('village_head', here.id)
  const near = commune.out(await addHome(app.sql, commune.tenant, here.id, ++no))
  const far = commune.out(await addHome(app.sql, commune.tenant, there.id, ++no))
  const merge = await ask('POST', `households/${near}/merge`, { token: head, body: { duplicateId: far } })
  expect(merge.status).toBe(403)
})

test('a death ahead and an absence that is over are refused: a slip of the date changes nothing', async () => {
  const family = await home('Lường Văn Ngày', { name: 'Lường Thị Sau', birthYear: 1990 })
  const [head] = family.people
  expect((await person(head!.id, 'death', { on: '2099-01-01' })).problem.code).toBe('day_ahead')
  expect((await post(family.id, 'absence', { until: '2020-01-01' })).problem.code).toBe('day_past')
  expect(await seen(family.id)).toMatchObject({ absentUntil: null, persons: 2, events: [] })
})

test('a new head is told by being it: the old one is written as head of the home no longer', async () => {
  const family = await home('Sầm Văn Trước', { name: 'Sầm Thị Sau', birthYear: 1990 })
  const [first, second] = family.people
  const named = (id: string, relation: string) =>
    ask('PATCH', `persons/${id}`, { token, body: { version: 1, relation } })
  await named(first!.id, 'chủ hộ')
  await named(second!.id, 'con')
  await person(second!.id, 'head')
  expect((await seen(family.id)).people).toMatchObject([
    { name: 'Sầm Thị Sau', isHead: true, relation: '' },
    { name: 'Sầm Văn Trước', isHead: false, relation: '' },
  ])
})

test('a year of birth can be taken back, and another year than the day of birth takes the day with it', async () => {
  const family = await home('Nông Văn Năm')
  const { id } = family.people[0]!
  const change = (version: number, body: object) =>
    ask('PATCH', `persons/${id}`, { token, body: { version, ...body } }).then(answer => answer.body.people[0])
  expect(await change(1, { birthDay: '1961-02-03' })).toMatchObject({ birthDay: '1961-02-03', birthYear: 1961 })
  expect(await change(2, { birthYear: 1961 })).toMatchObject({ birthDay: '1961-02-03', birthYear: 1961 })
  expect(await change(3, { birthYear: 1962 })).toMatchObject({ birthDay: null, birthYear: 1962 })
  expect(await change(4, { birthYear: null })).toMatchObject({ birthDay: null, birthYear: null })
})
