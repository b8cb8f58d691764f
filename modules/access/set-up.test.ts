import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { setupLink } from '#access'
import { readVillages } from './set-up.ts'

const { app, ask } = await testApp()
const pathOf = (url: string) => new URL(url).pathname
const form = (fields: Record<string, string>) => ({
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})

test('villages are read as people write them, each once', () => {
  expect(readVillages('Thôn Phú Hưng\n\n  tổ dân phố 5\nBản  Mùng\nthôn phú hưng\nĐồng Cao')).toEqual([
    { kind: 'thôn', name: 'Phú Hưng' },
    { kind: 'tổ dân phố', name: '5' },
    { kind: 'bản', name: 'Mùng' },
    { kind: 'thôn', name: 'Đồng Cao' },
  ])
})

test('a list copied from a paper loses its numbers, and TDP is written out', () => {
  expect(readVillages('1. Thôn Tân Lập;\n2) TDP Hạ\n- Bản Mậu\ntdp số 5\n5')).toEqual([
    { kind: 'thôn', name: 'Tân Lập' },
    { kind: 'tổ dân phố', name: 'Hạ' },
    { kind: 'bản', name: 'Mậu' },
    { kind: 'tổ dân phố', name: 'số 5' },
    { kind: 'thôn', name: '5' },
  ])
})

test('a commune is found as it is called, by a name it bore before, and by a code without its zero', async () => {
  const link = pathOf((await setupLink(app)) ?? '')
  const found = async (q: string) => (await ask('GET', `${link}?q=${encodeURIComponent(q)}`)).text
  expect(await found('Xã Sơn Động')).toContain('?commune=07615')
  expect(await found('Sơn Động, Bắc Ninh')).toContain('?commune=07615')
  expect(await found('7615')).toContain('?commune=07615')
  const old = await found('thị trấn An Châu, huyện Sơn Động')
  expect(old).toContain('?commune=07615')
  expect(old).toContain('trước là Thị trấn An Châu')
})

test('an empty installation is set up by one link: commune, chair, officer, villages; then the link is dead', async () => {
  const older = pathOf((await setupLink(app)) ?? '')
  const link = pathOf((await setupLink(app)) ?? '')
  expect((await ask('GET', older)).status).toBe(410)
  expect((await ask('GET', `${link}?q=son dong`)).text).toContain('Sơn Động')
  expect((await ask('GET', `${link}?q=khong co xa nay`)).text).toContain('Không có xã')
  expect((await ask('GET', `${link}?commune=07615`)).text).toContain('Chủ tịch')
  const nameless = await ask('POST', link, form({ commune: '07615', chair: 'Hoàng Thị Thử', officer: ' ' }))
  expect(nameless.status).toBe(422)
  const done = await ask(
    'POST',
    link,
    form({
      commune: '07615',
      chair: 'Hoàng Thị Thử',
      officer: 'Vi Văn Thử',
      me: 'officer',
      villages: 'Thôn Một\nThôn Hai',
    }),
  )
  expect(done.status).toBe(200)
  const token = done.headers.get('set-cookie')!.split(';')[0]!
  const { body } = await ask('GET', 'me', { token })
  expect(body).toMatchObject({ role: 'commune_officer', name: 'Vi Văn Thử', unit: { name: 'Sơn Động' } })
  const villages = await ask('GET', `units?parent=07615`, { token })
  expect(villages.body.items.map(village => village.title)).toEqual(['Thôn Một', 'Thôn Hai'])
  const { body: posts } = await ask('GET', 'posts?unit=07615', { token })
  const people = posts.items.flatMap(post => post.people)
  expect(people).toMatchObject([
    { name: 'Hoàng Thị Thử', isInvited: true },
    { name: 'Vi Văn Thử', isInvited: false },
  ])
  const invitation = /\/link\/[\w-]+/.exec(done.text)![0]
  const half = await ask('POST', invitation, form({ login: 'thu.chutich', password: '' }))
  expect(half.status).toBe(422)
  expect(half.text).toContain('Hãy đặt mật khẩu')
  const chair = await ask('POST', invitation, form({}))
  const seen = await ask('GET', 'me', { token: chair.headers.get('set-cookie')!.split(';')[0]! })
  expect(seen.body.role).toBe('commune_chair')
  expect((await ask('POST', link, form({ commune: '07615', chair: 'x', officer: 'y' }))).status).toBe(410)
  expect(await setupLink(app)).toBeUndefined()
})
