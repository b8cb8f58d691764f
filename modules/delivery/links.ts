// The link that a message carries to a home: its own, or the one behind which a shared number's homes are chosen from.
import type { Address, Channel } from '#channels'
import type { Going } from './call-addresses.ts'
import { addressMark, messageToken } from './message-link.ts'
import { homeNumbers } from './store/home-numbers.ts'

export type LinkOf = (householdId: string, shared?: Address) => string

/** What is private opens by no link: it leads into the app. A device needs none: it opens what it was told of by itself. */
export async function linksFor(
  { app, channel, publication: p }: Pick<Going, 'app' | 'publication'> & { channel?: Channel },
  householdIds: readonly string[],
): Promise<LinkOf> {
  const { publicUrl } = app.config
  if (p.isPrivate || channel?.declares.address === 'device') return () => `${publicUrl}/`
  const numbers = await homeNumbers(app.sql, p.tenant, householdIds)
  return (householdId, shared) => {
    const link = { tenant: p.tenant, homeNo: numbers.get(householdId)!, publicationNo: p.no }
    const mark = shared ? { addressMark: addressMark(Buffer.from(shared.id, 'hex')) } : {}
    return `${publicUrl}/t/${messageToken(app.keys, { ...link, ...mark })}`
  }
}
