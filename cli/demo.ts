import { readConfig } from '#core/config'
import { Refused, type Command } from './command.ts'
import { root, openInstallation } from './installation.ts'

export const demo: Command = {
  usage: '[--seed N] [--villages N]',
  about: 'Fills the demo database, if it is empty, with made-up communes',
  options: { seed: { type: 'string' }, villages: { type: 'string' } },
  async run({ values }, { say, give }) {
    if (!readConfig(process.env, root).isDemo)
      throw new Refused(
        'this is a real installation: the demo never goes into it. Leave DATA_DIR and DATABASE_URL out, or set DEMO=1 on an empty one.',
      )
    const size = {
      seed: wholeNumber(values['seed'], 1),
      villages: values['villages'] ? wholeNumber(values['villages'], 1) : undefined,
    }
    const { running, opened, isNewDemo } = await openInstallation({ say, demo: size })
    await running.stop()
    await opened.close({ stopDatabase: 'if_unused' })
    give({ loaded: isNewDemo }, isNewDemo ? 'The demo is loaded' : 'The demo was there already')
  },
}

function wholeNumber(text: string | boolean | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  if (typeof text !== 'string' || !/^\d{1,9}$/.test(text)) throw new Refused(`a whole number is wanted, not ${text}`)
  return Number(text)
}
