import { expect, test } from 'vitest'
import { coreProblems } from '#core/problem'
import { hasWords } from '#core/words'
import { testApp } from '#testing/app'
import { modules } from '../app.ts'

const { ask } = await testApp()
const codes = [...Object.keys(coreProblems), ...modules.flatMap(module => Object.keys(module.problems ?? {}))]

test('every error code has a sentence in Vietnamese and in English', () => {
  const silent = codes.filter(code => !hasWords('vi', `problem.${code}`) || !hasWords('en', `problem.${code}`))
  expect(silent).toEqual([])
})

test('every module speaks both languages with the same keys', () => {
  for (const { words } of modules)
    if (words) expect(Object.keys(words.en).toSorted()).toEqual(Object.keys(words.vi).toSorted())
})

test('every error code that an operation names exists', () => {
  const known = new Set(codes)
  const named = modules.flatMap(module => Object.values(module.contract ?? {}).flatMap(op => op.problems ?? []))
  expect(named.filter(code => !known.has(code))).toEqual([])
})

test('the API describes itself, and every code has a page', async () => {
  const document = await ask('GET', '/api/openapi.json')
  expect(document.body).toMatchObject({ openapi: '3.1.0' })
  expect((await ask('GET', '/api/docs')).text).toContain('/api/openapi.json')
  expect((await ask('GET', '/help')).text).toContain('version_conflict')
  expect((await ask('GET', '/help/not_found')).text).toContain('Không tìm thấy')
  expect((await ask('GET', '/help/nothing_of_that_name')).status).toBe(404)
})

test('what cannot be found is answered in words, in the language asked', async () => {
  const vi = await ask('GET', '/api/v1/nothing-here')
  expect(vi.status).toBe(404)
  expect(vi.problem).toMatchObject({ code: 'not_found', help: '/help/not_found' })
  const en = await ask('GET', '/api/v1/nothing-here', { headers: { 'accept-language': 'en-GB,en;q=0.9' } })
  expect(en.problem.message).toContain('Not found')
})
