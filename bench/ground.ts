// The ground that benches stand on: a database of their own with the product's settings, and communes of plain homes.
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compose, type Process } from '#core/compose'
import { readConfig } from '#core/config'
import { open } from '#core/open'
import type { Sql } from '#core/db'
import { callerOf, may } from '#access'
import { modules } from '../app.ts'
import { levels } from '../architecture.ts'

export interface Ground {
  process: Process
  sql: Sql
  stop: () => Promise<void>
}

export const pause = (ms: number) => new Promise(done => setTimeout(done, ms))

/** @param isDemo a worker that may speak to simulators on this machine, and to nobody else */
export async function startGround({ isDemo = false } = {}): Promise<Ground> {
  const dir = mkdtempSync(join(tmpdir(), 'loa-bench-'))
  chmodSync(dir, 0o755)
  const env = {
    DATA_DIR: dir,
    SECRET_KEY: randomBytes(16).toString('hex'),
    LOG_LEVEL: 'error',
    PORT: '0',
    ...(isDemo && { DEMO: '1', ROLES: 'worker' }),
  }
  const config = readConfig(env, join(import.meta.dirname, '..'))
  const opened = await open(config, join(import.meta.dirname, '..'), levels.flat(), modules)
  const running = compose(config, opened.sql, opened.keys, modules, { callerOf, may })
  return {
    process: running,
    sql: opened.sql,
    async stop() {
      await running.stop()
      await opened.close({ stopDatabase: 'always' })
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export interface BenchCommune {
  tenant: number
  unit: string
  villages: string[]
}

const day = '2025-07-01'

/** Communes with villages of equal size; homes without persons, each with one stay. @param from how many are there already */
export async function makeCommunes(
  sql: Sql,
  count: number,
  villages: number,
  homes: number,
  from = 0,
): Promise<BenchCommune[]> {
  const made: BenchCommune[] = []
  for (let n = from; n < from + count; n++) {
    const tenant = 50_001 + n
    const path = `bench/${tenant}/`
    const [unit] = await sql<{ id: string }[]>`
      insert into loa.unit (id, level, commune_id, no) values (gen_random_uuid(), 'commune', ${tenant}, 0) returning id`
    await sql`
      insert into loa.unit_version (unit_id, valid_from, name, folded, kind, path)
      values (${unit!.id}, ${day}, ${`Xã ${n}`}, ${`xa ${n}`}, 'xã', ${path})`
    await sql`
      insert into loa.commune (commune_id, kind, unit_id, name, opened_on)
      values (${tenant}, 'commune', ${unit!.id}, ${`Xã ${n}`}, ${day})`
    const rows = await sql<{ id: string; no: number }[]>`
      insert into loa.unit (id, level, commune_id, no)
      select gen_random_uuid(), 'village', ${tenant}, g from generate_series(1, ${villages}::int) g returning id, no`
    await sql`
      insert into loa.unit_version (unit_id, valid_from, name, folded, kind, parent_id, path)
      select u.id, ${day}::date, 'Thôn ' || u.no, 'thon ' || u.no, 'thôn', ${unit!.id}, ${path} || u.no || '/'
      from loa.unit u where u.commune_id = ${tenant} and u.level = 'village'`
    await sql`
      with home as (
        insert into loa.household (commune_id, id, no, unit_id, head_name, head_folded, head_given, phone_kind, opened_at)
        select ${tenant}, gen_random_uuid(), (u.no - 1) * ${homes}::int + g, u.id, 'Chủ hộ ' || g, 'chu ho ' || g, 'hộ', 'app',
          ${day}::timestamptz
        from loa.unit u, generate_series(1, ${homes}::int) g where u.commune_id = ${tenant} and u.level = 'village'
        returning id, unit_id)
      insert into loa.household_stay (commune_id, household_id, unit_id, valid_from)
      select ${tenant}, id, unit_id, ${day}::timestamptz from home`
    const ordered = rows.toSorted((a, b) => a.no - b.no)
    made.push({ tenant, unit: unit!.id, villages: ordered.map(row => row.id) })
  }
  await sql`analyze loa.household, loa.household_stay, loa.unit, loa.unit_version`
  return made
}
