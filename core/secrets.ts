import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The installation's one secret and what is made from it. */
export interface Keys {
  /** A digest bound to its purpose (HMAC-SHA-256). */
  mac: (purpose: string, text: string) => Buffer
  /** AES-256-GCM; opens only with the same purpose. */
  seal: (purpose: string, text: string) => string
  unseal: (purpose: string, sealed: string) => string
}

export function keysFrom(secret: Buffer): Keys {
  /** Purposes are a few dozen words of ours: each key is made once. */
  const made = new Map<string, Buffer>()
  const key = (purpose: string) => {
    const known = made.get(purpose)
    if (known) return known
    const fresh = createHmac('sha256', secret).update(purpose).digest()
    if (made.size < 200) made.set(purpose, fresh)
    return fresh
  }
  return {
    mac: (purpose, text) =>
      createHmac('sha256', key(`mac:${purpose}`))
        .update(text)
        .digest(),
    seal(purpose, text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key(`seal:${purpose}`), iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
    },
    unseal(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const open = createDecipheriv('aes-256-gcm', key(`seal:${purpose}`), bytes.subarray(0, 12))
      open.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([open.update(bytes.subarray(28)), open.final()]).toString('utf8')
    },
  }
}

/** SECRET_KEY, else the file beside the data, made at the first start. No backup holds it. */
export function readSecret(fromEnv: string | undefined, file: string): Buffer {
  if (fromEnv) return createHash('sha256').update(fromEnv).digest()
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  }
  chmodSync(file, 0o600)
  return createHash('sha256').update(readFileSync(file, 'utf8').trim()).digest()
}

export const newToken = (bytes = 32) => randomBytes(bytes).toString('base64url')
export const digest = (text: string) => createHash('sha256').update(text).digest()
export const isSame = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)
