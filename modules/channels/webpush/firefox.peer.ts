// Debian's Firefox: a real browser joins by the app's own button, reads what we encrypted, and tells the server that it has it.
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { freePort } from '../port-for-tests.ts'
import { openFirefox } from './firefox-for-tests.ts'
import { startPushService } from './simulator.ts'

const port = await freePort()
const origin = `http://localhost:${port}`
const { app, ask, process } = await testApp({ isDemo: true, port, publicUrl: origin })
const c = await testCommune(app.sql, [1])
const home = c.villages[0]!.homes[0]!
const officer = await c.staff('commune_officer')
const service = await startPushService()
const listener = getRequestListener(process.hono.fetch)
const server = createServer((request, response) => void listener(request, response))

let firefox: Awaited<ReturnType<typeof openFirefox>>
beforeAll(async () => {
  await process.start({ web: true, worker: true })
  await new Promise<void>(done => server.listen(port, 'localhost', done))
  firefox = await openFirefox(service.url.replace('http', 'ws'), origin, await c.resident(home))
})
afterAll(async () => {
  await firefox.close()
  server.closeAllConnections()
  server.close()
  await service.stop()
})

const soon = { timeout: 20_000, interval: 100 }
const devices = (isDead: boolean) => app.sql`
  select 1 from loa.push_subscription where commune_id = ${c.tenant} and household_id = ${home} and (dead_at is not null) = ${isDead}`

const title = 'Dịch tả lợn châu Phi: nhốt lợn, rắc vôi'
const words = 'Bà con ở thôn Đồng Rãng kiểm tra chuồng trại; lợn ốm thì báo ngay trưởng thôn.'

async function publish(about: string) {
  const body = { title: about, body: words, class: 'priority', audience: { units: [c.unit] } }
  const made = await ask('POST', 'notices', { token: officer, body })
  expect(made.text).toContain('"id"')
  const { id } = made.body
  const said = await ask('POST', `notices/${id}/publish`, { token: officer, body: {} })
  expect(said.text).toContain('"id"')
  return id
}

test('Firefox joins by the button of the app, shows the notice letter for letter, and the home is told; one that left is asked no more', async () => {
  await firefox.open('/')
  const press = `(() => {
    const button = [...document.querySelectorAll('button')].find(one => one.textContent.includes('Nhận tin'))
    button?.click()
    return button ? 'pressed' : ''
  })()`
  await vi.waitFor(async () => expect(await firefox.evaluate(press)).toBe('pressed'), soon)
  await vi.waitFor(async () => expect((await devices(false)).length).toBe(1), soon)

  // Nobody looks at the app: all that comes, comes by push.
  await firefox.leave()
  const id = await publish(title)
  await vi.waitFor(async () => {
    const reach = await ask('GET', `notices/${id}/reach`, { token: officer })
    expect(reach.body).toMatchObject({ households: 1, levels: { delivered: 1 } })
  }, soon)

  await firefox.open('/')
  const shown = `navigator.serviceWorker.ready.then(worker => worker.getNotifications())
    .then(all => all.map(one => one.title + '\\n' + one.body).join('\\n'))`
  await vi.waitFor(async () => expect(await firefox.evaluate(shown)).toBe(`${title}\n${words}`), soon)

  await firefox.evaluate(`navigator.serviceWorker.ready.then(worker => worker.pushManager.getSubscription())
    .then(mine => mine.unsubscribe()).then(() => 'left')`)
  await firefox.leave()
  await publish('Tin sau')
  await vi.waitFor(async () => expect((await devices(true)).length).toBe(1), soon)
  expect(service.answered()).toMatchObject({ 201: 1, 410: 1 })
})
