// Which addresses this server may post to. An endpoint comes from outside: it must never lead into a network of ours.
import { lookup } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'

const closed = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  closed.addSubnet(net, bits, 'ipv6')

/** An address on the open internet? IPv4 in IPv6's clothes is looked at as IPv4. */
export function isPublicIp(ip: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped) return isPublicIp(mapped)
  if (/^::ffff:/i.test(ip)) return false
  const family = isIP(ip)
  return family !== 0 && !closed.check(ip, family === 4 ? 'ipv4' : 'ipv6')
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '')
const isLoopback = (host: string) => host === 'localhost' || host === '127.0.0.1' || host === '::1'

export type Safety = 'safe' | 'address_unsafe' | 'demo_only'

/**
 * May we post there at all? A demo posts to this machine only, since its people are made up; a real installation only
 * to https on the open internet.
 */
export function safetyOf(endpoint: string, isDemo: boolean): Safety {
  const url = URL.parse(endpoint)
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) return 'address_unsafe'
  const host = hostOf(url)
  if (isDemo) return isLoopback(host) ? 'safe' : 'demo_only'
  if (url.protocol !== 'https:' || isLoopback(host) || (!host.includes('.') && isIP(host) === 0))
    return 'address_unsafe'
  return isIP(host) !== 0 && !isPublicIp(host) ? 'address_unsafe' : 'safe'
}

/** Resolves names to public addresses only: the very addresses that are then connected to, so that a name cannot change in between. */
export const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 4)
    const open = addresses.filter(one => isPublicIp(one.address))
    const [first] = open
    if (!first) return done(Object.assign(new Error('not a public address'), { code: 'EUNSAFE' }), '', 4)
    return options.all ? done(null, open) : done(null, first.address, first.family)
  })
}
