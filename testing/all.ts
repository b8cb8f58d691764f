// `npm test`: everything that must hold, in the order in which a failure is cheapest to see. `--quick` leaves the browser out.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const isQuick = process.argv.includes('--quick')
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { bin?: Record<string, string> }>
}

/** The program that an installed package brings under a name. */
function program(name: string): string {
  for (const [at, pkg] of Object.entries(lock.packages))
    if (at.startsWith('node_modules/') && pkg.bin?.[name]) return join(root, at, pkg.bin[name])
  throw new Error(`no installed program is called ${name}`)
}

interface Part {
  title: string
  command: string[]
}

const parts: Part[] = [
  { title: 'lock file', command: [join(root, 'check-lock.mjs')] },
  { title: 'types', command: [program('tsc')] },
  { title: 'lint', command: [program('oxlint')] },
  { title: 'format', command: [program('oxfmt'), '--check'] },
  { title: 'unused code', command: [program('knip')] },
  { title: 'rules, store and API', command: [program('vitest'), 'run'] },
  ...(isQuick
    ? []
    : [{ title: 'screens in Chromium', command: [program('vitest'), 'run', '-c', 'vitest.e2e.config.ts'] }]),
]

const count = { passed: 0, failed: 0 }

/** Runs one part. Its tests count singly when it says how many there were, else the part itself counts as one. */
function run({ title, command }: Part) {
  console.log(`\n── ${title}`)
  const done = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const line = /^(\d+) passed, (\d+) failed(?:, \d+ skipped)?$/m.exec(done.stdout)
  process.stdout.write(line ? done.stdout.replace(line[0], `  ${line[0]}`) : done.stdout)
  const failed = line ? Number(line[2]) : 0
  count.passed += line ? Number(line[1]) : Number(done.status === 0)
  count.failed += done.status === 0 ? failed : Math.max(1, failed)
}

for (const part of parts) run(part)
console.log(`\n${count.passed} passed, ${count.failed} failed`)
process.exitCode = count.failed ? 1 : 0
