// Encryption for one browser (RFC 8291, content coding aes128gcm of RFC 8188), without anything of ours: a thread of its own runs it.
// A fresh key pair a message, as the standard wants; its two curve operations are most of the cost.
import { createCipheriv, createECDH, createHmac, randomBytes } from 'node:crypto'

/** What a browser tells by `PushSubscription.toJSON().keys`, and the text. */
export interface Sealing {
  p256dh: string
  auth: string
  payload: string
}

/** Bytes of a record, all headers' sizes included: one record holds the whole message. */
const recordSize = 4096

const hmac = (key: Buffer, ...parts: Buffer[]) => {
  const made = createHmac('sha256', key)
  for (const part of parts) made.update(part)
  return made.digest()
}
/** HKDF (RFC 5869) of at most 32 bytes. */
const expand = (key: Buffer, info: Buffer, length: number) => hmac(key, info, Buffer.of(1)).subarray(0, length)

const keyInfo = Buffer.from('WebPush: info\0')
const cekInfo = Buffer.from('Content-Encoding: aes128gcm\0')
const nonceInfo = Buffer.from('Content-Encoding: nonce\0')

/** The last record ends with the byte 2 before any padding. */
const end = Buffer.of(2)

/**
 * @param fixed what a published example used instead of chance
 * @returns the body to be posted @throws Error where the browser's key is no point of the curve
 */
export function encrypt({ p256dh, auth, payload }: Sealing, fixed?: { privateKey: Buffer; salt: Buffer }): Buffer {
  const phone = Buffer.from(p256dh, 'base64url')
  const pair = createECDH('prime256v1')
  if (fixed) pair.setPrivateKey(fixed.privateKey)
  const mine = fixed ? pair.getPublicKey() : pair.generateKeys()
  const salt = fixed?.salt ?? randomBytes(16)
  const shared = hmac(Buffer.from(auth, 'base64url'), pair.computeSecret(phone))
  const secret = hmac(salt, expand(shared, Buffer.concat([keyInfo, phone, mine]), 32))
  const seal = createCipheriv('aes-128-gcm', expand(secret, cekInfo, 16), expand(secret, nonceInfo, 12))
  const head = Buffer.alloc(21)
  salt.copy(head)
  head.writeUInt32BE(recordSize, 16)
  head.writeUInt8(mine.length, 20)
  const body = [seal.update(payload, 'utf8'), seal.update(end), seal.final()]
  return Buffer.concat([head, mine, ...body, seal.getAuthTag()])
}
