// Somebody links his account to a home by its code, follows the commune's account, or leaves it.
import { linkByCode, linkedKinds, unlink, type LinkedKind } from '#people'
import { Problem } from '#core/problem'
import type { Became, Heading } from './heading.ts'

/** Codes that one address may try: six digits are not to be guessed. */
const tries = { calls: 5, seconds: 3600 }

const linkedKind = (kind: Heading['addressKind']): LinkedKind | undefined => linkedKinds.find(one => one === kind)

function mayTry({ app, tenant, account, address }: Heading): boolean {
  try {
    app.limits.spend(`delivery.link/${tenant}/${account}/${address}`, tries)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

/** Without a code he hears how to link a home; whoever tries too many hears nothing. */
export async function joins(heading: Heading, code: string | undefined): Promise<Became | undefined> {
  const { app, tx, tenant, addressKind, value } = heading
  const kind = linkedKind(addressKind)
  if (!kind) return undefined
  const sealedTo = app.keys.seal('reply-to', value)
  if (code === undefined) return { says: 'welcome', sealedTo }
  if (!mayTry(heading)) return undefined
  const household = await linkByCode(tx, tenant, { kind, value, code, isDemo: app.config.isDemo })
  return household === undefined ? { says: 'code_wrong', sealedTo } : { says: 'linked', household }
}

export async function leaves({ tx, tenant, addressKind, value }: Heading, at: Date) {
  const kind = linkedKind(addressKind)
  if (kind) await unlink(tx, tenant, { kind, value, at })
}
