import { expect, test } from 'vitest'
import { linkOf, postBy, taskOf } from './chat-rules.ts'

test('an invitation leads to the platform that was chosen, by https, and to nowhere else', () => {
  expect(linkOf('zalo', 'https://zalo.me/g/abcxyz123')).toBe('https://zalo.me/g/abcxyz123')
  expect(linkOf('zalo', ' zalo.me/g/abcxyz123/?utm=x ')).toBe('https://zalo.me/g/abcxyz123')
  expect(linkOf('facebook', 'https://www.facebook.com/groups/thon.tan.loi')).toBe(
    'https://www.facebook.com/groups/thon.tan.loi',
  )
  expect(linkOf('facebook', 'https://www.facebook.com/xasondong/')).toBe('https://www.facebook.com/xasondong')
  expect(linkOf('facebook', 'https://www.facebook.com/groups/')).toBeUndefined()
  expect(linkOf('other', 'https://t.me/thontanloi')).toBe('https://t.me/thontanloi')
  expect(linkOf('zalo', '')).toBeNull()
  for (const wrong of [
    'http://zalo.me/g/abcxyz123',
    'https://zalo.me/0901234567',
    'https://zalo.me.evil.vn/g/abcxyz123',
    'https://evil.vn/zalo.me/g/abcxyz123',
    'https://user:pass@zalo.me/g/abcxyz123',
    'https://zalo.me:8443/g/abcxyz123',
    'javascript:alert(1)',
    'không phải đường dẫn',
  ])
    expect([wrong, linkOf('zalo', wrong)]).toEqual([wrong, undefined])
  for (const wrong of ['https://localhost/x', 'https://127.0.0.1/x', 'https://[::1]/x', 'data:text/html,x'])
    expect([wrong, linkOf('other', wrong)]).toEqual([wrong, undefined])
})

const hour = 3_600_000
const at = new Date('2026-11-25T12:00:00+07:00')
const ago = (hours: number) => new Date(at.getTime() - hours * hour)
const facts = {
  visibleAt: ago(1),
  addedAt: ago(1000),
  endsAt: null,
  isWithdrawn: false,
  isReplaced: false,
  isChatClosed: false,
  isPosted: false,
  isDown: false,
  wasPosted: false,
}

test('a notice waits for its group from when the village sees it, for a week, and not when it is over', () => {
  expect(taskOf(facts, at)).toBe('post')
  expect(taskOf({ ...facts, visibleAt: null }, at)).toBeUndefined()
  expect(taskOf({ ...facts, visibleAt: ago(24 * 8) }, at)).toBeUndefined()
  expect(taskOf({ ...facts, endsAt: ago(0.1) }, at)).toBeUndefined()
  expect(taskOf({ ...facts, isChatClosed: true }, at)).toBeUndefined()
  expect(taskOf({ ...facts, isPosted: true }, at)).toBeUndefined()
})

test('a group that was noted today is not asked for what was said days ago', () => {
  expect(taskOf({ ...facts, visibleAt: ago(72), addedAt: ago(1) }, at)).toBeUndefined()
  expect(taskOf({ ...facts, visibleAt: ago(5), addedAt: ago(1) }, at)).toBe('post')
})

test('a corrected notice is posted again; a withdrawn one is taken down where it stands, and posted nowhere', () => {
  expect(taskOf({ ...facts, wasPosted: true }, at)).toBe('again')
  expect(taskOf({ ...facts, isReplaced: true }, at)).toBeUndefined()
  expect(taskOf({ ...facts, isWithdrawn: true }, at)).toBeUndefined()
  expect(taskOf({ ...facts, isWithdrawn: true, isPosted: true }, at)).toBe('down')
  expect(taskOf({ ...facts, isWithdrawn: true, isPosted: true, isDown: true }, at)).toBeUndefined()
})

test('an emergency should stand in the group within the half hour', () => {
  expect(postBy('emergency', at).getTime() - at.getTime()).toBe(hour / 2)
  expect(postBy('normal', at).getTime() - at.getTime()).toBe(4 * hour)
})
