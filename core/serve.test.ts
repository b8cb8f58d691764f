import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { afterAll, expect, test } from 'vitest'
import type { Caller } from '#core/caller'
import { compose } from '#core/compose'
import type { Config } from '#core/config'
import { operation } from '#core/operation'
import { Problem, tooLarge } from '#core/problem'
import type { Module } from '#core/module'
import { forgetAnswers } from '#core/once'
import { keysFrom } from '#core/secrets'
import { Day, line, Moment, OrdinalText } from '#core/shapes'
import { record } from '#core/trail'
import type { Answers } from '#core/serve'
import { testDb } from '#testing/db'

const sql = await testDb()

const contract = {
  add: operation({
    method: 'POST',
    path: '/words',
    summary: 'Add a word',
    who: 'word.add',
    status: 201,
    takes: v.object({ word: line(20), fails: v.optional(v.boolean()) }),
    gives: v.object({ word: v.string(), n: v.number() }),
  }),
  list: operation({
    method: 'GET',
    path: '/words/:wordId',
    summary: 'Read a word',
    who: 'word.read',
    at: 'wordId',
    takes: v.object({ wordId: v.string(), day: v.optional(Day), at: v.optional(Moment), no: v.optional(OrdinalText) }),
    gives: v.object({ word: v.string() }),
    limit: { calls: 5, seconds: 60 },
  }),
}

let ran = 0
const words: Module = {
  name: 'words',
  contract,
  answers: {
    async add({ word, fails }, { db }) {
      ran++
      await record(db, { tenant: 5, what: 'word.added', data: { word } })
      if (fails) throw new Problem('gone')
      return { word, n: ran }
    },
    list: ({ wordId }) => ({ word: wordId }),
  } satisfies Answers<typeof contract>,
  places: {
    wordId: (_app, id) => Promise.resolve(id === 'none' ? undefined : [{ tenant: 5, path: String(id) }]),
  },
}

const caller = (name: string | undefined): Caller => ({
  kind: name ? 'staff' : 'anyone',
  key: name ?? 'nobody',
  language: 'vi',
  address: 'here',
  tenant: 5,
  ...(name ? { role: name } : {}),
})

const config = { publicUrl: 'http://loa.test', logLevel: 'silent' } as Config
const { hono, stop } = compose(config, sql, keysFrom(randomBytes(32)), [words], {
  callerOf: (_app, c) => Promise.resolve(caller(c.req.header('x-role'))),
  may: (_app, who, permission, place) =>
    Promise.resolve(who.role === 'chief' || (permission === 'word.read' && place?.path !== 'secret')),
})
afterAll(stop)

const post = async (body: string, headers: Record<string, string> = {}) =>
  hono.request('/api/v1/words', {
    method: 'POST',
    body,
    headers: { 'x-role': 'chief', 'content-type': 'application/json', ...headers },
  })
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

test('a write sent twice with one key is done once and answered twice', async () => {
  const before = ran
  const first = await post('{"word":"lúa"}', { 'idempotency-key': 'k1' })
  const second = await post('{"word":"lúa"}', { 'idempotency-key': 'k1' })
  expect([first.status, second.status]).toEqual([201, 201])
  expect(await first.json()).toEqual(await second.json())
  expect(ran - before).toBe(1)
})

test('the same key at the same moment is still done once', async () => {
  const before = ran
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => post('{"word":"ngô"}', { 'idempotency-key': 'k2' })),
  )
  expect(answers.map(answer => answer.status)).toEqual([201, 201, 201, 201, 201, 201])
  expect(ran - before).toBe(1)
})

test('an answer is forgotten after seven days, and not before', async () => {
  await post('{"word":"chè"}', { 'idempotency-key': 'k5' })
  await sql`update loa.once set at = at - interval '7 days 1 minute' where key = 'k5'`
  await forgetAnswers(sql)
  const kept = await sql<{ key: string }[]>`select key from loa.once order by key`
  expect(kept.map(row => row.key)).not.toContain('k5')
  expect(kept.map(row => row.key)).toContain('k1')
})

test('a key longer than we keep is still a key', async () => {
  const before = ran
  const key = { 'idempotency-key': 'k'.repeat(300) }
  expect([(await post('{"word":"mía"}', key)).status, (await post('{"word":"mía"}', key)).status]).toEqual([201, 201])
  expect(ran - before).toBe(1)
})

test('one key for two different writes is refused', async () => {
  await post('{"word":"sắn"}', { 'idempotency-key': 'k3' })
  const other = await post('{"word":"khoai"}', { 'idempotency-key': 'k3' })
  expect([other.status, await codeOf(other)]).toEqual([409, 'key_reused'])
})

test('a write that fails leaves nothing behind, and its key is free again', async () => {
  const [before] = await sql`select count(*)::int as n from loa.trail`
  expect((await post('{"word":"x","fails":true}', { 'idempotency-key': 'k4' })).status).toBe(410)
  const [after] = await sql`select count(*)::int as n from loa.trail`
  expect(after).toEqual(before)
  expect((await post('{"word":"x"}', { 'idempotency-key': 'k4' })).status).toBe(201)
})

test('bad input names the field, in words', async () => {
  const answer = await post('{"word":""}')
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: 'invalid_input', fields: { word: ['Ô này chưa ghi.'] } })
  expect(await codeOf(await post('{"word":'))).toBe('not_json')
  expect(await codeOf(await post('[1]'))).toBe('not_json')
})

test('a character that no database keeps is named, not stumbled over', async () => {
  const named = { code: 'invalid_input', fields: { word: [expect.stringContaining('ký tự')] } }
  const zero = await post(String.raw`{"word":"lúa\u0000"}`)
  expect([zero.status, await zero.json()]).toEqual([400, expect.objectContaining(named)])
  const half = await post(String.raw`{"word":"\ud800"}`)
  expect([half.status, await half.json()]).toEqual([400, expect.objectContaining(named)])
  const asked = await hono.request('/api/v1/words/%00', { headers: { 'x-role': 'chief' } })
  expect([asked.status, await codeOf(asked)]).toEqual([400, 'invalid_input'])
})

test('a day that the calendar does not have, a moment beyond all years and a number beyond all counts are refused', async () => {
  const get = async (query: string) =>
    (await hono.request(`/api/v1/words/a?${query}`, { headers: { 'x-role': query } })).status
  const refused = [
    'day=2026-02-30',
    'day=0000-01-01',
    'at=9999-12-31T00:00:00Z',
    'at=2026-11-25T07:30:00%2B07',
    'no=3000000000',
  ]
  expect(await Promise.all(refused.map(get))).toEqual(refused.map(() => 400))
  const taken = ['day=2028-02-29', 'at=1970-01-01T00:00:00Z', 'at=2026-11-25T07:30:00%2B07:00', 'no=1']
  expect(await Promise.all(taken.map(get))).toEqual(taken.map(() => 200))
  const answer = await hono.request('/api/v1/words/a?day=2026-02-30', { headers: { 'x-role': 'guest' } })
  expect(await answer.json()).toMatchObject({ fields: { day: ['Ngày ghi theo dạng 2026-11-25.'] } })
})

test('a body without a bottom is refused', async () => {
  const answer = await post(`{"word":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, { 'idempotency-key': 'k5' })
  expect([answer.status, await codeOf(answer)]).toEqual([400, 'not_json'])
})

test('ten megabytes of spaces are refused before they are read', async () => {
  const answer = await post(' '.repeat(10_000_000))
  const said = (await answer.json()) as { code: string; message: string }
  expect([answer.status, said.code]).toEqual([413, 'too_large'])
  expect(said.message).toContain('Nhiều nhất 1 MB.')
})

test('a size is said as people say it, never in bytes', () => {
  expect([16_384, 1_048_576, 10_600_000].map(most => tooLarge(most).data['size'])).toEqual(['16 KB', '1 MB', '10 MB'])
})

test('nobody, somebody without the right, and the wrong place are told apart', async () => {
  const get = (id: string, role?: string) =>
    hono.request(`/api/v1/words/${id}`, { headers: role ? { 'x-role': role } : {} })
  expect(await codeOf(await get('a'))).toBe('sign_in_needed')
  expect(await codeOf(await get('secret', 'guest'))).toBe('not_allowed')
  expect(await codeOf(await get('none', 'guest'))).toBe('not_found')
  expect((await get('a', 'guest')).status).toBe(200)
})

test('too many calls are told when to come back', async () => {
  const get = async () => hono.request('/api/v1/words/a', { headers: { 'x-role': 'hurried' } })
  const answers = await Promise.all(Array.from({ length: 7 }, get))
  const late = answers.find(answer => answer.status === 429)
  expect(Number(late?.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('a write from another site with our cookie is refused', async () => {
  const answer = await post('{"word":"lúa"}', { cookie: 'loa=x', 'sec-fetch-site': 'cross-site' })
  expect([answer.status, await codeOf(answer)]).toEqual([403, 'cross_site'])
})
