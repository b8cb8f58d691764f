import { beforeEach, describe, expect, test } from 'vitest'
import { after } from '#core/clock'
import { inside, newId } from '#core/ids'
import { verifyTrail, sealTrail } from '#core/trail'
import { testApp, type Said } from '#testing/app'
import { addHome, testCommune, type TestCommune } from '#testing/commune'
import { forgetSessions } from '#access'

const { app, ask } = await testApp()

interface Here {
  commune: TestCommune
  village: string
  home: string
  head: string
  resident: string
}
let here: Here

beforeEach(async () => {
  const commune = await testCommune(app.sql, [3, 2])
  const [first] = commune.villages
  const home = first!.homes[0]!
  const head = await commune.staff('village_head', first!.id)
  here = { commune, village: first!.id, home, head, resident: await commune.resident(home) }
})

const cookieOf = (said: Said) => said.headers.get('set-cookie')?.split(';')[0] ?? ''
const begin = (token: string, home: string, more: object = {}) =>
  ask('POST', 'assisted-sessions', { token, body: { id: newId(), home, agreed: true, ...more } })
/** The helper's browser while he acts for the home. */
const opened = async (token = here.head, home = here.commune.out(here.home)) => cookieOf(await begin(token, home))
const mine = async (resident = here.resident) => (await ask('GET', 'home/assisted-sessions', { token: resident })).body
const whoIs = async (token: string) => (await ask('GET', 'me', { token })).body
const rows = async (table: 'assist' | 'consent' | 'session') => {
  const { tenant } = here.commune
  if (table === 'assist') return app.sql`select * from loa.assist where commune_id = ${tenant}`
  if (table === 'consent')
    return app.sql`select * from loa.consent where commune_id = ${tenant} and purpose = 'helper_acts'`
  return app.sql`select * from loa.session where commune_id = ${tenant} and kind = 'assist'`
}

async function cardOf(token: string, home: string) {
  const { body } = await ask('POST', `households/${here.commune.out(home)}/card`, { token })
  return body as { digits: string; address: string }
}

describe('before anything opens', () => {
  test('without the home’s yes nothing opens and nothing is kept', async () => {
    const said = await begin(here.head, here.commune.out(here.home), { agreed: false })
    expect([said.status, said.problem.code, cookieOf(said)]).toEqual([422, 'consent_needed', ''])
    expect([(await rows('assist')).length, (await rows('consent')).length]).toEqual([0, 0])
  })

  test('the yes is kept first: who said it, to which post, for how long, in which words', async () => {
    const found = await ask('POST', 'assisted-sessions/home', {
      token: here.head,
      body: { home: here.commune.out(here.home) },
    })
    expect(found.body.words).toContain('Ông bà có đồng ý')
    expect(found.body).toMatchObject({ headName: 'Lý Văn Số1', minutes: 30, isForbidden: false })
    const [adult] = found.body.adults
    await begin(here.head, here.commune.out(here.home), { person: adult!.id })
    const [consent] = await rows('consent')
    expect(consent).toMatchObject({ said: 'yes', basis: 'consent', how: 'spoken', person_id: inside(adult!.id).id })
    expect(consent!['wording']).toBe(found.body.words)
    const [assist] = await rows('assist')
    expect(assist).toMatchObject({ consent_id: consent!['id'], household_id: here.home })
    const [one] = (await mine()).items
    expect(one).toMatchObject({ title: 'village_head', agreedBy: adult!.name, isOpen: true, acts: [] })
  })

  test('a child, or somebody of another home, cannot say yes for it', async () => {
    const { commune } = here
    const [child] = await app.sql<{ id: string }[]>`
      update loa.person set birth_year = 2018 where commune_id = ${commune.tenant} and household_id = ${here.home} returning id`
    const [other] = await app.sql<{ id: string }[]>`
      select id from loa.person where commune_id = ${commune.tenant} and household_id = ${commune.villages[0]!.homes[1]!}`
    for (const { id } of [child!, other!])
      expect((await begin(here.head, commune.out(here.home), { person: commune.out(id) })).status).toBe(404)
    expect((await rows('assist')).length).toBe(0)
  })

  test('pressed twice it is one session, one yes and one entry; another’s id is refused', async () => {
    const id = newId()
    const home = here.commune.out(here.home)
    const [a, b] = await Promise.all([begin(here.head, home, { id }), begin(here.head, home, { id })])
    expect([a.status, b.status, cookieOf(a)]).toEqual([201, 201, cookieOf(b)])
    expect([(await rows('assist')).length, (await rows('consent')).length, (await rows('session')).length]).toEqual([
      1, 1, 1,
    ])
    expect((await whoIs(cookieOf(b))).kind).toBe('resident')
    const elsewhere = await begin(here.head, here.commune.out(here.commune.villages[0]!.homes[1]!), { id })
    expect(elsewhere.problem.code).toBe('key_reused')
  })

  test('how long it lasts is the commune’s rule', async () => {
    await app.sql`
      insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
      values (${here.commune.tenant}, 'assist', '2026-01-01', 'commune', '{"minutes": 10}')`
    const { body } = await begin(here.head, here.commune.out(here.home))
    expect(Date.parse(body.endsAt) - Date.now()).toBeLessThanOrEqual(10 * 60_000)
  })
})

describe('which homes', () => {
  test('a head acts for homes of his village and for no other', async () => {
    const there = here.commune.out(here.commune.villages[1]!.homes[0]!)
    expect((await begin(here.head, there)).status).toBe(403)
    const secretary = await here.commune.staff('party_secretary', here.village)
    expect((await begin(secretary, here.commune.out(here.home))).status).toBe(201)
    const beside = await testCommune(app.sql, [1])
    expect((await begin(here.head, beside.out(beside.villages[0]!.homes[0]!))).status).toBe(404)
  })

  test('a member of the digital team needs the card that the home hands over, by its digits or its code', async () => {
    const team = await here.commune.staff('digital_team_member', here.village)
    expect((await begin(team, here.commune.out(here.home))).status).toBe(403)
    const card = await cardOf(here.head, here.home)
    expect((await begin(team, card.digits)).status).toBe(201)
    expect((await begin(team, card.address)).status).toBe(201)
    const found = await ask('POST', 'assisted-sessions/home', { token: team, body: { home: card.digits } })
    expect(found.body.headName).toBe('Lý Văn Số1')
  })

  test('the card of another village, a dead one and made-up digits open nothing', async () => {
    const team = await here.commune.staff('front_head', here.village)
    const away = here.commune.villages[1]!
    const card = await cardOf(await here.commune.staff('village_head', away.id), away.homes[0]!)
    expect((await begin(team, card.digits)).status).toBe(403)
    const old = await cardOf(here.head, here.home)
    await cardOf(here.head, here.home)
    expect((await begin(team, old.address)).problem.code).toBe('card_ended')
    expect((await begin(team, '1234 567')).problem.code).toBe('digits_unknown')
  })

  test('the commune, the police and a home itself do not act for a home', async () => {
    for (const role of ['commune_officer', 'commune_chair', 'police'] as const)
      expect((await begin(await here.commune.staff(role), here.commune.out(here.home))).status).toBe(403)
    expect((await begin(here.resident, here.commune.out(here.home))).status).toBe(403)
  })
})

describe('its end', () => {
  test('by the helper: one tap, and his own session was never touched', async () => {
    const assisted = await opened()
    const me = await whoIs(assisted)
    expect(me).toMatchObject({ kind: 'resident', name: 'Nhà Lý Văn Số1', assist: { title: 'village_head' } })
    const ended = await ask('POST', `assisted-sessions/${me.assist!.id}/end`, { token: assisted })
    expect(ended.headers.get('set-cookie')).toContain('loa_assist=;')
    expect((await ask('GET', 'me', { token: assisted })).status).toBe(401)
    expect((await whoIs(here.head)).role).toBe('village_head')
    expect((await mine()).items[0]).toMatchObject({ isOpen: false, endedBy: 'helper' })
  })

  test('by the home, at once; what the helper presses afterwards is not taken for his own', async () => {
    const assisted = await opened()
    const [one] = (await mine()).items
    expect((await ask('POST', `assisted-sessions/${one!.id}/end`, { token: here.resident })).status).toBe(200)
    const pressed = await ask('POST', 'home/requests', { token: assisted, body: { kind: 'stop' } })
    expect([pressed.status, pressed.problem.code]).toEqual([409, 'assist_ended'])
    expect(pressed.headers.get('set-cookie')).toContain('loa_assist=;')
    expect((await mine()).items[0]).toMatchObject({ isOpen: false, endedBy: 'home' })
  })

  test('another home, or another helper, ends nothing here', async () => {
    await opened()
    const [one] = (await mine()).items
    const next = await here.commune.resident(here.commune.villages[0]!.homes[1]!)
    const secretary = await here.commune.staff('party_secretary', here.village)
    for (const token of [next, secretary])
      expect((await ask('POST', `assisted-sessions/${one!.id}/end`, { token })).status).toBe(404)
    expect((await mine()).items[0]!.isOpen).toBe(true)
  })

  test('by itself when its time is over, however much it was used', async () => {
    const assisted = await opened()
    await app.sql`
      update loa.session set ends_at = ${new Date(Date.now() - 1000)} where commune_id = ${here.commune.tenant} and kind = 'assist'`
    await app.sql`update loa.assist set ends_at = ${new Date(Date.now() - 1000)} where commune_id = ${here.commune.tenant}`
    forgetSessions(app)
    expect((await ask('GET', 'me', { token: assisted })).status).toBe(401)
    expect((await mine()).items[0]).toMatchObject({ isOpen: false, endedBy: 'time' })
  })

  test('with the helper’s term in the post, and with his own session', async () => {
    const { commune } = here
    const officer = await commune.staff('commune_officer')
    const assisted = await opened()
    const [post] = (await ask('GET', `posts?unit=${here.village}&role=village_head`, { token: officer })).body.items
    await ask('POST', `posts/${post!.id}/people/${post!.people[0]!.account}/end`, { token: officer })
    expect((await ask('GET', 'me', { token: assisted })).status).toBe(401)
    expect((await mine()).items[0]).toMatchObject({ isOpen: false, endedBy: 'post' })
    const secretary = await commune.staff('party_secretary', here.village)
    const hers = await opened(secretary)
    await ask('POST', 'sign-out', { token: secretary })
    expect((await ask('GET', 'me', { token: hers })).status).toBe(401)
  })

  test('when a new card is issued, and when the home moves to another village', async () => {
    const officer = await here.commune.staff('commune_officer')
    const assisted = await opened()
    await cardOf(here.head, here.home)
    expect((await ask('GET', 'me', { token: assisted })).status).toBe(401)
    const again = await opened()
    const to = { unit: here.commune.villages[1]!.id }
    expect(
      (await ask('POST', `households/${here.commune.out(here.home)}/move`, { token: officer, body: to })).status,
    ).toBe(200)
    expect((await ask('GET', 'me', { token: again })).status).toBe(401)
  })

  test('one helper acts for one home at a time', async () => {
    const first = await opened()
    await opened(here.head, here.commune.out(here.commune.villages[0]!.homes[1]!))
    expect((await ask('GET', 'me', { token: first })).status).toBe(401)
  })

  test('a card that the helper’s phone reads takes no home into the assisted session: it ends, and lives no longer than it was to', async () => {
    const officer = await here.commune.staff('commune_chair')
    const { body } = await ask('POST', `units/${here.commune.unit}/cards`, { token: officer, body: {} })
    for (const home of here.commune.villages[0]!.homes.slice(0, 2)) {
      const card = body.items.find(one => one.household === here.commune.out(home))!
      const assisted = await opened()
      const before = new Date(Date.now() + 31 * 60_000)
      const said = await ask('POST', new URL(card.address).pathname, {
        body: new URLSearchParams({ keep: 'yes' }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: assisted },
      })
      expect(said.status).toBe(303)
      const now = said.headers.getSetCookie().map(one => one.split(';')[0]!)
      expect(now).toContain('loa_assist=')
      const phone = await whoIs(now.find(one => one.startsWith('loa='))!)
      expect(phone).toMatchObject({ household: { id: here.commune.out(home) } })
      expect([phone.assist, phone.homes]).toEqual([undefined, undefined])
      for (const row of await rows('session')) {
        expect(row).toMatchObject({ household_id: here.home, ended_at: expect.any(Date) })
        expect((row['ends_at'] as Date) < before).toBe(true)
      }
      expect((await mine()).items[0]).toMatchObject({ isOpen: false, endedBy: 'helper' })
    }
  })

  test('every end stands in the trail with the home that it was for', async () => {
    await opened()
    const second = here.commune.villages[0]!.homes[1]!
    await opened(here.head, here.commune.out(second))
    const officer = await here.commune.staff('commune_officer')
    const to = { unit: here.commune.villages[1]!.id }
    await ask('POST', `households/${here.commune.out(second)}/move`, { token: officer, body: to })
    const ends = await app.sql`
      select about_id, data ->> 'by' as by from loa.trail
      where commune_id = ${here.commune.tenant} and what = 'assist.ended' order by id`
    expect(ends.map(one => [one['about_id'], one['by']])).toEqual([
      [here.home, 'helper'],
      [second, 'post'],
    ])
  })

  test('it dies within five seconds in a process that remembers it', async () => {
    const assisted = await opened()
    await whoIs(assisted)
    await app.sql`update loa.session set ended_at = ${new Date()} where commune_id = ${here.commune.tenant} and kind = 'assist'`
    await new Promise<void>(done => after(3100, done))
    expect((await ask('GET', 'me', { token: assisted })).status).toBe(401)
  })
})

describe('the home’s no', () => {
  test('ends what is open, refuses the next, and only the home takes it back', async () => {
    const assisted = await opened()
    const no = { allowed: false }
    expect((await ask('POST', 'home/assisted-sessions/allow', { token: here.resident, body: no })).status).toBe(200)
    expect((await ask('GET', 'me', { token: assisted })).status).toBe(401)
    const refused = await begin(here.head, here.commune.out(here.home))
    expect([refused.status, refused.problem.code]).toEqual([403, 'assist_forbidden'])
    expect((await mine()).isAllowed).toBe(false)
    await ask('POST', 'home/assisted-sessions/allow', { token: here.resident, body: { allowed: true } })
    expect((await begin(here.head, here.commune.out(here.home))).status).toBe(201)
  })

  test('is also taken from the helper’s hand, who cannot take it back', async () => {
    const assisted = await opened()
    const yes = await ask('POST', 'home/assisted-sessions/allow', { token: assisted, body: { allowed: true } })
    expect(yes.problem.code).toBe('not_for_helper')
    await ask('POST', 'home/assisted-sessions/allow', { token: assisted, body: { allowed: false } })
    expect((await ask('GET', 'me', { token: assisted })).status).toBe(401)
    expect((await mine()).isAllowed).toBe(false)
  })
})

test('what is the home’s alone is refused with a sentence: phones, copy, erasure, groups, devices, language, sign-out', async () => {
  const assisted = await opened()
  const refused = [
    ['GET', 'sessions'],
    ['GET', 'home/copy'],
    ['GET', 'groups/mine'],
    ['POST', 'sessions/end-others'],
    ['POST', 'sign-out'],
    ['POST', 'home/requests', { kind: 'erase', words: 'Xóa' }],
    ['POST', 'home/requests', { kind: 'copy', words: 'Chép' }],
    ['POST', 'me/language', { language: 'en' }],
    ['GET', `households/${here.commune.out(here.home)}`],
    ['POST', 'assisted-sessions', { id: newId(), home: here.commune.out(here.home), agreed: true }],
  ] as const
  for (const [method, path, body] of refused) {
    const said = await ask(method, path, { token: assisted, body })
    expect([path, said.status, said.problem.code]).toEqual([path, 403, 'not_for_helper'])
    expect(said.problem.message).toContain('không làm hộ')
  }
})

test('the helper’s look is noted by his office, numbers are masked, and a correction is asked for under his post', async () => {
  const { commune, home } = here
  const officer = await commune.staff('commune_officer')
  await ask('POST', `households/${commune.out(home)}/contacts`, {
    token: officer,
    body: { kind: 'phone', value: '0912000888', basis: 'consent', how: 'spoken', wording: 'Được nhé?' },
  })
  const assisted = await opened()
  const seen = await ask('GET', 'home', { token: assisted })
  expect(seen.text).not.toContain('000 888')
  expect(seen.text).not.toContain('000888')
  const own = (await ask('GET', 'home', { token: here.resident })).body
  expect(own.contacts[0]!.value).toBe('0912 000 888')
  expect(own.looks.filter(look => look.role === 'village_head').length).toBeGreaterThan(0)
  const body = { kind: 'correct', words: 'Ngõ ghi sai' }
  expect((await ask('POST', 'home/requests', { token: assisted, body })).status).toBe(201)
  const [one] = (await mine()).items
  expect(one!.acts).toEqual([expect.objectContaining({ what: 'requested', kind: 'correct' })])
  const trail = await app.sql<{ what: string; account_id: string | null; data: { assist?: string } }[]>`
    select what, account_id, data from loa.trail where commune_id = ${commune.tenant} and data ? 'assist' order by id`
  expect(trail.map(row => row.what)).toEqual(['assist.begun', 'household.looked', 'data.requested'])
  expect(trail.every(row => row.account_id !== null)).toBe(true)
  expect(JSON.stringify(trail)).not.toContain('Lý Văn')
  await sealTrail(app.sql, commune.tenant)
  expect((await verifyTrail(app.sql, commune.tenant)).isWhole).toBe(true)
})

test('a list of many sessions is read page by page', async () => {
  const home = await addHome(app.sql, here.commune.tenant, here.village, 900)
  const resident = await here.commune.resident(home)
  for (let n = 0; n < 3; n++) await opened(here.head, here.commune.out(home))
  const first = (await ask('GET', 'home/assisted-sessions?limit=2', { token: resident })).body
  const rest = (await ask('GET', `home/assisted-sessions?limit=2&cursor=${first.next}`, { token: resident })).body
  expect([first.items.length, rest.items.length, rest.next]).toEqual([2, 1, null])
  expect((await ask('GET', 'home/assisted-sessions?cursor=x', { token: resident })).problem.code).toBe('bad_cursor')
})
