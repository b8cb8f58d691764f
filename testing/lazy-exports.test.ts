// What is loaded only when it is opened: the tool that finds unused code takes such a file as used whole, so its exports are looked at here.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** `./x.ts` and `#web/x.ts` as a path from the root; undefined for a package. */
function fileOf(from: string, said: string): string | undefined {
  if (said.startsWith('.')) return normalize(join(dirname(from), said))
  return said.startsWith('#web/') ? said.slice(1) : undefined
}

const lazily = /\bimport\(\s*'([^']+)'\s*\)/g
const anyhow = /(?:\bfrom|\bimport\(?)\s*'([^']+)'/g
const exported = /^export (?:async )?(const|function\*?|class|interface|type) (\w+)/gm
/** The words of a language are asked for by its name. */
const isWords = (file: string) => file.endsWith('words.en.ts')

/** @param texts by path from the root @returns `file name` of each export of a lazily loaded file that no file which loads it names */
function unusedLazily(texts: ReadonlyMap<string, string>): string[] {
  const named = (pattern: RegExp, file: string, text: string) =>
    [...text.matchAll(pattern)].flatMap(match => fileOf(file, match[1]!) ?? [])
  const loads = [...texts].map(([file, text]) => ({ text, files: new Set(named(anyhow, file, text)) }))
  const lazy = new Set([...texts].flatMap(([file, text]) => named(lazily, file, text)))
  return [...lazy].toSorted().flatMap(file => {
    const by = loads.filter(one => one.files.has(file)).map(one => one.text)
    const text = texts.get(file) ?? ''
    const times = (name: string, inside: string) => inside.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0
    const isUsed = (kind: string, name: string) =>
      by.some(one => times(name, one)) || (/interface|type/.test(kind) && times(name, text) > 1)
    return [...text.matchAll(exported)]
      .filter(([, kind, name]) => !(isWords(file) && name === 'en') && !isUsed(kind!, name!))
      .map(([, , name]) => `${file} ${name}`)
  })
}

test('a lazily loaded file exports nothing that nobody asks for', () => {
  const files = globSync(['{web,modules,cli,core,e2e,testing,demo,bench}/**/*.{ts,tsx}', '*.ts'], { cwd: root })
  const texts = new Map(files.map(file => [file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')]))
  expect(existsSync(join(root, 'web/stored.ts')) && texts.size > 300).toBe(true)
  expect(unusedLazily(texts)).toEqual([])
})

test('a planted one is found', () => {
  const texts = new Map([
    ['web/a.ts', "void import('./b.ts').then(({ keep }) => keep()).catch(() => {})"],
    ['web/c.ts', "import { other } from './b.ts'"],
    ['web/d.ts', 'forget()'],
    ['web/b.ts', 'export const keep = 1\nexport const other = 2\nexport async function forget() {}'],
  ])
  expect(unusedLazily(texts)).toEqual(['web/b.ts forget'])
})
