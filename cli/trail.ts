import { isTrailHead, sealTrail, verifyTrail } from '#core/trail'
import { getUnit } from '#units'
import { needed, optional, Refused, type Command } from './command.ts'
import { withInstallation } from './installation.ts'

/** Proves no more than this: nothing up to a head that was kept elsewhere has been changed. */
export const verify: Command = {
  usage: '--commune CODE [--head HEAD]',
  about: "Computes a commune's trail anew; with a head kept elsewhere proves that nothing before it changed",
  options: { commune: { type: 'string' }, head: { type: 'string' } },
  async run({ values }, { say, give }) {
    const code = needed(values, 'commune')
    const kept = optional(values, 'head')
    if (kept !== undefined && !isTrailHead(kept))
      throw new Refused(
        `--head ${kept} is no head of a trail: one looks like 128-3f9c…, an entry's number and 64 hexadecimal digits, as verify-trail or the foot of a printed door list shows it`,
      )
    const verdict = await withInstallation({ say }, async ({ running: { app } }) => {
      const { tenant } = await getUnit(app.sql, code)
      while ((await sealTrail(app.sql, tenant)) > 0);
      return verifyTrail(app.sql, tenant, kept)
    })
    const proof = kept
      ? 'nothing up to the head kept elsewhere has changed'
      : 'the chain is whole; keep its head elsewhere'
    give(
      verdict,
      `${verdict.entries} entries, head ${verdict.head}\n${verdict.isWhole ? proof : `broken at entry ${verdict.brokenAt}`}`,
    )
    if (!verdict.isWhole) throw new Error(`the trail of ${code} is broken at entry ${verdict.brokenAt}`)
  },
}
