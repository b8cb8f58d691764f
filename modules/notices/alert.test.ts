import { afterAll, expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { newPhoneKeys, startPushService } from '#channels/simulator'

const t = await testApp({ isDemo: true })
const c = await testCommune(t.app.sql, [3, 2])
const service = await startPushService()
afterAll(() => service.stop())
await t.settle()
const { publicKey } = (await t.ask('GET', 'push-key')).body as { publicKey: string }
const officer = await c.staff('commune_officer')

/** A phone of somebody who works here; what it shows is all that it knows. */
async function phoneOf(token: string) {
  const { keys, decrypt } = newPhoneKeys()
  const endpoint = service.subscribe(publicKey)
  expect((await t.ask('POST', 'devices', { token, body: { endpoint, keys } })).status).toBe(201)
  const shown: { title: string; body: string; url: string }[] = []
  service.listen(endpoint, ({ body }) => {
    shown.push(JSON.parse(decrypt(body)) as (typeof shown)[number])
  })
  return shown
}
const post = (path: string, body: object = {}) => t.ask('POST', `notices${path}`, { token: officer, body })

test('a head hears of a paper to pass on, a chair of an emergency that waits; nobody else', async () => {
  const head = await phoneOf(await c.staff('village_head', c.villages[0]!.id))
  const chair = await phoneOf(await c.staff('commune_chair'))
  const police = await phoneOf(await c.staff('police'))

  const relayed = (
    await post('', { title: 'Họp thôn', body: 'Chủ nhật', relay: 'village', audience: { units: [c.unit] } })
  ).body.id
  await post(`/${relayed}/publish`)
  const emergency = {
    title: 'Lũ về',
    body: 'Lũ về.',
    class: 'emergency',
    steps: [{ act: 'Lên nhà văn hóa' }],
    audience: { units: [c.unit] },
  }
  const { id } = (await post('', emergency)).body
  await post(`/${id}/publish`)
  await t.settle()
  expect(head).toMatchObject([{ title: 'Có tin cần chuyển tới thôn', body: 'Họp thôn', url: '/' }])
  expect(chair).toMatchObject([{ title: 'Tin khẩn chờ duyệt', body: 'Lũ về', url: '/' }])
  expect(police).toEqual([])
})
