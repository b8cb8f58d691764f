import { readConfig } from '#core/config'
import { Refused, type Command } from './command.ts'
import { root, withInstallation } from './installation.ts'

export const db: Command = {
  usage: 'url',
  about: 'The address of the database that runs now, for psql and the like',
  async run({ words }, { say, give }) {
    if (words[0] !== 'url') throw new Refused('loa db knows one word: url')
    const { databaseUrl } = readConfig(process.env, root)
    const url = databaseUrl ?? (await embeddedUrl(say))
    give({ url }, url)
  },
}

const embeddedUrl = (say: (line: string) => void) =>
  withInstallation({ say }, async ({ opened }) => {
    if (!opened.isAdopted) throw new Error('the database is not running: npm start runs it')
    return `postgres:///loa?host=${encodeURIComponent(opened.where)}&user=loa`
  })
