// A commune's list of 20,000 homes as a workbook: read, matched, written and committed, beside what cannot be saved: reading the file
// alone, and a bare COPY of the very rows that came of it into the same tables.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import writeWorkbook from 'write-excel-file/node'
import { importHouseholds } from '#people'
import type { Sql, Tx } from '#core/db'
import { openFile } from '../modules/people/import/open-file.ts'
import { makeCommunes, startGround, type Ground } from './ground.ts'
import { print } from './print.ts'

const homes = 20_000
const villages = 33
const rounds = 3
const tables = ['household', 'household_stay', 'person', 'contact', 'consent'] as const
const families = ['Lý', 'Hoàng', 'Nông', 'Vi', 'Lục', 'Nguyễn', 'Trần', 'Ma']
const given = ['An', 'Bình', 'Cường', 'Dũng', 'Én', 'Hoa', 'Khánh', 'Lan', 'Mạnh', 'Nga', 'Phúc']

const seconds = async <T>(work: () => Promise<T>) => {
  const start = performance.now()
  const gave = await work()
  return { gave, took: (performance.now() - start) / 1000 }
}

/** One row a home, as communes keep it: every third without a telephone, some with their language and a need. */
const workbook = () =>
  writeWorkbook([
    ['Thôn', 'Số hộ', 'Họ tên chủ hộ', 'Năm sinh', 'SĐT', 'Ngõ xóm', 'Mốc nhận biết', 'Tiếng nghe'].map(value => ({
      value,
    })),
    ...Array.from({ length: homes }, (_, n) => [
      { value: `Thôn ${1 + (n % villages)}` },
      { value: 1 + Math.floor(n / villages) },
      { value: `${families[n % 8]} Văn ${given[n % 11]} ${given[(n * 7) % 11]}` },
      { value: 1940 + (n % 60) },
      { value: n % 3 ? `09${String(10_000_000 + n)}` : '' },
      { value: `Ngõ ${1 + (n % 40)}` },
      { value: n % 5 ? '' : 'cổng xanh' },
      { value: n % 4 ? '' : 'Tày' },
    ]),
  ]).toBuffer()

/** The longest that an officer sees nothing move. */
function watch() {
  let last = performance.now()
  let longest = 0
  let told = 0
  const mark = () => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }
  return {
    onProgress: () => {
      told++
      mark()
    },
    end() {
      mark()
      return { longest: longest / 1000, told }
    },
  }
}

async function copyOut(sql: Sql, table: string, tenant: number): Promise<Buffer> {
  const rows = await sql.unsafe(`copy (select * from loa.${table} where commune_id = ${tenant}) to stdout`).readable()
  const parts: Buffer[] = []
  for await (const part of rows) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const copyIn = async (tx: Tx, table: string, rows: Buffer) =>
  pipeline(Readable.from([rows]), await tx.unsafe(`copy loa.${table} from stdin`).writable())

async function clear(sql: Sql, tenant: number) {
  for (const table of tables.toReversed()) await sql.unsafe(`delete from loa.${table} where commune_id = ${tenant}`)
  await sql.unsafe(`vacuum analyze ${tables.map(table => `loa.${table}`).join(', ')}`)
}

/** The same rows into the same tables, indexes and foreign keys, with nothing asked. */
async function bareCopy(sql: Sql, tenant: number) {
  const rows = await Promise.all(tables.map(table => copyOut(sql, table, tenant)))
  await clear(sql, tenant)
  const { took } = await seconds(() =>
    sql.begin(async tx => {
      for (const [n, table] of tables.entries()) await copyIn(tx, table, rows[n]!)
    }),
  )
  return took
}

async function round({ process: { app }, sql }: Ground, tenant: number, bytes: Buffer) {
  const how = { tenant, bytes, fileName: 'xa.xlsx' }
  const read = await seconds(() => openFile(bytes))
  const dry = await seconds(() => importHouseholds(app, { ...how, dryRun: true }))
  const progress = watch()
  const written = await seconds(() => importHouseholds(app, { ...how, onProgress: progress.onProgress }))
  const { longest, told } = progress.end()
  const { new: fresh, refused } = written.gave
  if (fresh !== homes || refused.length) throw new Error(`wrote ${fresh} homes, refused ${refused.length}`)
  const again = await seconds(() => importHouseholds(app, how))
  if (again.gave.unchanged !== homes) throw new Error(`the same file again: ${again.gave.unchanged} unchanged`)
  const copy = await bareCopy(sql, tenant)
  await clear(sql, tenant)
  return { read: read.took, dry: dry.took, write: written.took, again: again.took, copy, longest, told }
}

export async function run(json: boolean) {
  const ground = await startGround()
  try {
    const [commune] = await makeCommunes(ground.sql, 1, villages, 0)
    const bytes = await workbook()
    const found = []
    for (let n = 0; n < rounds; n++) found.push(await round(ground, commune!.tenant, bytes))
    const best = found.toSorted((a, b) => a.write - b.write)[0]!
    const about = { bench: 'import', unit: 's' }
    const yardstick = best.read + best.copy
    const says = {
      value: best.write,
      yardstick,
      ratio: best.write / yardstick,
      target: '≤ 20 s',
      met: best.write <= 20,
    }
    print({ ...about, case: `${homes} homes: file to commit (yardstick: reading the file + bare COPY)`, ...says }, json)
    print({ ...about, case: 'reading the file alone', value: best.read }, json)
    print({ ...about, case: 'bare COPY of the same rows', value: best.copy }, json)
    print({ ...about, case: 'dry run', value: best.dry, yardstick: best.read, ratio: best.dry / best.read }, json)
    print({ ...about, case: 'the same file again, all unchanged', value: best.again }, json)
    print({ ...about, case: `longest without progress, told ${best.told} times`, value: best.longest }, json)
  } finally {
    await ground.stop()
  }
}
