// A home that uses Zalo and not the app: from the QR code on its card to the commune's account.
import { afterAll, expect, test } from 'vitest'
import { startZalo } from '#channels/zalo-simulator'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const { app, ask, settle } = await testApp({ isDemo: true })
const { sql } = app
const zalo = await startZalo()
afterAll(() => zalo.stop())
const { appId, oaId, appSecret, oaSecretKey } = zalo.login

/** A commune, its homes' cards, and how its account is entered. */
async function withCards() {
  const c = await testCommune(sql, [2])
  const village = c.villages[0]!
  const head = await c.staff('village_head', village.id)
  const cards = async () => (await ask('POST', `units/${village.id}/cards`, { token: head, body: {} })).body.items
  const settings = { appId, oaId, templateTag: 'tag2', perMinute: 3930, host: '127.0.0.1', port: zalo.port }
  const body = { adapter: 'zalo_oa', name: 'Zalo của xã', settings, secrets: { appSecret, oaSecretKey } }
  const enter = async () => {
    const { hook } = (await ask('POST', 'channel-accounts', { token: await c.staff('commune_officer'), body })).body
    return new URL(hook!).pathname as '/hooks'
  }
  return { c, head, cards, enter }
}

const pathOf = (card: { address: string }) => new URL(card.address).pathname
const codeOn = (page: string) => /(\d{3}) (\d{3})/.exec(page)?.slice(1).join('')

test('without an account that a home can follow a card offers none', async () => {
  const { cards } = await withCards()
  const [card] = await cards()
  expect(card!.follows).toEqual([])
  expect((await ask('GET', pathOf(card!))).text).not.toContain('/follow')
  expect((await ask('POST', `${pathOf(card!)}/follow`)).status).toBe(404)
})

test('the card names the account, its page gives a code, and whoever sends the code is told for that home, with its consent noted', async () => {
  const { c, cards, enter } = await withCards()
  const hook = await enter()
  const [card, other] = await cards()
  expect(card!.follows).toEqual(['Zalo của xã'])
  expect((await ask('GET', pathOf(card!))).text).toContain(`action="${pathOf(card!)}/follow"`)
  const page = await ask('POST', `${pathOf(card!)}/follow`)
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(page.text).toContain(`https://zalo.me/${oaId}`)

  const user = '2512345678901234567'
  zalo.user(user)
  const { raw, headers } = zalo.signed(zalo.says(user, codeOn(page.text)!))
  await ask('POST', hook, { headers, body: raw })
  await settle()
  const homes = c.villages[0]!.homes.filter(id => [card!, other!].some(one => one.household === c.out(id)))
  const linked = await sql<{ household: string; said: string; how: string }[]>`
    select k.household_id as household, k.said, k.how from loa.consent k
    join loa.contact n on n.commune_id = k.commune_id and n.id = k.contact_id
    where k.commune_id = ${c.tenant} and n.value = ${user}`
  const home = homes.find(id => c.out(id) === card!.household)
  expect(linked).toEqual([{ household: home, said: 'yes', how: 'zalo' }])
})

test('a card that was replaced gives no code, nor does a page of another site, nor one that is pressed again and again', async () => {
  const { cards, enter, head } = await withCards()
  await enter()
  const [card, other] = await cards()
  const press = (one: { address: string }, headers = {}) => ask('POST', `${pathOf(one)}/follow`, { headers })
  expect((await press(card!, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  await ask('POST', `households/${card!.household}/card`, { token: head })
  expect((await press(card!)).status).toBe(410)
  for (let n = 0; n < 10; n++) expect((await press(other!)).status).toBe(200)
  expect((await press(other!)).status).toBe(429)
})
