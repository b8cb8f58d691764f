import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { levels, mayUse } from '../architecture.ts'

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

const modules = levels.flat().filter(part => part !== 'core')

function* sources(dir: string): Generator<string> {
  for (const entry of readdirSync(dir, { withFileTypes: true }))
    if (entry.isDirectory()) yield* sources(join(dir, entry.name))
    else if (/\.(ts|tsx)$/.test(entry.name) && !/(\.test|-for-tests)\.tsx?$/.test(entry.name))
      yield join(dir, entry.name)
}

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

const texts = modules.flatMap(part =>
  [...sources(join(root, 'modules', part))].map(file => ({
    part,
    file: file.slice(root.length + 1),
    text: readFileSync(file, 'utf8'),
  })),
)

test('SQL writes only its own module’s tables, and reads only lower ones', () => {
  const owner = owners()
  const breaches: string[] = []
  for (const { part, file, text } of texts)
    for (const match of text.matchAll(/(insert into|update|delete from|from|join)\s+loa\.(\w+)/g)) {
      const of = owner.get(match[2]!.replace(/_(default|\d{4}_\d\d)$/, ''))
      if (!of || of === part || of === 'core') continue
      const isWrite = match[1] !== 'from' && match[1] !== 'join'
      if (isWrite || !mayUse[part]!.includes(of)) breaches.push(`${file}: ${match[0]} (${of})`)
    }
  expect(breaches).toEqual([])
})

test('SQL never asks the machine what time it is', () => {
  const asking = texts.filter(
    ({ text }) =>
      /\b(now\(\)::|current_timestamp|current_date|clock_timestamp)\b/i.test(text) ||
      /[^$.{\w]now\(\)\s*(-|\+)\s*interval/.test(text),
  )
  expect(asking.map(x => x.file)).toEqual([])
})

test('SQL leans on nothing newer than PostgreSQL 15', () => {
  const newer = texts.filter(({ text }) =>
    /\b(uuidv7\(\)|returning old\.|returning new\.|merge into|any_value\()/i.test(text),
  )
  expect(newer.map(x => x.file)).toEqual([])
})
