import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { levels, mayUse } from '../architecture.ts'
import { asksForTime, migrations, sources, statements, statementsIn, type Source } from './sql-text.ts'

const root = join(import.meta.dirname, '..')
const lint = join(root, 'node_modules/oxlint/bin/oxlint')

/** Puts a file into a module, lints it alone, and takes it away again. */
function lintPlanted(folder: string, code: string): string {
  const dir = join(root, folder)
  mkdirSync(dir, { recursive: true })
  const file = join(dir, `planted-${process.pid}.ts`)
  writeFileSync(file, code)
  try {
    return spawnSync(process.execPath, [lint, '-c', join(root, 'oxlint.config.ts'), file], {
      cwd: root,
      encoding: 'utf8',
    }).stdout
  } finally {
    rmSync(file)
  }
}

test('a lower part that reaches upward is caught', () => {
  expect(lintPlanted('modules/units', "import { notices } from '#notices'\nconsole.log(notices)\n")).toContain(
    'units may use only: core',
  )
})

test('an import past a module’s entry is caught', () => {
  expect(lintPlanted('modules/notices', "import { x } from '../people/store.ts'\nconsole.log(x)\n")).toContain(
    'go through an entry',
  )
})

test('an allowed import passes', () => {
  expect(lintPlanted('modules/notices', "import { roles } from '#access'\nconsole.log(roles)\n")).not.toContain(
    'may use only',
  )
})

/** Table → the part whose migrations make it. */
function owners(): Map<string, string> {
  const found = new Map<string, string>()
  for (const part of levels.flat()) {
    const dir = join(root, part === 'core' ? 'core' : `modules/${part}`, 'migrations')
    for (const name of readdirSync(dir))
      for (const match of readFileSync(join(dir, name), 'utf8').matchAll(/create table (?:if not exists )?loa\.(\w+)/g))
        found.set(match[1]!, part)
  }
  return found
}

const owner = owners()

/** Writes to others' tables, and reads of higher ones. */
const breachesIn = ({ part, file, text }: Source) =>
  [...text.matchAll(/(insert into|update|delete from|from|join)\s+loa\.(\w+)/g)].flatMap(match => {
    const of = owner.get(match[2]!.replace(/_(default|\d{4}_\d\d)$/, ''))
    if (!of || of === part || of === 'core') return []
    const isWrite = match[1] !== 'from' && match[1] !== 'join'
    return isWrite || !mayUse[part]!.includes(of) ? [`${file}: ${match[0]} (${of})`] : []
  })

const texts = sources.filter(source => source.part !== 'core')

test('SQL writes only its own module’s tables, and reads only lower ones', () => {
  expect(texts.flatMap(breachesIn)).toEqual([])
})

test('a statement that writes another module’s table, or reads a higher one, is seen', () => {
  const planted = (part: string, sql: string) => breachesIn({ part, file: 'planted.ts', text: `db\`${sql}\`` })
  expect(planted('notices', 'update loa.household set say = null')).toHaveLength(1)
  expect(planted('units', 'select 1 from loa.notice')).toHaveLength(1)
  expect(planted('notices', 'select 1 from loa.household')).toEqual([])
})

test('SQL never asks the machine what time it is, in no statement and no migration', () => {
  expect(statements.length).toBeGreaterThan(400)
  const asking = [...statements, ...migrations].filter(({ text }) => asksForTime(text))
  expect(asking.map(({ file, text }) => `${file}: ${text.trim().slice(0, 80)}`)).toEqual([])
})

test('every way to ask for the time is seen; a time that is handed in is not', () => {
  const planted = (code: string) =>
    statementsIn({ part: 'notices', file: 'planted.ts', text: code }).some(({ text }) => asksForTime(text))
  for (const sql of [
    'select 1 from loa.notice where due_at <= now()',
    'insert into loa.notice (at) values (now())',
    'update loa.notice set at = now ( )',
    'alter table loa.notice add column at timestamptz default now()',
    "select now() - interval '1 hour'",
    'select now()::date',
    'select NOW()',
    'select current_timestamp',
    'select current_date',
    'select localtimestamp',
    'select clock_timestamp()',
    'select transaction_timestamp()',
    "select 'now'::timestamptz",
  ])
    expect([sql, planted(`db\`${sql}\``)]).toEqual([sql, true])
  expect(planted('db`select 1 where due_at <= ${now()} and day = ${today()}`')).toBe(false)
  expect(planted('db`select 1 ${isLate ? db`where due_at <= now()` : db``}`')).toBe(true)
})

test('SQL leans on nothing newer than PostgreSQL 15', () => {
  const newer = [...statements, ...migrations].filter(({ text }) =>
    /\b(uuidv7\(\)|returning old\.|returning new\.|merge into|any_value\()/i.test(text),
  )
  expect(newer.map(x => x.file)).toEqual([])
})
