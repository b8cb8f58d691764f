// Keys for people and programs: printed alone, so that a script can take them.
import { findHolder } from '#core/lock'
import { readConfig, type Config } from '#core/config'
import { linkFor, roles, tokenFor, type Role, type Whose } from '#access'
import { needed, optional, Refused, type Command, type Values } from './command.ts'
import { root, withInstallation } from './installation.ts'

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)

function whose(values: Values): Whose {
  const role = needed(values, 'role')
  if (!isRole(role)) throw new Refused(`there is no role ${role}; roles: ${roles.join(' ')}`)
  if (role === 'resident') return { role, household: needed(values, 'household') }
  return { role, unit: needed(values, 'unit'), name: optional(values, 'name') }
}

const options = {
  role: { type: 'string' },
  unit: { type: 'string' },
  household: { type: 'string' },
  name: { type: 'string' },
} as const

/** A link must lead to where the server answers, and the running one knows that best. */
function configWithAddress(): Config {
  const config = readConfig(process.env, root)
  const holder = process.env['PUBLIC_URL'] ? undefined : findHolder(config.dataDir)
  return holder ? { ...config, publicUrl: holder.address } : config
}

export const token: Command = {
  usage: '--role ROLE --unit UNIT | --role resident --household ID',
  about: "An API token of the post's holder (made if the post is vacant), or of a home",
  options,
  async run({ values }, { say, give }) {
    const asked = whose(values)
    const made = await withInstallation({ say }, ({ running }) => tokenFor(running.app, asked))
    give({ token: made }, made)
  },
}

export const link: Command = {
  usage: '--role ROLE --unit UNIT | --role resident --household ID',
  about: 'One sign-in address, to be used once within 72 hours',
  options,
  async run({ values }, { say, give }) {
    const asked = whose(values)
    const url = await withInstallation({ say, config: configWithAddress() }, ({ running }) =>
      linkFor(running.app, asked),
    )
    give({ url }, url)
  },
}
