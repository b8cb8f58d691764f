import { recount as count } from '#delivery'
import { getUnit } from '#units'
import { needed, type Command } from './command.ts'
import { withInstallation } from './installation.ts'

export const recount: Command = {
  usage: '--commune CODE',
  about: 'Counts every home anew and holds the result against the figures on screen',
  options: { commune: { type: 'string' } },
  async run({ values }, { say, give }) {
    const code = needed(values, 'commune')
    const counted = await withInstallation({ say }, async ({ opened, running: { app } }) => {
      const { tenant } = await getUnit(app.sql, code)
      return count(opened.sql, tenant)
    })
    const lines = counted.differences.map(
      one => `${one.publishedId} ${one.what}: kept ${one.kept}, counted ${one.counted}`,
    )
    const summary = `${counted.publications} publications, ${counted.homes} homes: ${lines.length ? 'the figures differ' : 'every figure is right'}`
    give(counted, [summary, ...lines].join('\n'))
    if (lines.length) throw new Error(`${lines.length} figures differ from the count`)
  },
}
