import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstLoadBudget, firstLoadOf } from './budget.ts'

const root = join(import.meta.dirname, '..')
const dir = mkdtempSync(join(tmpdir(), 'loa-app-'))
beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'web/build/main.ts'), dir], { cwd: root, stdio: 'ignore' })
})
afterAll(() => rmSync(dir, { recursive: true }))

test('a resident’s first load is at most 30 KB of script and style', () => {
  const files = firstLoadOf(dir)
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  expect(total, files.map(file => `${file.name} ${file.bytes}`).join(', ')).toBeLessThanOrEqual(firstLoadBudget)
})

test('the worker keeps exactly the first load and asks nothing of another site', () => {
  const worker = readFileSync(join(dir, 'sw.js'), 'utf8')
  for (const { name } of firstLoadOf(dir)) expect(worker).toContain(name)
  expect(worker).not.toMatch(/https?:\/\//)
})

test('no font, no picture and no other site is needed to read', () => {
  for (const { name } of firstLoadOf(dir)) {
    if (!name.endsWith('.css')) continue
    const style = readFileSync(join(dir, name), 'utf8')
    expect(style).not.toContain('@font-face')
    expect(style).not.toContain('url(')
  }
})
