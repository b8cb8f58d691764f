// `npm run bench -- NAME [--json]`, `drain --channel sms|push|email|zalo`: one bench, its figures beside a yardstick of the same run.
import '../core/tsx.ts'
import { readdirSync } from 'node:fs'

const names = ['fanout', 'drain', 'feed', 'receipts', 'import', 'hooks', 'live', 'page', 'start', 'cascade']
const there = new Set(readdirSync(import.meta.dirname))
const known = names.filter(name => there.has(`${name}.ts`))
const asked = process.argv.slice(2).find(word => !word.startsWith('-'))

if (!asked || !known.includes(asked)) {
  console.error(`npm run bench -- NAME [--json]: ${known.join(', ')}`)
  process.exit(2)
}
const json = process.argv.includes('--json')
const at = process.argv.indexOf('--channel')
if (asked === 'drain' && at > 0) {
  const { runChannel } = await import('./drain-channel.ts')
  await runChannel(json, process.argv[at + 1] ?? '')
} else {
  const { run } = (await import(`./${asked}.ts`)) as { run: (json: boolean) => Promise<void> }
  await run(json)
}
process.exit(0)
