import * as v from 'valibot'
import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { modules } from '../app.ts'

const { app } = await testApp()
const shapes = Object.assign({}, ...modules.map(module => module.packs ?? {})) as Record<string, v.GenericSchema>

test('every rule pack that the product ships can be set by a commune too, and has its own shape', async () => {
  const shipped = await app.sql<{ kind: string; body: unknown }[]>`
    select kind, body from loa.rule_pack where commune_id = 0`
  expect([...new Set(shipped.map(pack => pack.kind))].toSorted()).toEqual(Object.keys(shapes).toSorted())
  for (const { kind, body } of shipped)
    expect([kind, v.safeParse(shapes[kind]!, body).issues]).toEqual([kind, undefined])
})
