import { beforeAll, describe, expect, test } from 'vitest'
import { testApp, type TestApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'
import { ancestorsOf, getUnit, unitsBelow, unitsByIds, villagesOf } from '#units'

let at: TestApp
let mine: TestCommune
let other: TestCommune
let officer: string
beforeAll(async () => {
  at = await testApp()
  mine = await testCommune(at.app.sql)
  other = await testCommune(at.app.sql)
  officer = await mine.staff('commune_officer')
})

describe('what other parts ask of units', () => {
  test('the villages of a commune come in the order of their numbers', async () => {
    expect((await villagesOf(at.app.sql, mine.tenant)).map(unit => unit.name)).toEqual(['Thôn Thử 1', 'Thôn Thử 2'])
  })
  test('above a village stand its commune and its province', async () => {
    const above = await ancestorsOf(at.app.sql, mine.villages[0]!.id)
    expect(above.map(unit => unit.level)).toEqual(['village', 'commune', 'province'])
  })
  test('below a commune lies nothing of the other commune', async () => {
    const below = await unitsBelow(at.app.sql, mine.path)
    expect(below.map(unit => unit.id)).toEqual(mine.villages.map(village => village.id))
  })
  test('units by ids leaves out what does not exist', async () => {
    const found = await unitsByIds(at.app.sql, [mine.unit, '00000000-0000-4000-8000-000000000000'])
    expect(found.map(unit => unit.id)).toEqual([mine.unit])
  })
  test('a commune is found by its code, and not before its day', async () => {
    const code = (await getUnit(at.app.sql, mine.unit)).code!
    expect((await getUnit(at.app.sql, code)).id).toBe(mine.unit)
    await expect(getUnit(at.app.sql, code, '2025-06-30')).rejects.toMatchObject({ code: 'unit_unknown' })
  })
})

describe('making a village', () => {
  test('an officer makes a village, it has the next number and its creation in its history', async () => {
    const made = await at.ask('POST', `units/${mine.unit}/villages`, {
      token: officer,
      body: { name: ' Phú  Hưng ', kind: 'thôn', source: 'NQ 12/NQ-HĐND' },
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ name: 'Phú Hưng', title: 'Thôn Phú Hưng', level: 'village', no: 3 })
    const seen = await at.ask('GET', `units/${made.body.id}`)
    expect(seen.body.changes).toMatchObject([
      { kind: 'create', source: 'NQ 12/NQ-HĐND', to: { title: 'Thôn Phú Hưng' } },
    ])
    expect(seen.body.versions).toHaveLength(1)
  })
  test('the same name in the same commune is refused whatever its marks, in the reader’s language', async () => {
    const again = await at.ask('POST', `units/${mine.unit}/villages`, {
      token: officer,
      body: { name: 'phu hung', kind: 'Thôn' },
    })
    expect(again.status).toBe(409)
    expect(again.problem).toMatchObject({ code: 'unit_name_taken', message: expect.stringContaining('Đã có') })
  })
  test('below a village there is one level, and nothing below that', async () => {
    const village = mine.villages[0]!.id
    const hamlet = await at.ask('POST', `units/${village}/villages`, {
      token: officer,
      body: { name: '1', kind: 'xóm' },
    })
    expect(hamlet.body).toMatchObject({ level: 'hamlet', parent: { id: village } })
    const deeper = await at.ask('POST', `units/${hamlet.body.id}/villages`, {
      token: officer,
      body: { name: '2', kind: 'xóm' },
    })
    expect(deeper.problem.code).toBe('unit_too_deep')
  })
  test('nobody makes a village in another commune, and a village head makes none', async () => {
    const body = { name: 'Lạ', kind: 'thôn' }
    const head = await mine.staff('village_head', mine.villages[0]!.id)
    expect((await at.ask('POST', `units/${other.unit}/villages`, { token: officer, body })).status).toBe(403)
    expect((await at.ask('POST', `units/${mine.unit}/villages`, { token: head, body })).status).toBe(403)
    expect((await at.ask('POST', `units/${mine.unit}/villages`, { body })).status).toBe(401)
    expect((await at.ask('POST', 'units/nowhere/villages', { token: officer, body })).status).toBe(404)
  })
})

describe('the list of units', () => {
  test('goes on page after page without a gap', async () => {
    const names: string[] = []
    let cursor = ''
    do {
      const page = await at.ask('GET', `units?parent=${mine.unit}&limit=1${cursor && `&cursor=${cursor}`}`)
      names.push(...page.body.items.map(unit => unit.title))
      cursor = page.body.next ?? ''
    } while (cursor)
    expect(names).toEqual(['Thôn Thử 1', 'Thôn Thử 2', 'Thôn Phú Hưng'])
  })
  test('a code that ended says what it was and where it lies now', async () => {
    const ended = await at.ask('GET', 'units/18931')
    expect(ended.status).toBe(404)
    expect(ended.problem).toMatchObject({ code: 'unit_code_ended', was: 'Xã Minh Hóa', now: 'Xã Kim Phú (18943)' })
    expect((await at.ask('GET', 'units?code=18931')).body.items).toEqual([])
    expect((await at.ask('GET', 'units?code=18931&asOf=2024-05-01')).body.items[0]!.title).toBe('Xã Minh Hóa')
  })
  test('an unknown parent and a broken cursor get a sentence', async () => {
    const unknown = await at.ask('GET', 'units?parent=99999')
    expect(unknown.problem).toMatchObject({ code: 'unit_unknown', message: expect.stringContaining('99999') })
    expect((await at.ask('GET', `units?parent=${mine.unit}&cursor=x`)).problem.code).toBe('bad_cursor')
  })
})
