// Each way has a name that people know, wherever a screen names it.
import { expect, test } from 'vitest'
import { allChannels } from '#channels'
import { vi as reach } from '../modules/delivery/web/words.vi.ts'
import { vi as spent } from '../modules/delivery/web/spent-words.vi.ts'
import { vi as before } from '../modules/notices/web/way-words.vi.ts'
import { modules } from '../app.ts'

const kinds = modules.length ? allChannels().map(channel => channel.kind) : []

test.each(kinds)('%s is named before sending, in reach and in what was spent', kind => {
  expect(before).toHaveProperty(`way_${kind}`)
  expect(reach).toHaveProperty(`channel_${kind}`)
  expect(spent).toHaveProperty(`way_${kind}`)
})

test('each way shows how a message looks on it', () => {
  expect(
    allChannels()
      .filter(channel => !channel.show)
      .map(channel => channel.kind),
  ).toEqual([])
})
