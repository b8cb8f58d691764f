import { expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time.ts'

test('two quick taps do one thing, and after it the next tap does the next', async () => {
  const run = oneAtATime()
  let done = 0
  let finish = () => {}
  const work = () => new Promise<void>(ready => (finish = ready)).then(() => done++)
  const first = run(work)
  await run(work)
  finish()
  await first
  expect(done).toBe(1)
  const next = run(work)
  finish()
  await next
  expect(done).toBe(2)
})

test('what failed may be tried again', async () => {
  const run = oneAtATime()
  await expect(run(() => Promise.reject(new Error('no network')))).rejects.toThrow('no network')
  let done = 0
  await run(() => done++)
  expect(done).toBe(1)
})
