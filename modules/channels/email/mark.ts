// What a letter carries to be told apart by later: in its return address, and in its link to stop. Nothing is stored.
import { inside, outside } from '#core/ids'
import type { App } from '#core/module'
import { isSame } from '#core/secrets'

export interface Marked {
  tenant: number
  contactId: string
}

const macBytes = 8
const plain = (uuid: string) => uuid.replaceAll('-', '')
const dashed = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
const macOf = (app: App, purpose: string, { tenant, contactId }: Marked) =>
  app.keys.mac(purpose, `${tenant}/${contactId}`).subarray(0, macBytes)

/** For a return address: small letters and digits only, since servers may fold its case. 42 to 49 characters. */
export const bounceMark = (app: App, marked: Marked) =>
  `${marked.tenant.toString(36)}-${plain(marked.contactId)}-${macOf(app, 'bounce', marked).toString('hex')}`

/** The first mark of ours in a text; undefined for whatever we did not make. */
export function findBounceMark(app: App, text: string): Marked | undefined {
  for (const [, tenant, id, mac] of text.toLowerCase().matchAll(/\+([0-9a-z]{1,7})-([0-9a-f]{32})-([0-9a-f]{16})@/g)) {
    const marked = { tenant: Number.parseInt(tenant!, 36), contactId: dashed(id!) }
    if (isSame(Buffer.from(mac!, 'hex'), macOf(app, 'bounce', marked))) return marked
  }
  return undefined
}

/** For the link that stops what is optional. */
export const stopToken = (app: App, marked: Marked) =>
  `${outside(marked.tenant, marked.contactId)}.${macOf(app, 'stop', marked).toString('base64url')}`

export function readStopToken(app: App, token: string): Marked | undefined {
  const [id = '', mac = ''] = token.split('.')
  if (!/^[\w-]{11}$/.test(mac)) return undefined
  try {
    const { tenant, id: contactId } = inside(id)
    const marked = { tenant, contactId }
    return isSame(Buffer.from(mac, 'base64url'), macOf(app, 'stop', marked)) ? marked : undefined
  } catch {
    return undefined
  }
}
