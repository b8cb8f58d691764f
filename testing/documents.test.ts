import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'GLOSSARY.md', 'deploy/README.md']

test('every file that a document links to exists', () => {
  const broken = documents.flatMap(document => {
    const text = readFileSync(join(root, document), 'utf8')
    return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map(match => match[1]!)
      .filter(target => !existsSync(join(root, dirname(document), target)))
      .map(target => `${document}: ${target}`)
  })
  expect(broken).toEqual([])
})

test('every command that a document names is a script of the product', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const named = documents.flatMap(document =>
    [...readFileSync(join(root, document), 'utf8').matchAll(/npm run (?:-s )?([\w:]+)/g)].map(match => match[1]!),
  )
  expect(named.filter(name => !scripts[name])).toEqual([])
})

test('no source file is longer than 400 lines', () => {
  const long: string[] = []
  const walk = (dir: string) => {
    for (const entry of readdirSync(join(root, dir), { withFileTypes: true })) {
      const path = join(dir, entry.name)
      if (entry.isDirectory() && !['node_modules', 'dist', '.git', '.data'].includes(entry.name)) walk(path)
      else if (
        /\.(ts|tsx|mjs|css|sql)$/.test(entry.name) &&
        readFileSync(join(root, path), 'utf8').split('\n').length > 401
      )
        long.push(path)
    }
  }
  walk('.')
  expect(long).toEqual([])
})
