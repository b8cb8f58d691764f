// The command line: npm run -s loa -- COMMAND …
import '../core/tsx.ts'
import { parseArgs } from 'node:util'
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

/** What a person sees of an error: the sentence of a Problem in Vietnamese, else what happened. */
async function sentenceOf(error: unknown): Promise<{ line: string; code?: string; isRefused: boolean }> {
  const { Problem } = await import('#core/problem')
  if (error instanceof Problem) {
    const { say } = await import('#core/words')
    const line = (['vi', 'en'] as const).map(language => say(language, `problem.${error.code}`, error.data)).join('\n')
    return { line, code: error.code, isRefused: true }
  }
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
    const { line, code, isRefused } = await sentenceOf(error)
    console.error(line)
    // One answer: a list of refused rows already says it.
    if (isJson && !said.hasGiven)
      console.log(JSON.stringify({ code: code ?? (isRefused ? 'refused' : 'failed'), message: line }))
    return isRefused ? 2 : 1
  }
}

process.exitCode = await main(process.argv.slice(2))
