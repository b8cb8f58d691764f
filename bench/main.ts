// `npm run bench -- NAME [--json]`: one bench, its figures beside a yardstick of the same run.
import '../core/tsx.ts'
import { readdirSync } from 'node:fs'

const names = ['fanout', 'drain', 'feed', 'receipts', 'import', 'live', 'page', 'start']
const there = new Set(readdirSync(import.meta.dirname))
const known = names.filter(name => there.has(`${name}.ts`))
const asked = process.argv.slice(2).find(word => !word.startsWith('-'))

if (!asked || !known.includes(asked)) {
  console.error(`npm run bench -- NAME [--json]: ${known.join(', ')}`)
  process.exit(2)
}
const { run } = (await import(`./${asked}.ts`)) as { run: (json: boolean) => Promise<void> }
await run(process.argv.includes('--json'))
process.exit(0)
