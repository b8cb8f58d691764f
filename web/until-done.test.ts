import { expect, test } from 'vitest'
import { untilDone } from './until-done.ts'

test('a write whose answer was lost is sent again with its key; the next one has another', async () => {
  const keys: string[] = []
  const run = untilDone()
  const send = (isLost: boolean) =>
    run(async how => {
      keys.push(how.once)
      if (isLost) throw new Error('offline')
      return 'there'
    })
  await expect(send(true)).rejects.toThrow('offline')
  expect(await send(false)).toBe('there')
  await send(false)
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

test('other words after a lost answer that was written are refused once, never written unnoticed, and do not stick', async () => {
  const keys: string[] = []
  const run = untilDone()
  const reused = Object.assign(new Error('reused'), { code: 'key_reused', status: 409 })
  const send = (error?: Error) =>
    run(async how => {
      keys.push(how.once)
      if (error) throw error
    })
  await expect(send(reused)).rejects.toThrow('reused')
  await send()
  expect(keys[1]).not.toBe(keys[0])
})
