// Push services want somebody to write to (RFC 8292, `sub`). Apple's refuses what is plainly made up, with 403 BadJwtToken.
import { isIP } from 'node:net'
import type { Config } from '#core/config'

/** Names that lead nowhere on the open internet (RFC 2606, 6761, 6762, 8375 and what networks at home are called). */
const nowhere = /(^|\.)(localhost|local|invalid|test|example|example\.(com|net|org)|internal|lan|home|arpa)$/

const isRealHost = (host: string) => host.includes('.') && isIP(host) === 0 && !nowhere.test(host)

/** A `mailto:` or `https:` address that somebody may answer at. */
export function isRealContact(contact: string): boolean {
  const mail = /^mailto:[^\s@<>,?]+@([\w.-]+)$/i.exec(contact)
  if (mail) return isRealHost(mail[1]!.toLowerCase())
  const url = URL.parse(contact)
  return url?.protocol === 'https:' && !url.username && isRealHost(url.hostname)
}

/** Undefined: nobody is named yet, and no phone can be told. A demo speaks to this machine only and has a name of its own. */
export function contactOf({ isDemo, pushContact, publicUrl }: Pick<Config, 'isDemo' | 'pushContact' | 'publicUrl'>) {
  if (isDemo) return 'mailto:loa-lang@localhost'
  return [pushContact, publicUrl].find(one => one !== undefined && isRealContact(one))
}

/** For whoever starts the server: what to write where. Undefined when all is well. @throws Error where PUSH_CONTACT is nobody's address */
export function whatContactLacks(config: Pick<Config, 'isDemo' | 'pushContact' | 'publicUrl'>): string | undefined {
  const { pushContact } = config
  if (pushContact !== undefined && !isRealContact(pushContact))
    throw new Error(`PUSH_CONTACT must be mailto:… or https:… at a real domain, not ${pushContact}`)
  if (contactOf(config)) return undefined
  return 'Web push is off: name whom push services may write to, PUSH_CONTACT=mailto:…, or give PUBLIC_URL an https address'
}
