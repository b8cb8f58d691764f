import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { roles } from '#access'
import { modules } from '../app.ts'
import { contracts } from './contracts.ts'
import { isFor, pathsOf, type Screen } from './screen.ts'
import { appPaths, screens } from './screens.ts'

const root = join(import.meta.dirname, '..')
const parts = readdirSync(join(root, 'modules'))
const load = (file: string) => import(/* @vite-ignore */ pathToFileURL(file).href) as Promise<Record<string, unknown>>

test('every module’s screens are in the app', async () => {
  for (const part of parts) {
    const file = join(root, 'modules', part, 'web/screens.ts')
    if (!existsSync(file)) continue
    const { screens: listed } = (await load(file)) as { screens: Screen[] }
    for (const screen of listed) expect(screens.includes(screen), `${part} ${screen.path}`).toBe(true)
  }
})

test('every module with operations may be called by a screen', () => {
  const offered = modules.filter(module => module.contract).map(module => module.name)
  expect(Object.keys(contracts).toSorted()).toEqual(offered.toSorted())
})

test('an address leads each role to one screen', () => {
  for (const role of [...roles, undefined]) {
    const paths = screens.filter(screen => isFor(screen, role)).map(screen => screen.path)
    expect(
      paths.filter((path, i) => paths.indexOf(path) !== i),
      role,
    ).toEqual([])
  }
})

test('an address of the app is told from the server’s own pages', () => {
  const matches = new RegExp(pathsOf([{ path: '/' }, { path: '/doors' }, { path: '/doors/:doorId' }]))
  for (const ours of ['/', '/doors', '/doors/', '/doors?noticeId=x', '/doors/15v-abc_D', '/doors/x#y'])
    expect(matches.test(ours), ours).toBe(true)
  for (const theirs of ['/n/15v-abc', '/api/v1/me', '/doors/x/y', '/assets/index.js', '/doorsx'])
    expect(matches.test(theirs), theirs).toBe(false)
  expect(new RegExp(appPaths).test('/api/v1/me')).toBe(false)
})

test('screens say the same things in both languages', async () => {
  const folders = [
    join(root, 'web'),
    join(root, 'web/screens'),
    ...parts.map(part => join(root, 'modules', part, 'web')),
  ]
  for (const folder of folders) {
    if (!existsSync(join(folder, 'words.vi.ts'))) continue
    const { vi } = (await load(join(folder, 'words.vi.ts'))) as { vi: Record<string, string> }
    const { en } = (await load(join(folder, 'words.en.ts'))) as { en: Record<string, string> }
    expect(Object.keys(en).toSorted(), folder).toEqual(Object.keys(vi).toSorted())
    for (const [key, text] of Object.entries(vi)) {
      const blanks = (words: string) => [...new Set(words.match(/\{\w+\}/g) ?? [])].toSorted()
      expect(blanks(en[key]!), `${folder} ${key}`).toEqual(blanks(text))
    }
  }
})
