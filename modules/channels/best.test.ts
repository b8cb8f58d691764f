import { expect, test } from 'vitest'
import { best, together } from './best.ts'

const lost = Promise.reject(new Error('no answer'))
lost.catch(() => {})
const taken = Promise.resolve({ is: 'accepted' as const })
const refused = Promise.resolve({ is: 'refused' as const, why: 'address_dead' as const })

test('a lost answer of one address does not undo what another took', async () => {
  expect(best(await together([lost, refused, taken]))).toEqual({ is: 'accepted' })
  await expect(together([lost, refused])).rejects.toThrow('no answer')
  expect(best(await together([refused]))).toMatchObject({ why: 'address_dead' })
})
