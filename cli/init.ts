import { setupLink } from '#access'
import { readConfig } from '#core/config'
import { findHolder } from '#core/lock'
import { Refused, type Command } from './command.ts'
import { root, withInstallation } from './installation.ts'

export const init: Command = {
  usage: '',
  about: 'A new single-use set-up address of an empty installation; older ones die',
  async run(_, { say, give }) {
    const config = readConfig(process.env, root)
    if (config.isDemo) throw new Refused('the demo is set up already: npm start prints its links')
    const holder = process.env['PUBLIC_URL'] ? undefined : findHolder(config.dataDir)
    const here = holder ? { ...config, publicUrl: holder.address } : config
    const url = await withInstallation({ say, config: here }, ({ running }) => setupLink(running.app))
    if (!url) throw new Refused('somebody has an account already: loa link signs an officer in')
    give({ url }, url)
  },
}
