import { afterEach, expect, test } from 'vitest'
import { liveEarlier } from '#core/clock'
import type { App } from '#core/module'
import type { HandedOver } from '../channel.ts'
import { contactOf, isRealContact, whatContactLacks } from './contact.ts'
import { askService } from './push-service.ts'

const firefox = 'https://updates.push.services.mozilla.com/wpush/v2/'
const apple = 'https://web.push.apple.com/'

let back = () => {}
afterEach(() => back())
/** So many seconds after the test began. */
function later(seconds: number) {
  back()
  back = liveEarlier(-seconds * 1000)
}

const refused = (why: 'slow_down' | 'provider_down' | 'address_dead', seconds?: number): HandedOver => ({
  is: 'refused',
  why,
  ...(seconds === undefined ? {} : { againAt: new Date(Date.now() + seconds * 1000) }),
})

/** A process, and how often it asked. */
function aProcess() {
  const app = {} as App
  let asked = 0
  const ask = (endpoint: string, answer: HandedOver) =>
    askService(app, endpoint, () => {
      asked++
      return Promise.resolve(answer)
    })
  return { ask, asked: () => asked }
}
const taken: HandedOver = { is: 'accepted' }

test('a push service that asks for two minutes has them for every home, and the other services go on', async () => {
  const { ask, asked } = aProcess()
  await ask(`${firefox}a`, refused('slow_down', 120))
  const said = await ask(`${firefox}b`, taken)
  expect(said).toMatchObject({ is: 'refused', why: 'resting', againAt: expect.any(Date) as Date })
  expect(await ask(`${apple}c`, taken)).toEqual(taken)
  expect(asked()).toBe(2)
  later(121)
  expect(await ask(`${firefox}b`, taken)).toEqual(taken)
  expect(asked()).toBe(3)
})

test('a service that fails five times in a row is left alone; then one asks, and the others wait for its answer', async () => {
  const { ask, asked } = aProcess()
  for (let n = 0; n < 5; n++) await ask(firefox, refused('provider_down'))
  expect(await ask(firefox, taken)).toMatchObject({ why: 'resting' })
  later(31)
  const together = await Promise.all([ask(firefox, refused('provider_down')), ask(firefox, taken)])
  expect(together).toMatchObject([{ why: 'provider_down' }, { why: 'resting' }])
  later(80)
  expect(await ask(firefox, taken)).toMatchObject({ why: 'resting' })
  later(95)
  expect(await ask(firefox, taken)).toEqual(taken)
  expect(await ask(firefox, taken)).toEqual(taken)
  expect(asked()).toBe(8)
})

test('failures on the way together count as they come, and a phone that is gone says that the service is there', async () => {
  const { ask } = aProcess()
  for (let n = 0; n < 4; n++) await ask(firefox, refused('provider_down'))
  await ask(firefox, refused('address_dead'))
  for (let n = 0; n < 4; n++) await ask(firefox, refused('provider_down'))
  expect(await ask(firefox, taken)).toEqual(taken)
})

test('a pause of a year is an hour, so that a mistake of the service does not last', async () => {
  const { ask } = aProcess()
  await ask(firefox, refused('slow_down', 31_536_000))
  expect(await ask(firefox, taken)).toMatchObject({ why: 'resting' })
  later(3601)
  expect(await ask(firefox, taken)).toEqual(taken)
})

test('a pause written down while our clock was days ahead does not outlast its being set right', async () => {
  const { ask } = aProcess()
  later(3 * 86_400)
  await ask(firefox, refused('slow_down'))
  expect(await ask(firefox, taken)).toMatchObject({ why: 'resting' })
  later(-3 * 86_400)
  expect(await ask(firefox, taken)).toEqual(taken)
})

test('push services are told whom to write to: a real address, or web push stays off and the start says so', () => {
  for (const real of ['mailto:tin@sondong.gov.vn', 'https://loa.bacninh.gov.vn'])
    expect([real, isRealContact(real)]).toEqual([real, true])
  for (const made of [
    'mailto:loa@localhost',
    'mailto:loa@xa.local',
    'mailto:loa@example.com',
    'mailto:hai@mot.vn,ba@bon.vn',
    'mailto:tin',
    'https://loa.invalid',
    'https://loa.test/',
    'https://127.0.0.1',
    'https://localhost:3000',
    'http://loa.gov.vn',
    'loa.gov.vn',
  ])
    expect([made, isRealContact(made)]).toEqual([made, false])
  const real = { isDemo: false, pushContact: undefined, publicUrl: 'http://localhost:3000' }
  expect(contactOf(real)).toBeUndefined()
  expect(whatContactLacks(real)).toContain('PUSH_CONTACT')
  expect(whatContactLacks({ ...real, publicUrl: 'https://loa.sondong.gov.vn' })).toBeUndefined()
  expect(contactOf({ ...real, pushContact: 'mailto:tin@sondong.gov.vn' })).toBe('mailto:tin@sondong.gov.vn')
  expect(() => whatContactLacks({ ...real, pushContact: 'mailto:a@localhost' })).toThrow('PUSH_CONTACT')
  expect(contactOf({ ...real, isDemo: true })).toContain('localhost')
})
