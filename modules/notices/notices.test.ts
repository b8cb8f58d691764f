import { expect, test } from 'vitest'
import { inside, newId } from '#core/ids'
import { testApp } from '#testing/app'
import { addHome, testCommune } from '#testing/commune'

const t = await testApp()
const c = await testCommune(t.app.sql, [3, 2])
const officer = await c.staff('commune_officer')
const head = await c.staff('village_head', c.villages[0]!.id)
await c.staff('village_head', c.villages[1]!.id)
const home = await c.resident(c.villages[0]!.homes[0]!)
const other = await testCommune(t.app.sql, [1])
const stranger = await other.staff('commune_officer')

const draft = (changes: object = {}) => ({
  title: 'Khám tiểu đường miễn phí',
  body: 'Bà con từ 40 tuổi ra **Trạm Y tế xã**. <script>alert(1)</script> [xem](javascript:alert(1))',
  audience: { units: [c.unit] },
  ...changes,
})
const write = (changes: object = {}, token = officer) => t.ask('POST', 'notices', { token, body: draft(changes) })
const published = async (changes: object = {}, token = officer) => {
  const { id } = (await write(changes, token)).body
  const said = await t.ask('POST', `notices/${id}/publish`, { token, body: {} })
  expect(said.body).toMatchObject({ state: 'published' })
  return id
}
const read = (id: string, token: string) => t.ask('GET', `notices/${id}`, { token })

test('a draft says how many homes it concerns and how many nothing reaches', async () => {
  await t.app
    .sql`update loa.household set phone_kind = 'none' where commune_id = ${c.tenant} and id = ${c.villages[1]!.homes[0]!}`
  const said = await write()
  expect(said.status).toBe(201)
  expect(said.body).toMatchObject({ version: 1, state: 'draft', households: 5, unreachable: 1 })
  expect(said.body.warnings).toMatchObject([{ code: 'no_way' }])
})

test('a notice to nobody is refused, and so is an emergency without a step, and a relay to a group', async () => {
  expect((await write({ audience: {} })).problem.code).toBe('audience_empty')
  expect((await write({ audience: { units: [] } })).status).toBe(422)
  expect((await write({ class: 'emergency' })).problem.code).toBe('steps_needed')
  const needs = { units: [c.unit], attributes: { needs: ['elder'] } }
  expect((await write({ audience: needs, relay: 'village' })).problem.code).toBe('relay_needs_units')
  expect((await write({ audience: { units: [c.unit], attributes: { poverty: true } } })).status).toBe(400)
})

test('nobody writes beyond his unit, and an unknown unit is not found', async () => {
  expect((await write({ audience: { units: [c.villages[1]!.id] } }, head)).status).toBe(403)
  expect((await write({ audience: { units: [other.unit] } })).status).toBe(403)
  expect((await write({ audience: { units: ['99999999'] } })).status).toBe(404)
  expect((await write({}, home)).status).toBe(403)
})

test('a draft is seen by its author, not by the head, not by homes, not by the next commune', async () => {
  const { id } = (await write()).body
  expect((await read(id, officer)).body).toMatchObject({ title: 'Khám tiểu đường miễn phí', may: { change: true } })
  for (const token of [head, home, stranger]) expect((await read(id, token)).status).toBe(404)
})

test('the body is shown as safe HTML', async () => {
  const { id } = (await write()).body
  const { html } = (await read(id, officer)).body
  expect(html).toContain('<strong>Trạm Y tế xã</strong>')
  expect(html).not.toMatch(/<script|href="javascript/)
})

test('two editors: the second is told of both texts and nothing is lost', async () => {
  const { id } = (await write()).body
  const patch = (title: string) => t.ask('PATCH', `notices/${id}`, { token: officer, body: { version: 1, title } })
  expect((await patch('Bản của bà Hiền')).body).toMatchObject({ version: 2 })
  const second = await patch('Bản của ông Lâm')
  expect(second.status).toBe(409)
  expect(second.problem).toMatchObject({
    code: 'version_conflict',
    version: 2,
    theirs: { title: 'Bản của bà Hiền' },
    yours: { title: 'Bản của ông Lâm' },
  })
})

test('a double click publishes once', async () => {
  const { id } = (await write()).body
  const publish = () => t.ask('POST', `notices/${id}/publish`, { token: officer, body: {} })
  const [one, two] = await Promise.all([publish(), publish()])
  expect([one.status, two.status]).toEqual([200, 200])
  expect(one.body).toMatchObject({ state: 'published', households: 5 })
  const rows = await t.app
    .sql`select 1 from loa.publication where commune_id = ${c.tenant} and subject_id = ${inside(id).id}`
  expect(rows.length).toBe(1)
})

test('undo brings back a draft before it left, and is too late afterwards', async () => {
  const { id } = (await write()).body
  const later = await t.ask('POST', `notices/${id}/publish`, { token: officer, body: { undoSeconds: 30 } })
  expect(later.body.state).toBe('scheduled')
  await t.settle()
  expect((await read(id, officer)).body.state).toBe('scheduled')
  expect((await t.ask('POST', `notices/${id}/undo`, { token: officer })).body.state).toBe('draft')
  await t.ask('POST', `notices/${id}/publish`, { token: officer, body: { undoSeconds: 1 } })
  await new Promise(done => setTimeout(done, 1100))
  await t.settle()
  expect((await read(id, officer)).body.state).toBe('published')
  expect((await t.ask('POST', `notices/${id}/undo`, { token: officer })).problem.code).toBe('notice_sent')
})

test('a time in the past is refused', async () => {
  const { id } = (await write()).body
  const at = '2020-01-01T00:00:00+07:00'
  expect((await t.ask('POST', `notices/${id}/publish`, { token: officer, body: { at } })).problem.code).toBe(
    'time_past',
  )
})

test('a published notice is read by its homes, by the head it reaches, and by nobody in the next commune', async () => {
  const id = await published()
  expect((await read(id, home)).body).toMatchObject({ state: 'published', may: { change: false } })
  expect((await read(id, head)).status).toBe(200)
  expect((await read(id, stranger)).status).toBe(404)
  expect(
    (await t.ask('PATCH', `notices/${id}`, { token: officer, body: { version: 1, title: 'X' } })).problem.code,
  ).toBe('notice_sent')
})

test('an internal paper is not there for residents, and counts posts', async () => {
  const id = await published({ internal: true })
  expect((await read(id, home)).status).toBe(404)
  expect((await read(id, head)).body).toMatchObject({ internal: true, ask: 'seen' })
  expect((await t.ask('POST', `notices/${id}/questions`, { token: home, body: { words: 'Gì thế?' } })).status).toBe(404)
})

test('a draft of an internal paper counts the posts that it goes to, not the one that writes it', async () => {
  const its = await testCommune(t.app.sql, [2])
  const token = await its.staff('commune_officer')
  const body = draft({ audience: { units: [its.unit] }, internal: true })
  for (const path of ['notices', 'notices/preview'])
    expect((await t.ask('POST', path, { token, body })).problem.code).toBe('audience_empty')
  await its.staff('village_head', its.villages[0]!.id)
  expect((await t.ask('POST', 'notices/preview', { token, body })).body.households).toBe(1)
  const { id, households } = (await t.ask('POST', 'notices', { token, body })).body
  const sent = await t.ask('POST', `notices/${id}/publish`, { token, body: {} })
  expect([households, sent.body.households]).toEqual([1, 1])
})

test('a step may be said as plain text', async () => {
  const steps = ['Nhịn ăn từ 22 giờ', { act: 'Mang theo thẻ', why: 'Để được miễn phí' }]
  const { id } = (await write({ steps })).body
  expect((await read(id, officer)).body.steps).toEqual([{ act: 'Nhịn ăn từ 22 giờ' }, steps[1]])
  for (const wrong of [[''], [7], [{ why: 'Vì thế' }], ['x'.repeat(161)]])
    expect((await write({ steps: wrong })).problem.code).toBe('invalid_input')
  const { paths } = (await t.ask('GET', '/api/openapi.json')).body as {
    paths: Record<string, { post: { requestBody: object } }>
  }
  expect(JSON.stringify(paths['/notices']!.post.requestBody)).toMatch(
    /"steps":{"type":"array","items":{"anyOf":\[{"type":"object".*?},{"type":"string"/,
  )
})

test('a notice by need is private: only homes it names read it', async () => {
  const named = c.villages[0]!.homes[1]!
  await t.app.sql`update loa.household set needs = '{elder}' where commune_id = ${c.tenant} and id = ${named}`
  const id = await published({ audience: { units: [c.unit], attributes: { needs: ['elder'] } } })
  await t.settle()
  expect((await read(id, home)).status).toBe(404)
  expect((await read(id, await c.resident(named))).body).toMatchObject({ isPrivate: true })
})

test('a typo keeps reach; telling again opens a round for the same homes', async () => {
  const id = await published()
  const correct = (body: object) => t.ask('POST', `notices/${id}/correct`, { token: officer, body })
  expect((await correct({ title: 'Khám tiểu đường miễn phí', tellAgain: false })).problem.code).toBe('nothing_changed')
  expect((await correct({ title: 'Khám tiểu đường', tellAgain: false })).body).toMatchObject({ version: 2 })
  const late = await addHome(t.app.sql, c.tenant, c.villages[1]!.id, 77)
  await t.app
    .sql`update loa.household_stay set valid_from = ${new Date()} where commune_id = ${c.tenant} and household_id = ${late}`
  expect((await correct({ body: 'Chuyển sang phòng 5.', tellAgain: true })).body).toMatchObject({
    version: 3,
    households: 5,
  })
  const now = (await read(id, home)).body
  expect(now).toMatchObject({ round: 2, version: 3, title: 'Khám tiểu đường' })
  expect(now.versions.map(one => one.changed)).toEqual([[], ['title'], ['body']])
  expect((await t.ask('GET', `notices/${id}?version=1`, { token: home })).body.title).toBe('Khám tiểu đường miễn phí')
  const card = (await t.ask('GET', 'feed', { token: home })).body.items.find(one => one.id === id)!
  expect(card.corrected).toMatchObject({ changed: ['body'] })
  await t.app.sql`update loa.household set closed_at = now() where commune_id = ${c.tenant} and no = 77`
})

test('a withdrawn notice stays with its reason; a repeat changes nothing; a draft has nothing to withdraw', async () => {
  const id = await published()
  const withdraw = (of: string) =>
    t.ask('POST', `notices/${of}/withdraw`, { token: officer, body: { reason: 'Hoãn vì mưa lũ' } })
  expect((await withdraw(id)).body.state).toBe('withdrawn')
  expect((await withdraw(id)).status).toBe(200)
  expect((await read(id, home)).body).toMatchObject({ state: 'withdrawn', withdrawnReason: 'Hoãn vì mưa lũ' })
  expect(
    (await t.ask('POST', `notices/${id}/correct`, { token: officer, body: { title: 'X', tellAgain: true } })).problem
      .code,
  ).toBe('notice_withdrawn')
  expect((await withdraw((await write()).body.id)).problem.code).toBe('notice_not_sent')
})

test('the same paper from two senders is one card', async () => {
  const paper = { number: '87/TB-UBND', date: '2026-11-19', issuer: 'UBND xã Thử' }
  const a = await published({ paper })
  const b = await published(
    { paper: { ...paper, issuer: 'ubnd xã thử' }, audience: { units: [c.villages[0]!.id] } },
    head,
  )
  const cards = await t.app.sql`
    select distinct card_id from loa.publication where commune_id = ${c.tenant} and subject_id = any(${[inside(a).id, inside(b).id]})`
  expect(cards.length).toBe(1)
})

test('lists come in pages, newest first, and hold nothing of the next commune', async () => {
  const first = (await t.ask('GET', 'notices?limit=2', { token: officer })).body
  expect(first.items.length).toBe(2)
  const second = (await t.ask('GET', `notices?limit=2&cursor=${first.next}`, { token: officer })).body
  expect(second.items[0]!.id).not.toBe(first.items[1]!.id)
  expect((await t.ask('GET', 'notices?cursor=x', { token: officer })).problem.code).toBe('bad_cursor')
  expect((await t.ask('GET', 'notices', { token: stranger })).body.items).toEqual([])
  const heads = (await t.ask('GET', 'notices?limit=100', { token: head })).body.items
  expect(heads.every(one => one.isMine || one.state !== 'draft')).toBe(true)
})

test('a question comes to the head and the author, and its answer to the home', async () => {
  const id = await published()
  const asked = await t.ask('POST', `notices/${id}/questions`, {
    token: home,
    body: { words: 'Trẻ em có khám không?' },
  })
  expect(asked.status).toBe(201)
  const list = async (token: string) => (await t.ask('GET', `questions?noticeId=${id}&open=true`, { token })).body.items
  expect((await list(officer))[0]!.words).toBe('Trẻ em có khám không?')
  expect((await list(head))[0]!.home).toBeTruthy()
  const answer = (token: string) =>
    t.ask('POST', `questions/${asked.body.id}/answer`, { token, body: { answer: 'Có, từ 6 tuổi.' } })
  expect((await answer(await c.staff('village_head', c.villages[1]!.id))).status).toBe(403)
  expect((await answer(stranger)).problem.code).toBe('not_found')
  expect((await answer(head)).body.answer).toBe('Có, từ 6 tuổi.')
  expect((await list(officer)).length).toBe(0)
  expect((await t.ask('GET', `notices/${id}/questions`, { token: home })).body.items[0]!.answer).toBe('Có, từ 6 tuổi.')
})

test('what a cell is told stays in the cell: neither commune nor head learns who is in it', async () => {
  const [village] = c.villages
  const [member] = village!.homes
  const group = newId()
  await t.app.sql`
    insert into loa.group_of_people (commune_id, id, kind, name, folded, unit_id, is_confidential, opened_at)
    values (${c.tenant}, ${group}, 'party_cell', 'Chi bộ Thử', 'chi bo thu', ${village!.id}, true, '2025-07-01')`
  await t.app.sql`
    insert into loa.group_member (commune_id, group_id, person_id, valid_from)
    select ${c.tenant}, ${group}, p.id, '2025-07-01' from loa.person p
    where p.commune_id = ${c.tenant} and p.household_id = ${member!} limit 1`
  const secretary = await c.staff('party_secretary', village!.id, group)
  const id = await published({ title: 'Họp chi bộ', audience: { groups: [c.out(group)] } }, secretary)
  const asked = { token: await c.resident(member!), body: { words: 'Mấy giờ họp?' } }
  expect((await t.ask('POST', `notices/${id}/questions`, asked)).status).toBe(201)
  const pages = ['', '/reach', '/unreached', `/homes?unit=${village!.id}`, '/trail', '/relays']
  const seen = (token: string) =>
    Promise.all(pages.map(async page => (await t.ask('GET', `notices/${id}${page}`, { token })).status))
  expect(await seen(secretary)).toEqual(pages.map(() => 200))
  const lists = ['doors?limit=100', `doors?noticeId=${id}`, 'questions?limit=100', 'notices?limit=100']
  for (const token of [head, await c.staff('commune_chair'), officer]) {
    expect(await seen(token)).toEqual(pages.map(() => 404))
    const found = await Promise.all(lists.map(list => t.ask('GET', list, { token })))
    expect(found.map(list => list.text).join()).not.toContain('Họp chi bộ')
  }
  expect((await t.ask('GET', 'questions', { token: secretary })).body.items[0]!.words).toBe('Mấy giờ họp?')
})

test('a unit or a group that is not there is named, with the field it stands in', async () => {
  const unit = await write({ audience: { units: [c.unit, '99999'] } })
  expect([unit.status, unit.problem.code]).toEqual([404, 'unit_unknown'])
  expect(unit.problem.message).toContain('99999')
  expect(unit.problem.fields).toEqual({ 'audience.units': ['Không có đơn vị “99999”.'] })
  for (const group of [c.out(newId()), 'không-phải-mã']) {
    const { status, problem } = await write({ audience: { groups: [group] } })
    expect([status, problem.code]).toEqual([404, 'group_unknown'])
    expect(problem.fields).toEqual({ 'audience.groups': [`Không có tổ chức “${group}”.`] })
  }
  const { id, version } = (await write()).body
  const change = { version, audience: { units: ['99999'] } }
  expect((await t.ask('PATCH', `notices/${id}`, { token: officer, body: change })).problem.code).toBe('unit_unknown')
})

test('a public notice behind its relay is read by its link, and whoever has read it may say so', async () => {
  const id = await published({ relay: 'village', ask: 'acknowledged' })
  expect((await t.ask('GET', 'feed', { token: home })).body.items.map(one => one.id)).not.toContain(id)
  expect((await read(id, home)).body).toMatchObject({ title: 'Khám tiểu đường miễn phí', own: null })
  expect((await t.ask('POST', `notices/${id}/acknowledge`, { token: home, body: {} })).status).toBe(200)
  expect((await read(id, home)).body.own).toMatchObject({ level: 'acknowledged' })
  const { body } = await t.ask('GET', `notices/${id}/reach`, { token: officer })
  expect(body).toMatchObject({ reached: 1, levels: { acknowledged: 1 } })
  const left = (await t.ask('GET', `notices/${id}/unreached`, { token: officer })).body.items
  expect(left.every(one => one.reason === 'waiting_for_relay')).toBe(true)
})
