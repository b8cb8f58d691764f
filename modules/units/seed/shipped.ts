import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFormer, readPresent, readUnresolved, type Table } from './table.ts'

const file = (name: keyof Table) => readFileSync(join(import.meta.dirname, `${name}.tsv`), 'utf8')

/** The table this version ships: 34 provinces and 3,321 communes of today, and what they were. */
export const shippedTable = (): Table => ({
  present: readPresent(file('present')),
  former: readFormer(file('former')),
  unresolved: readUnresolved(file('unresolved')),
})
