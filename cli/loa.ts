// The command line: npm run -s loa -- COMMAND …
import '../core/tsx.ts'
import { parseArgs } from 'node:util'
import type { Fields } from '#core/fields'
import type { Problem } from '#core/problem'
import { Refused, type Command, type Said } from './command.ts'

/** Each command in a file of its own, read when it is asked for. */
const commands: Record<string, () => Promise<Command>> = {
  init: async () => (await import('./init.ts')).init,
  demo: async () => (await import('./demo.ts')).demo,
  token: async () => (await import('./token.ts')).token,
  link: async () => (await import('./token.ts')).link,
  owner: async () => (await import('./owner.ts')).owner,
  import: async () => (await import('./import.ts')).importing,
  export: async () => (await import('./export.ts')).exporting,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./backup.ts')).restore,
  'verify-trail': async () => (await import('./trail.ts')).verify,
  recount: async () => (await import('./recount.ts')).recount,
  packs: async () => (await import('./packs.ts')).packs,
  db: async () => (await import('./db.ts')).db,
}

function speaker(isJson: boolean) {
  const said: Said & { hasGiven: boolean } = {
    hasGiven: false,
    say(line) {
      if (isJson) console.error(line)
      else console.log(line)
    },
    give(value, words) {
      said.hasGiven = true
      console.log(isJson ? JSON.stringify(value) : words)
    },
  }
  return said
}

async function help() {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, read]) => {
      const { usage, about } = await read()
      return `  ${`${name} ${usage}`.padEnd(68)} ${about}`
    }),
  )
  return `npm run -s loa -- COMMAND [--json]\n\n${lines.join('\n')}\n\nExit: 0 done, 1 failed, 2 refused input.`
}

interface Sentence {
  line: string
  code?: string
  /** Path → sentences in Vietnamese. */
  fields?: Record<string, string[]>
  isRefused: boolean
}

async function sentenceOfProblem({ code, data: { fields, ...data } }: Problem): Promise<Sentence> {
  const [{ say }, { fieldWords }] = await Promise.all([import('#core/words'), import('#core/fields')])
  const line = (['vi', 'en'] as const)
    .flatMap(language => [
      say(language, `problem.${code}`, data),
      ...Object.entries(fieldWords(language, (fields ?? {}) as Fields)).map(
        ([at, said]) => `  ${at}: ${said.join(' ')}`,
      ),
    ])
    .join('\n')
  return { line, code, ...(fields ? { fields: fieldWords('vi', fields as Fields) } : {}), isRefused: true }
}

/** What a person sees of an error: the sentences of a Problem in both languages, else what happened. */
async function sentenceOf(error: unknown): Promise<Sentence> {
  const { Problem } = await import('#core/problem')
  if (error instanceof Problem) return sentenceOfProblem(error)
  const { message, code } = error as Error & { code?: string }
  const isUsage = Boolean(code?.startsWith('ERR_PARSE_ARGS'))
  return { line: message, isRefused: isUsage || error instanceof Refused }
}

async function main([name = 'help', ...rest]: string[]): Promise<number> {
  const isJson = rest.includes('--json')
  const said = speaker(isJson)
  const read = commands[name]
  if (!read) {
    console.error(await help())
    return ['help', '--help', '-h'].includes(name) ? 0 : 2
  }
  try {
    const command = await read()
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, ...command.options },
    })
    await command.run({ values, words: positionals }, said)
    return 0
  } catch (error) {
    const { line, code, fields, isRefused } = await sentenceOf(error)
    console.error(line)
    // One answer: a list of refused rows already says it.
    if (isJson && !said.hasGiven)
      console.log(JSON.stringify({ code: code ?? (isRefused ? 'refused' : 'failed'), message: line, fields }))
    return isRefused ? 2 : 1
  }
}

process.exitCode = await main(process.argv.slice(2))
