// Which hosts an account may lead to. What an officer types must not reach into a network that the operator did not open.
import { isIP } from 'node:net'
import type { App } from '#core/module'
import type { Host } from './account.ts'
import { isPublicIp, publicLookup } from './safe-address.ts'

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')
/** As a connection takes it: `10.1` and `0xa.1` are ways of writing 10.0.0.1. */
const bare = (host: string) => (URL.parse(`https://${host}`)?.hostname ?? host.toLowerCase()).replace(/^\[|\]$/g, '')

export type HostSafety = 'safe' | 'account_demo_only' | 'account_host_unsafe'

/**
 * A demo speaks to this machine only. A real installation speaks to public hosts, and to those of its own network that the
 * operator named in CHANNEL_HOSTS (a gateway or a mail server in the house).
 */
export function safetyOfHost(app: App, { host, isEncrypted }: Host): HostSafety {
  const name = bare(host)
  if (app.config.isDemo) return isLoopback(name) ? 'safe' : 'account_demo_only'
  if (app.config.channelHosts.includes(name)) return 'safe'
  if (!isEncrypted || isLoopback(name) || (isIP(name) === 0 && !name.includes('.'))) return 'account_host_unsafe'
  return isIP(name) !== 0 && !isPublicIp(name) ? 'account_host_unsafe' : 'safe'
}

/** Looks names up so that they lead where they may: a named host anywhere, all others to public addresses only. */
export const lookupFor = (app: App, host: string) =>
  app.config.isDemo || app.config.channelHosts.includes(bare(host)) ? undefined : publicLookup
