import { expect, test } from 'vitest'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { safePath } from '#core/log'
import type { Account } from './account.ts'
import { passOn, together } from './hear-together.ts'
import { hookAddress } from './hooks.ts'
import type { HeardBy } from './heard.ts'

const { app, ask } = await testApp({ isDemo: true })
const heard: HeardBy[] = []
app.events.on('channel.heard', (_, __, said: HeardBy) => {
  if (said.heard.some(one => one.is === 'said' && one.words === 'lỗi')) return Promise.reject(new Error('not kept'))
  heard.push(said)
  return Promise.resolve()
})
const account = (tenant: number): Account => ({
  tenant,
  id: newId(),
  kind: 'sms',
  adapter: 'esms',
  name: 'Tin nhắn',
  settings: {},
  secrets: {},
  version: 1,
})
const said = (words: string) => [{ is: 'said' as const, id: newId(), from: '+84912345678', words, at: new Date() }]
const wordsOf = ({ heard: all }: HeardBy) => all.map(one => (one.is === 'said' ? one.words : ''))

test('what an account hears at once is passed on together, in order, and one that cannot be kept does not take it from the others', async () => {
  const mine = account(1)
  const words = Array.from({ length: 30 }, (_, n) => `câu ${n}`)
  await Promise.all(words.map(one => passOn(app, mine, said(one))))
  expect(heard.map(wordsOf)).toEqual([words])
  heard.length = 0
  const all = await Promise.allSettled(['a', 'lỗi', 'b'].map(one => passOn(app, mine, said(one))))
  expect(all.map(one => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(heard.flatMap(wordsOf)).toEqual(['a', 'b'])
})

test('a few communes at a time go to the database, and nobody is forgotten', async () => {
  let [now, most] = [0, 0]
  const work = async () => {
    most = Math.max(most, ++now)
    await new Promise(done => setTimeout(done, 5))
    now--
  }
  await Promise.all(Array.from({ length: 24 }, (_, n) => together(app, n % 12, work)))
  expect([now, most <= 4]).toEqual([0, true])
})

test('a flood of calls back is told to come again, in words of its own and without a line each in the log', async () => {
  const c = await testCommune(app.sql, [1])
  const token = await c.staff('commune_officer')
  const settings = { host: '127.0.0.1', port: 1, line: 'http', perSecond: 20, dongPerPart: 300, mostParts: 3 }
  const body = {
    adapter: 'esms',
    name: 'eSMS',
    settings: { ...settings, brandname: 'XA', sandbox: '0' },
    secrets: { apiKey: 'a', secretKey: 'b' },
  }
  const { hook } = (await ask('POST', 'channel-accounts', { token, body })).body
  const { pathname } = new URL(hook!)
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      ask('GET', `${pathname}?SMSID=${n}&RequestId=${n}&SendStatus=5&SendSuccess=1` as '/'),
    ),
  )
  const statuses = Map.groupBy(answers, one => one.status)
  expect([...statuses.keys()].toSorted((a, b) => a - b)).toEqual([200, 503])
  expect(statuses.get(503)![0]!.headers.get('retry-after')).toBe('5')
})

test('no log holds what opens an account’s address', () => {
  const path = new URL(hookAddress(app, 1, newId())).pathname
  expect(safePath(`${path}?SMSID=1`)).toBe(`${path.slice(0, path.lastIndexOf('/'))}/…`)
})
