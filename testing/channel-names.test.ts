// Each way has a name that people know, wherever a screen names it.
import { expect, test } from 'vitest'
import { shipped } from '../modules/channels/module.ts'
import { vi as reach } from '../modules/delivery/web/words.vi.ts'
import { vi as spent } from '../modules/delivery/web/spent-words.vi.ts'
import { vi as before } from '../modules/notices/web/way-words.vi.ts'

test.each(shipped.map(channel => channel.kind))('%s is named before sending, in reach and in what was spent', kind => {
  expect(before).toHaveProperty(`way_${kind}`)
  expect(reach).toHaveProperty(`channel_${kind}`)
  expect(spent).toHaveProperty(`way_${kind}`)
})

test('each way shows how a message looks on it', () => {
  expect(shipped.filter(channel => !channel.show).map(channel => channel.kind)).toEqual([])
})
