// What the simulators print is what a demo takes.
import { afterAll, expect, test, vi } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { openConsole } from './console.ts'
import { readLetter } from './letter.ts'
import { startSimulators } from './start.ts'

const first = 21_480
const { app, ask } = await testApp({ isDemo: true })
const commune = await testCommune(app.sql, [1])
const token = await commune.staff('commune_officer')
const simulators = await startSimulators(first)
const page = await openConsole(simulators, first)
afterAll(async () => {
  page.stop()
  for (const one of simulators) await one.stop()
})

const post = async (path: string, body: object, headers = {}) => {
  const said = await fetch(`http://127.0.0.1:${first}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: said.status, words: await said.text() }
}
interface Shown {
  name: string
  count: number
  got: { to: string; words: string; told: string[] }[]
}
const gotBy = async (name: string) => {
  const all = (await (await fetch(`http://127.0.0.1:${first}/got`)).json()) as Shown[]
  return all.find(one => one.name === name)!
}

test.each(simulators.filter(one => one.account))(
  '$name is entered as it says, and shows the test that it got',
  async one => {
    const { adapter, granted, ...typed } = one.account!
    const made = await ask('POST', 'channel-accounts', { token, body: { adapter, ...typed } })
    expect(made.text).toContain('"id"')
    const path = `channel-accounts/${made.body.id}/grant` as 'channel-accounts/x/grant'
    if (granted) await ask('POST', path, { token, body: { granted } })
    const to = { smtp: 'toi@thu.example', telegram_bot: '912345678' }[adapter] ?? '0912345999'
    const tried = await ask('POST', `channel-accounts/${made.body.id}/test`, { token, body: { to } })
    expect(tried.body).toMatchObject({ isAccepted: true })
    await vi.waitFor(async () => expect((await gotBy(one.name)).count).toBe(1))
    expect((await gotBy(one.name)).got[0]!.words).toMatch(/Loa Làng|Loa Lang/)
  },
)

test('a command changes what is answered, and what ends is said in words', async () => {
  expect((await post('/control', { simulator: 'esms', answer: '103' })).words).toContain('esms: 103')
  const { body } = await ask('GET', 'channel-accounts', { token })
  const { id } = body.items.find(one => one.adapter === 'esms')!
  const tried = await ask('POST', `channel-accounts/${id}/test`, { token, body: { to: '0912345678' } })
  expect(tried.body).toMatchObject({ isAccepted: false })
  expect((await post('/control', { simulator: 'loa' })).status).toBe(422)
  expect((await post('/write', { simulator: 'mail', from: 'a', words: 'b' })).status).toBe(422)
  expect((await post('/hook', { simulator: 'speedsms', url: 'https://elsewhere.vn/hooks/x' })).status).toBe(200)
})

test('another site cannot command it, and the page names every simulator', async () => {
  const command = { simulator: 'esms', answer: 'take' }
  expect((await post('/control', command, { origin: 'https://elsewhere.vn' })).status).toBe(403)
  const html = await (await fetch(`http://127.0.0.1:${first}/`)).text()
  for (const { title } of simulators) expect(html).toContain(title)
})

test('a letter is shown as people read it', () => {
  const raw =
    'Subject: =?UTF-8?Q?H=E1=BB=8Dp_th=C3=B4n?=\r\n =?UTF-8?B?IOG7nw==?=\r\nContent-Type: multipart/alternative; boundary="x"\r\n\r\n' +
    '--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nM=E1=BB=9Di b=\r\n=C3=A0 con\r\n--x--\r\n'
  expect(readLetter(raw)).toEqual({ subject: 'Họp thôn ở', text: 'Mời bà con' })
})
