// Each way has a name that people know, in both languages, wherever a screen names it.
import { expect, test } from 'vitest'
import { accountKinds } from '../modules/channels/account.ts'
import { shipped } from '../modules/channels/module.ts'
import { en } from '../modules/channels/web/channel-words.en.ts'
import { vi } from '../modules/channels/web/channel-words.vi.ts'

test.each([...new Set([...shipped.map(channel => channel.kind), ...accountKinds])])('%s has a name', kind => {
  expect(vi).toHaveProperty(kind)
  expect(en).toHaveProperty(kind)
})

test('each way shows how a message looks on it', () => {
  expect(shipped.filter(channel => !channel.show).map(channel => channel.kind)).toEqual([])
})
