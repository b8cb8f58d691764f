// Every role × own, other, parent and child place × every operation of every contract, and a twin of it written by hand.
import { expect, test } from 'vitest'
import { newId } from '#core/ids'
import type { Module } from '#core/module'
import type { Operation } from '#core/operation'
import { testApp } from '#testing/app'
import { modules } from '../app.ts'
import { differences, leaks } from './permissions/compare.ts'
import { assisted } from './permissions/assisted.ts'
import { garbage, goOn, listsOf, tooLate } from './permissions/cursors.ts'
import { sensitive } from './permissions/twin.ts'
import { operationsOf, walk } from './permissions/walk.ts'
import { makeWorld } from './permissions/world.ts'

const loa = await testApp()
await loa.settle()
const world = await makeWorld(loa)
const lines = await walk(loa, world, modules)

/** The product with one operation declared wrongly. */
const planted = (module: string, verb: string, wrong: Partial<Operation>): Module[] =>
  modules.map(one =>
    one.name === module
      ? { ...one, contract: { ...one.contract, [verb]: { ...one.contract![verb]!, ...wrong } } }
      : one,
  )

test('every operation of every module was asked as every role', () => {
  expect(lines).toHaveLength(operationsOf(modules).length)
  for (const line of lines) expect(Object.keys(line.roles), line.operation).toHaveLength(13)
})

test('nobody is let in without signing in, beside his place or above it, and no question breaks the server', () => {
  expect(leaks(lines)).toEqual([])
})

test('each role has exactly what the list written by hand gives it', () => {
  expect(differences(lines, sensitive)).toEqual([])
})

test('who is in a Party cell is seen by its secretary alone', async () => {
  const seen: string[] = []
  for (const { role, token } of world.actors) {
    const { status } = await loa.ask('GET', `groups/${world.cell}/members`, { token })
    if (status === 200) seen.push(role)
  }
  expect(seen).toEqual(['party_secretary'])
})

test('an internal notice does not exist for those it is not for: 404, never 403', async () => {
  const token = (role: string) => world.actors.find(one => one.role === role)!.token
  const { unit } = world.actors.find(one => one.role === 'village_head')!.spots.own as { unit: string }
  const body = { title: 'Họp thôn', body: 'Họp', audience: { units: [unit], groups: [] }, internal: true }
  const written = await loa.ask('POST', 'notices', { token: token('commune_officer'), body })
  await loa.ask('POST', `notices/${written.body.id}/publish`, { token: token('commune_officer'), body: {} })
  for (const role of ['police', 'bank_officer', 'association_officer', 'resident']) {
    const read = await loa.ask('GET', `notices/${written.body.id}`, { token: token(role) })
    expect([role, read.status]).toEqual([role, 404])
  }
  expect((await loa.ask('GET', `notices/${written.body.id}`, { token: token('village_head') })).status).toBe(200)
})

test('who acts for a home gets to what is listed by hand, and to nothing else', async () => {
  const head = world.actors.find(one => one.role === 'village_head')!
  const { home } = head.spots.own as { home: string }
  const body = { id: newId(), home, agreed: true }
  const begun = await loa.ask('POST', 'assisted-sessions', { token: head.token, body })
  const token = begun.headers.get('set-cookie')!.split(';')[0]!
  const refused: string[] = []
  const all = operationsOf(modules).filter(({ op }) => op.who !== 'anyone')
  for (const { op } of all) {
    const operation = `${op.method} ${op.path}`
    if (assisted.includes(operation)) continue
    const said = await loa.ask(op.method, op.path.slice(1).replaceAll(/:\w+/g, world.madeUp), {
      token,
      ...(op.method !== 'GET' && op.method !== 'DELETE' && { body: {} }),
    })
    if (said.text.includes('"not_for_helper"')) refused.push(operation)
  }
  expect(refused.length).toBe(all.length - assisted.length)
})

test('a new operation at a place that the matrix does not know stops it with a sentence', async () => {
  const strange = planted('people', 'list', { at: 'somethingNew' }).map(one =>
    one.name === 'people' ? { ...one, places: { ...one.places, somethingNew: () => Promise.resolve([]) } } : one,
  )
  await expect(walk(loa, world, strange)).rejects.toThrow('the matrix knows no such thing')
})

test('a list goes on only from a place that it gave: anything else is refused with a sentence', async () => {
  const lists = listsOf(modules)
  expect(lists.length).toBeGreaterThan(15)
  for (const { op } of lists) {
    for (const { status, problem } of await goOn(loa, world, op, garbage))
      expect([status, problem.code, problem.message.length > 20], op.path).toEqual([400, 'bad_cursor', true])
    const [late] = await goOn(loa, world, op, [tooLate])
    expect([200, 400], op.path).toContain(late!.status)
  }
})

const wrongs: [string, string, Partial<Operation>][] = [
  ['people', 'list', { who: 'notice.write' }],
  ['delivery', 'unreached', { who: 'reach.see' }],
  ['notices', 'withdraw', { who: 'notice.see' }],
]
for (const [module, verb, wrong] of wrongs)
  test(`a wrong permission planted in ${module} is seen`, async () => {
    const { method, path } = modules.find(one => one.name === module)!.contract![verb]!
    const operation = `${method} ${path}`
    const only = sensitive.map(row => ({ ...row, operations: row.operations.filter(one => one === operation) }))
    expect(differences(await walk(loa, world, modules, one => one === operation), only)).toEqual([])
    const seen = await walk(loa, world, planted(module, verb, wrong), one => one === operation)
    expect(differences(seen, only)).not.toEqual([])
  })
