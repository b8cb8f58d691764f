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
  expect(villages.body.items.map((village: { title: string }) => village.title)).toEqual(['Thôn Một', 'Thôn Hai'])
  const invitation = /\/link\/[\w-]+/.exec(done.text)![0]
  const chair = await ask('POST', invitation, form({}))
  const seen = await ask('GET', 'me', { token: chair.headers.get('set-cookie')!.split(';')[0]! })
  expect(seen.body.role).toBe('commune_chair')
  expect((await ask('POST', link, form({ commune: '07615', chair: 'x', officer: 'y' }))).status).toBe(410)
  expect(await setupLink(app)).toBeUndefined()
})
