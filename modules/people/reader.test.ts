import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const { app, ask } = await testApp()
const c = await testCommune(app.sql, [3, 1])
const [elder, readers] = c.villages[0]!.homes as [string, string]
const head = await c.staff('village_head', c.villages[0]!.id)
const seen = async (home: string) => (await ask('GET', `households/${c.out(home)}`, { token: head })).body
const name = async (readsFor: string | null, token = head) => {
  const [person] = (await seen(readers)).people
  return ask('PATCH', `persons/${person!.id}`, { token, body: { version: person!.version, readsFor } })
}

test('who reads for an elder is named by the village, and both homes’ ledgers say so', async () => {
  expect((await name(c.out(readers))).problem.code).toBe('reader_own_home')
  expect((await name(c.out(c.villages[1]!.homes[0]!))).status).toBe(403)
  expect((await name(c.out(elder))).status).toBe(200)
  expect((await seen(elder)).readers).toMatchObject([{ householdId: c.out(readers), no: 2 }])
  for (const home of [elder, readers]) {
    const { items } = (await ask('GET', `households/${c.out(home)}/consents`, { token: head })).body
    expect(items).toMatchObject([{ purpose: 'reader', said: 'yes', how: 'spoken' }])
  }
})

test('either home sees it under “Nhà tôi” and takes it back at once; a stranger cannot', async () => {
  const mine = await c.resident(elder)
  const [reader] = (await ask('GET', 'home', { token: mine })).body.readers
  const stranger = await c.resident(c.villages[1]!.homes[0]!)
  expect((await ask('DELETE', `home/readers/${reader!.personId}`, { token: stranger })).status).toBe(404)
  const phone = await c.resident(readers)
  expect((await ask('GET', 'me', { token: phone })).body.choosesHome).toBe(true)
  expect((await ask('DELETE', `home/readers/${reader!.personId}`, { token: mine })).body.readers).toEqual([])
  const { items } = (await ask('GET', `households/${c.out(elder)}/consents`, { token: head })).body
  expect(items[0]).toMatchObject({ purpose: 'reader', said: 'stop', how: 'app' })
})

test('nobody under 16 reads for others', async () => {
  await app.sql`update loa.person set birth_year = ${new Date().getFullYear() - 12} where commune_id = ${c.tenant} and household_id = ${readers}`
  expect((await name(c.out(elder))).problem.code).toBe('reader_too_young')
})
