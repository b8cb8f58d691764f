// What a resident's phone fetches before the feed can be read: script and style, as gzip.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Bytes of gzip, script and style together, for a resident's first load. */
export const firstLoadBudget = 30_720

/** @param dir a built app @returns each file of the first load with its bytes as gzip */
export function firstLoadOf(dir: string): { name: string; bytes: number }[] {
  const names = JSON.parse(readFileSync(join(dir, 'first-load.json'), 'utf8')) as string[]
  return names.map(name => ({ name, bytes: gzipSync(readFileSync(join(dir, name)), { level: 9 }).length }))
}
