import { expect, test } from 'vitest'
import { testApp, type Said } from '#testing/app'
import { testCommune } from '#testing/commune'

const { app, ask } = await testApp()
const commune = await testCommune(app.sql)
const village = commune.villages[0]!
const [home, secondHome] = village.homes.map(id => commune.out(id))
const head = await commune.staff('village_head', village.id)

const cookies = (said: Said) => said.headers.getSetCookie().map(one => one.split(';')[0]!)
const pathOf = (url: string) => new URL(url).pathname
const me = (token: string) => ask('GET', 'me', { token })
const form = (fields: Record<string, string>, cookie = '') => ({
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...(cookie ? { cookie } : {}) },
})

test('a card opens its home by one press, then its secret is gone from the address bar', async () => {
  const card = await ask('POST', `households/${home}/card`, { token: head })
  expect(card.body.digits).toMatch(/^\d{4} \d{4}$/)
  const path = pathOf(card.body.address)
  const looked = await ask('GET', path, { headers: { 'user-agent': 'facebookexternalhit/1.1' } })
  expect([looked.status, looked.headers.get('set-cookie')]).toEqual([200, null])
  const pressed = await ask('POST', path)
  expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/'])
  expect((await me(cookies(pressed)[0]!)).body).toMatchObject({ kind: 'resident', household: { id: home } })
  expect((await ask('POST', path)).status).toBe(303)
})

test('a lost card: the new one opens the home, the old one and the phones it let in are dead', async () => {
  const old = await ask('POST', `households/${home}/card`, { token: head })
  const phone = cookies(await ask('POST', pathOf(old.body.address)))[0]!
  expect((await me(phone)).status).toBe(200)
  const fresh = await ask('POST', `households/${home}/card`, { token: head })
  expect((await me(phone)).status).toBe(401)
  expect((await ask('POST', pathOf(old.body.address))).status).toBe(410)
  expect((await ask('POST', pathOf(fresh.body.address))).status).toBe(303)
})

test('printing the village’s cards twice prints the same cards', async () => {
  const first = await ask('POST', `units/${village.id}/cards`, { token: head, body: {} })
  const again = await ask('POST', `units/${village.id}/cards`, { token: head, body: { limit: 2 } })
  expect(first.body.items).toHaveLength(3)
  expect(again.body.items).toEqual(first.body.items.slice(0, 2))
  expect(again.body.next).toBe(2)
})

test('the 8 digits only name the home: the phone is in after the head’s yes, once', async () => {
  const card = await ask('POST', `households/${secondHome}/card`, { token: head })
  const page = `/card?xa=${commune.tenant.toString(36)}`
  const asked = await ask('POST', page, form({ digits: `${card.body.village}-${card.body.digits}` }))
  expect(asked.status).toBe(303)
  const [waiting] = cookies(asked)
  expect((await ask('POST', '/card/waiting', form({}, waiting))).status).toBe(409)
  const { body } = await ask('GET', `join-requests?unit=${village.id}`, { token: head })
  expect(body.items).toMatchObject([{ household: secondHome }])
  const answer = (token: string) =>
    ask('POST', `join-requests/${body.items[0]!.id}/answer`, { token, body: { answer: 'yes' } })
  const stranger = await commune.staff('village_head', commune.villages[1]!.id)
  expect((await answer(stranger)).status).toBe(403)
  const elsewhere = await testCommune(app.sql, [1])
  expect((await answer(await elsewhere.staff('village_head', elsewhere.villages[0]!.id))).problem.code).toBe(
    'not_found',
  )
  expect((await answer(head)).status).toBe(200)
  expect((await answer(head)).problem.code).toBe('join_answered')
  const entered = await ask('POST', '/card/waiting', form({}, waiting))
  expect(entered.status).toBe(303)
  const session = cookies(entered).find(one => one.startsWith('loa='))!
  expect((await me(session)).body.household!.id).toBe(secondHome)
  expect((await ask('POST', '/card/waiting', form({}, waiting))).status).toBe(410)
  expect((await ask('POST', page, form({ digits: '1-0000 000' }))).status).toBe(422)
})

test('the 8 digits name a home of the village on the page, and of no other', async () => {
  const chair = await commune.staff('commune_chair')
  const there = commune.out(commune.villages[1]!.homes[0]!)
  const { body: card } = await ask('POST', `households/${there}/card`, { token: chair })
  const page = pathOf(card.page)
  const look = await ask('GET', page)
  expect([look.status, look.text.includes('Thôn Thử 2'), look.text.includes('name="thon"')]).toEqual([200, true, false])
  expect((await ask('POST', page, form({ digits: card.digits }))).status).toBe(303)
  const other = page.replace(/\d+$/, String(card.village - 1))
  expect((await ask('POST', other, form({ digits: card.digits }))).status).toBe(422)

  const all = `/card?xa=${commune.tenant.toString(36)}`
  const unsaid = await ask('POST', all, form({ digits: card.digits }))
  expect([unsaid.status, unsaid.text.includes('name="thon"'), unsaid.text.includes(card.digits)]).toEqual([
    422,
    true,
    true,
  ])
  expect((await ask('POST', all, form({ digits: card.digits, thon: String(card.village - 1) }))).status).toBe(422)
  expect((await ask('POST', all, form({ digits: card.digits, thon: String(card.village) }))).status).toBe(303)
})

test('a card printed before its home moved to another village still names it', async () => {
  const moving = commune.out(village.homes[2]!)
  const { body: card } = await ask('POST', `households/${moving}/card`, { token: head })
  const officer = await commune.staff('commune_officer')
  const moved = await ask('POST', `households/${moving}/move`, {
    token: officer,
    body: { unit: commune.villages[1]!.id },
  })
  expect(moved.status, moved.text).toBeLessThan(300)
  expect((await ask('POST', pathOf(card.page), form({ digits: card.digits }))).status).toBe(303)
  await ask('POST', `households/${moving}/move`, { token: officer, body: { unit: village.id } })
})

test('the code on the head’s screen links the phone in front of it to the home, once', async () => {
  const link = await ask('POST', `households/${secondHome}/phone-link`, { token: head })
  const entered = await ask('POST', pathOf(link.body.address))
  expect((await me(cookies(entered)[0]!)).body.household!.id).toBe(secondHome)
  expect((await ask('POST', pathOf(link.body.address))).status).toBe(410)
  const phones = await ask('GET', `households/${secondHome}/phones`, { token: head })
  expect(phones.body.phones).toHaveLength(2)
})

test('a head of another village gives this home neither card nor code', async () => {
  const stranger = await commune.staff('village_head', commune.villages[1]!.id)
  for (const what of ['card', 'phone-link'])
    expect((await ask('POST', `households/${home}/${what}`, { token: stranger })).status).toBe(403)
})

test('a page of another site cannot sign this browser in', async () => {
  const card = await ask('POST', `households/${home}/card`, { token: head })
  const crossed = await ask('POST', pathOf(card.body.address), { headers: { 'sec-fetch-site': 'cross-site' } })
  expect([crossed.status, crossed.headers.get('set-cookie')]).toEqual([403, null])
})

test('a home that has left opens nothing any more: neither by its card nor by its phones', async () => {
  const leaving = commune.out(village.homes[2]!)
  const card = await ask('POST', `households/${leaving}/card`, { token: head })
  const phone = cookies(await ask('POST', pathOf(card.body.address)))[0]!
  expect((await me(phone)).status).toBe(200)
  const left = await ask('POST', `households/${leaving}/leave`, { token: head, body: { reason: 'left' } })
  expect(left.status, left.text).toBeLessThan(300)
  expect((await me(phone)).status).toBe(401)
  expect((await ask('POST', pathOf(card.body.address))).status).toBe(410)
})
