import { describe, expect, test } from 'vitest'
import { iso, now } from '#core/clock'
import { inTransaction } from '#core/db'
import { firstIdAt, newId } from '#core/ids'
import { testApp } from '#testing/app'
import { addHome, testCommune, type TestCommune } from '#testing/commune'
import { publishForTests, type Published } from './publish-for-tests.ts'
import { recount } from './recount.ts'
import { showIn } from './show-in.ts'
import { withdraw } from './withdraw.ts'

const { app, ask } = await testApp()
const { sql } = app
const inMinutes = (n: number) => new Date(now().getTime() + n * 60_000)
const titles = (cards: { title: string }[]) => cards.map(card => card.title)

const receipt = (c: TestCommune, notice: Published, level: string, more: object = {}) => ({
  id: newId(),
  noticeId: c.out(notice.noticeId),
  level,
  at: iso(now()),
  ...more,
})

describe('what a home is shown', () => {
  test('what is asked stands first: emergencies, then the soonest date; all cards stand by the time they were shown', async () => {
    const c = await testCommune(sql, [2])
    const token = await c.resident(c.villages[0]!.homes[0]!)
    const villages = [c.villages[0]!.id]
    const content = (title: string, at: Date) => ({
      title,
      plain: '',
      body: '',
      steps: [],
      topic: 'x',
      files: [],
      event: { at: iso(at), place: 'Nhà văn hóa' },
    })
    const base = { tenant: c.tenant, villages }
    await publishForTests(app, { ...base, title: 'Giá chuối', ask: 'delivered' })
    await publishForTests(app, { ...base, content: content('Họp sau', inMinutes(9000)) })
    await publishForTests(app, { ...base, content: content('Họp trước', inMinutes(3000)) })
    await publishForTests(app, { ...base, title: 'Lũ', class: 'emergency' })
    const feed = await ask('GET', 'feed', { token })
    expect(feed.status).toBe(200)
    expect(titles(feed.body.asked)).toEqual(['Lũ', 'Họp trước', 'Họp sau'])
    expect(titles(feed.body.items)).toEqual(['Lũ', 'Họp trước', 'Họp sau', 'Giá chuối'])
    expect(feed.body.next).toBeNull()
  })

  test('pages follow each other without a hole or a double, and only the first carries what is asked', async () => {
    const c = await testCommune(sql, [1])
    const token = await c.resident(c.villages[0]!.homes[0]!)
    for (let n = 0; n < 7; n++)
      await publishForTests(app, { tenant: c.tenant, villages: [c.villages[0]!.id], title: `Tin ${n}` })
    const seen: string[] = []
    let from = ''
    for (let page = 0; page < 4; page++) {
      const { body } = await ask('GET', `feed?limit=3${from}`, { token })
      expect(body.asked.length).toBe(page ? 0 : 7)
      seen.push(...titles(body.items))
      if (!body.next) break
      from = `&cursor=${body.next}`
    }
    expect(seen).toEqual(['Tin 6', 'Tin 5', 'Tin 4', 'Tin 3', 'Tin 2', 'Tin 1', 'Tin 0'])
  })

  test('a paper that two offices sent is one card with both senders, and one "Đã rõ" counts for each', async () => {
    const c = await testCommune(sql, [2])
    const [home] = c.villages[0]!.homes
    const token = await c.resident(home!)
    const cardId = newId()
    const base = { tenant: c.tenant, villages: [c.villages[0]!.id], cardId }
    const older = await publishForTests(app, { ...base, title: 'Công điện 87', class: 'priority' })
    await publishForTests(app, { tenant: c.tenant, villages: base.villages, title: 'Tin khác', ask: 'delivered' })
    const newer = await publishForTests(app, {
      ...base,
      title: 'Công điện 87',
      author: { post: undefined, title: 'Hội Nông dân' },
    })
    const { body } = await ask('GET', 'feed', { token })
    expect(titles(body.items)).toEqual(['Công điện 87', 'Tin khác'])
    expect(body.items[0]!.senders.map(s => s.title)).toEqual(['Hội Nông dân', 'UBND xã'])
    expect(body.items[0]!.class).toBe('priority')
    expect((await ask('GET', 'feed?limit=1', { token })).body.items[0]!.id).toBe(c.out(newer.noticeId))
    await ask('POST', `notices/${c.out(older.noticeId)}/acknowledge`, { token, body: {} })
    const rows = await sql`
      select published_id from loa.reach_home where commune_id = ${c.tenant} and household_id = ${home!} and level = 5`
    expect(rows.length).toBe(2)
    expect((await ask('GET', 'feed', { token })).body.asked).toEqual([])
    expect((await recount(sql, c.tenant)).differences).toEqual([])
  })

  test('behind a relay nothing is shown; after it the card carries the head’s words', async () => {
    const c = await testCommune(sql, [1, 1])
    const token = await c.resident(c.villages[0]!.homes[0]!)
    const villages = c.villages.map(village => village.id)
    const notice = await publishForTests(app, { tenant: c.tenant, villages, relay: 'village' })
    expect((await ask('GET', 'feed', { token })).body.items).toEqual([])
    const byLink = await ask('POST', 'receipts', { token, body: { receipts: [receipt(c, notice, 'seen')] } })
    expect(byLink.body).toMatchObject({ accepted: 1, refused: [] })
    expect((await ask('GET', 'feed', { token })).body.items).toEqual([])
    await inTransaction(sql, tx =>
      showIn(app, tx, {
        tenant: c.tenant,
        publishedId: notice.publishedId,
        unitIds: [villages[0]!],
        localWords: { words: 'Nhà nào có lợn thì báo tôi.', title: 'Trưởng thôn' },
        at: now(),
      }),
    )
    const { body } = await ask('GET', 'feed', { token })
    expect(body.items[0]!.localWords).toEqual({ words: 'Nhà nào có lợn thì báo tôi.', title: 'Trưởng thôn' })
    const other = await c.resident(c.villages[1]!.homes[0]!)
    expect((await ask('GET', 'feed', { token: other })).body.items).toEqual([])
  })

  test('what was shown stays after a home moved away from the village; a home that comes later finds it, but nothing private', async () => {
    const c = await testCommune(sql, [1, 1])
    const [from, to] = c.villages
    const [home] = from!.homes
    const base = { tenant: c.tenant, villages: [from!.id] }
    await publishForTests(app, { ...base, title: 'Trước khi đi' })
    await publishForTests(app, { ...base, title: 'Riêng', isPrivate: true })
    await sql`update loa.household_stay set valid_to = ${now()} where commune_id = ${c.tenant} and household_id = ${home!}`
    await sql`
      insert into loa.household_stay (commune_id, household_id, unit_id, valid_from) values (${c.tenant}, ${home!}, ${to!.id}, ${now()})`
    await sql`update loa.household set unit_id = ${to!.id} where commune_id = ${c.tenant} and id = ${home!}`
    const late = await addHome(sql, c.tenant, from!.id, 70)
    await new Promise(done => setTimeout(done, 3))
    await publishForTests(app, { ...base, title: 'Sau khi đi' })
    const moved = await ask('GET', 'feed', { token: await c.resident(home!) })
    expect(titles(moved.body.items)).toEqual(['Riêng', 'Trước khi đi'])
    const came = await ask('GET', 'feed', { token: await c.resident(late) })
    expect(titles(came.body.items)).toEqual(['Sau khi đi', 'Trước khi đi'])
  })

  test('a withdrawn notice leaves a card with the reason and without its words', async () => {
    const c = await testCommune(sql, [1])
    const token = await c.resident(c.villages[0]!.homes[0]!)
    const notice = await publishForTests(app, { tenant: c.tenant, villages: [c.villages[0]!.id] })
    const body = { reason: 'Nhầm ngày' }
    await inTransaction(sql, tx => withdraw(app, tx, { tenant: c.tenant, publishedId: notice.publishedId, ...body }))
    const feed = await ask('GET', 'feed', { token })
    expect(feed.body.asked).toEqual([])
    expect(feed.body.items[0]).toMatchObject({ state: 'withdrawn', withdrawnBecause: 'Nhầm ngày', body: '', plain: '' })
    const late = await ask('POST', `notices/${c.out(notice.noticeId)}/acknowledge`, { token, body: {} })
    expect([late.status, late.problem.code]).toEqual([410, 'notice_withdrawn_since'])
  })

  test('a correction told again is the same card with a new version, and asks again', async () => {
    const c = await testCommune(sql, [2])
    const [home] = c.villages[0]!.homes
    const token = await c.resident(home!)
    const base = { tenant: c.tenant, villages: [c.villages[0]!.id] }
    const one = await publishForTests(app, base)
    await ask('POST', `notices/${c.out(one.noticeId)}/acknowledge`, { token, body: {} })
    const two = await publishForTests(app, {
      ...base,
      subjectId: one.noticeId,
      cardId: one.cardId,
      round: 2,
      version: 2,
      previous: one.publishedId,
      title: 'Sửa lại ngày',
      publishedAt: inMinutes(-0.1),
    })
    const { body } = await ask('GET', 'feed', { token })
    expect(titles(body.items)).toEqual(['Sửa lại ngày'])
    expect(titles(body.asked)).toEqual(['Sửa lại ngày'])
    await ask('POST', 'receipts', { token, body: { receipts: [receipt(c, one, 'seen', { version: 1 })] } })
    await ask('POST', 'receipts', { token, body: { receipts: [receipt(c, one, 'seen')] } })
    const rows = await sql<{ published_id: string; level: number }[]>`
      select published_id, level from loa.reach_home where commune_id = ${c.tenant} and household_id = ${home!}`
    expect(Object.fromEntries(rows.map(row => [row.published_id, row.level]))).toEqual({
      [one.publishedId]: 5,
      [two.publishedId]: 4,
    })
  })

  test('the feed of another home’s session stays shut, and unchanged pages cost nothing', async () => {
    const c = await testCommune(sql, [2])
    expect((await ask('GET', 'feed')).status).toBe(401)
    const token = await c.resident(c.villages[0]!.homes[0]!)
    await publishForTests(app, { tenant: c.tenant, villages: [c.villages[0]!.id] })
    const etag = (await ask('GET', 'feed', { token })).headers.get('etag')!
    const again = await ask('GET', 'feed', { token, headers: { 'if-none-match': etag } })
    expect([again.status, again.text]).toEqual([304, ''])
    expect((await ask('GET', 'feed?cursor=xyz', { token })).problem.code).toBe('bad_cursor')
    expect((await ask('GET', 'feed?limit=1000', { token })).problem.code).toBe('invalid_input')
  })
})

describe('what is asked', () => {
  const asked = async (token: string) =>
    ((await ask('GET', 'feed', { token })).body.asked as { title: string }[]).map(card => card.title)

  test('a question that holds for three months is still asked after two of them, and no longer once it has ended', async () => {
    const c = await testCommune(sql, [1])
    const token = await c.resident(c.villages[0]!.homes[0]!)
    const days = (n: number) => inMinutes(n * 1440)
    await publishForTests(app, { tenant: c.tenant, villages: [c.unit], title: 'Hết hạn', endsAt: days(-1) })
    const long = await publishForTests(app, {
      tenant: c.tenant,
      villages: [c.unit],
      title: 'Còn hạn',
      endsAt: days(29),
    })
    const at = days(-61)
    const early = firstIdAt(at)
    for (const table of ['publication', 'audience', 'reach_unit'])
      await sql`update ${sql(`loa.${table}`)} set published_id = ${early} where published_id = ${long.publishedId}`
    await sql`update loa.publication set published_at = ${at} where published_id = ${early}`
    await sql`update loa.audience set shown_id = ${early} where published_id = ${early}`
    expect(await asked(token)).toEqual(['Còn hạn'])
  })

  test('what six hundred newer messages ask of other homes takes nothing from this one', async () => {
    const c = await testCommune(sql, [1, 1])
    const token = await c.resident(c.villages[0]!.homes[0]!)
    await publishForTests(app, { tenant: c.tenant, villages: [c.villages[0]!.id], title: 'Của nhà này' })
    const other = await publishForTests(app, { tenant: c.tenant, villages: [c.villages[1]!.id] })
    for (let n = 0; n < 600; n++) {
      const [id, card] = [newId(), newId()]
      await sql`
        insert into loa.publication select (jsonb_populate_record(p, jsonb_build_object('published_id', ${id}::text,
          'card_id', ${card}::text, 'subject_id', ${card}::text, 'no', ${1000 + n}::int))).*
        from loa.publication p where p.commune_id = ${c.tenant} and p.published_id = ${other.publishedId}`
      await sql`
        insert into loa.audience (commune_id, target_id, shown_id, published_id, card_id, is_private)
        values (${c.tenant}, ${c.villages[1]!.id}, ${id}, ${id}, ${card}, false)`
    }
    expect(await asked(token)).toEqual(['Của nhà này'])
  })
})

describe('what a home tells', () => {
  test('the same receipts sent twice are accepted once; levels that are not a phone’s are refused one by one', async () => {
    const c = await testCommune(sql, [1])
    const token = await c.resident(c.villages[0]!.homes[0]!)
    const notice = await publishForTests(app, { tenant: c.tenant, villages: [c.villages[0]!.id] })
    const receipts = [receipt(c, notice, 'delivered'), receipt(c, notice, 'seen'), receipt(c, notice, 'acted')]
    const first = await ask('POST', 'receipts', { token, body: { receipts } })
    expect(first.body).toMatchObject({
      accepted: 2,
      repeated: 0,
      refused: [{ id: receipts[2]!.id, code: 'level_not_yours' }],
    })
    const second = await ask('POST', 'receipts', { token, body: { receipts } })
    expect(second.body).toMatchObject({ accepted: 0, repeated: 2 })
  })

  test('a phone whose clock is a day behind tells the right minute when it tells its clock', async () => {
    const c = await testCommune(sql, [1])
    const token = await c.resident(c.villages[0]!.homes[0]!)
    const notice = await publishForTests(app, {
      tenant: c.tenant,
      villages: [c.villages[0]!.id],
      publishedAt: inMinutes(-60),
    })
    const behind = (minutes: number) => iso(inMinutes(minutes - 1440))
    await ask('POST', `notices/${c.out(notice.noticeId)}/acknowledge`, {
      token,
      body: { id: newId(), at: behind(-10), now: behind(0) },
    })
    const [row] = await sql<
      { reached_at: Date }[]
    >`select reached_at from loa.reach_home where commune_id = ${c.tenant}`
    expect(Math.abs(row!.reached_at.getTime() - inMinutes(-10).getTime())).toBeLessThan(5000)
  })

  test('"Đã rõ" pressed twice is one, and another commune’s notice is not found', async () => {
    const c = await testCommune(sql, [1])
    const other = await testCommune(sql, [1])
    const token = await c.resident(c.villages[0]!.homes[0]!)
    const notice = await publishForTests(app, { tenant: c.tenant, villages: [c.villages[0]!.id] })
    const foreign = await publishForTests(app, { tenant: other.tenant, villages: [other.villages[0]!.id] })
    const path = `notices/${c.out(notice.noticeId)}/acknowledge`
    await Promise.all([1, 2].map(() => ask('POST', path, { token, body: {} })))
    const [kept] = await sql<{ n: number }[]>`select count(*)::int as n from loa.receipt where commune_id = ${c.tenant}`
    expect(kept!.n).toBe(1)
    const wrong = await ask('POST', `notices/${other.out(foreign.noticeId)}/acknowledge`, { token, body: {} })
    expect([wrong.status, wrong.problem.code]).toEqual([404, 'not_found'])
    const nonsense = await ask('POST', 'notices/xyz/acknowledge', { token, body: {} })
    expect(nonsense.status).toBe(404)
  })

  test('an empty list, 101 receipts and no JSON get a sentence each', async () => {
    const c = await testCommune(sql, [1])
    const token = await c.resident(c.villages[0]!.homes[0]!)
    const many = Array.from({ length: 101 }, () => ({ id: newId(), noticeId: 'x', level: 'seen', at: iso(now()) }))
    for (const body of [{ receipts: [] }, { receipts: many }, {}])
      expect((await ask('POST', 'receipts', { token, body })).problem.code).toBe('invalid_input')
    expect((await ask('POST', 'receipts', { token, body: '{' })).problem.code).toBe('not_json')
  })
})
