// Is a call really Zalo's? A plain SHA-256 over what only both sides know; its documents differ in what stands first and which secret it
// is, so each way is tried and the first that was right is held to. Decisions without I/O.
import { createHash } from 'node:crypto'
import { isSame } from '#core/secrets'

export interface Known {
  appId: string
  oaId: string
  appSecret: string
  oaSecretKey: string | undefined
}

const firsts = ['app', 'oa'] as const
const secretsTried = ['oa-key', 'app-secret'] as const
const prefixes = ['mac', 'bare'] as const

const digestOf = (first: string, raw: Buffer, timestamp: string, secret: string) =>
  createHash('sha256').update(first).update(raw).update(timestamp).update(secret).digest()

interface Call {
  raw: Buffer
  /** As it stands in the body. */
  timestamp: string
  header: string | null
}

/** @param pinned the variant that was right before: no other is, then @returns the variant that is right */
export function variantOf({ raw, timestamp, header }: Call, known: Known, pinned: string | null): string | undefined {
  const [, mac, hex] = /^(mac=)?([\da-f]{64})$/i.exec(header?.trim() ?? '') ?? []
  if (hex === undefined) return undefined
  const said = Buffer.from(hex, 'hex')
  const prefix = prefixes[mac ? 0 : 1]
  for (const first of firsts)
    for (const which of secretsTried) {
      const secret = which === 'oa-key' ? known.oaSecretKey : known.appSecret
      const variant = `${first}/${which}/${prefix}`
      if (!secret || (pinned !== null && pinned !== variant)) continue
      if (isSame(said, digestOf(first === 'app' ? known.appId : known.oaId, raw, timestamp, secret))) return variant
    }
  return undefined
}
