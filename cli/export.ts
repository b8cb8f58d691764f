import { closeSync, existsSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Sql } from '#core/db'
import { getUnit } from '#units'
import { needed, Refused, type Command } from './command.ts'
import { withInstallation } from './installation.ts'

/** What opens doors stays here: whoever takes the data on makes new keys. */
const secret = new Set(['session', 'invitation', 'card', 'join_request', 'push_subscription', 'session_home', 'once'])

async function tablesOfCommunes(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'loa'
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'commune_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition order by c.relname`
  return rows.map(row => row.name).filter(name => !secret.has(name))
}

/** The table's name comes from the catalogue, the commune's number from the table of communes. */
async function copyTable(sql: Sql, table: string, tenant: number, file: string) {
  const rows = await sql
    .unsafe(`copy (select * from loa."${table}" where commune_id = ${tenant}) to stdout with (format csv, header true)`)
    .readable()
  const out = openSync(file, 'w', 0o600)
  // Written as they come: the client's stream does not wake up again once a slow reader has put it to sleep.
  rows.on('data', (bytes: Buffer) => writeSync(out, bytes))
  await finished(rows)
  closeSync(out)
}

export const exporting: Command = {
  usage: '--commune CODE --to DIR',
  about: 'Everything that is stored of one commune, a CSV a table, without sessions and keys',
  options: { commune: { type: 'string' }, to: { type: 'string' } },
  async run({ values }, { say, give }) {
    const code = needed(values, 'commune')
    const to = resolve(needed(values, 'to'))
    if (existsSync(to) && readdirSync(to).length) throw new Refused(`${to} is not empty`)
    const tables = await withInstallation({ say }, async ({ opened: { sql }, running: { app } }) => {
      const { tenant } = await getUnit(app.sql, code)
      mkdirSync(to, { recursive: true, mode: 0o700 })
      const names = await tablesOfCommunes(sql)
      for (const name of names) await copyTable(sql, name, tenant, join(to, `${name}.csv`))
      return names
    })
    give({ to, tables }, `${tables.length} tables in ${to}. They hold people's data: keep them locked.`)
  },
}
