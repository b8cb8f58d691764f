// Banks' branches and whom they serve: for who keeps the server, when no province's officer is here.
import { inTransaction } from '#core/db'
import { changeOwner, makeOwner } from '#units'
import { needed, optional, Refused, type Command } from './command.ts'
import { withInstallation } from './installation.ts'

const listed = (text: string) => {
  const codes = text.split(',').map(code => code.trim())
  if (!codes.every(Boolean)) throw new Refused('--serves wants codes of communes, separated by commas')
  return codes
}

export const owner: Command = {
  usage: '--name NAME --serves CODE,CODE… | --unit NUMBER --serves CODE,CODE…',
  about:
    "Makes a bank's branch that serves these communes (prints its number: the unit of its posts), or changes whom it serves",
  options: { name: { type: 'string' }, unit: { type: 'string' }, serves: { type: 'string' } },
  async run({ values }, { say, give }) {
    const communes = listed(needed(values, 'serves'))
    const number = optional(values, 'unit')
    const name = number ? '' : needed(values, 'name')
    const made = await withInstallation({ say }, ({ running }) =>
      inTransaction(running.app.sql, tx =>
        number ? changeOwner(tx, number, communes) : makeOwner(tx, { name, communes }),
      ),
    )
    give(made, made.id)
  },
}
