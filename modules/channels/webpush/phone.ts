// A phone's half of web push (RFC 8291): its keys never leave it, and nobody else can read what comes. For tests and the story.
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

export interface PhoneKeys {
  /** What the phone tells the server, as `PushSubscription.toJSON().keys`. */
  keys: { p256dh: string; auth: string }
  /** @throws Error when it was not encrypted for this phone */
  decrypt: (body: Buffer) => string
}

const derive = (secret: Buffer, salt: Buffer, info: Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length))

export function newPhoneKeys(): PhoneKeys {
  const mine = createECDH('prime256v1')
  const point = mine.generateKeys()
  const auth = randomBytes(16)
  return {
    keys: { p256dh: point.toString('base64url'), auth: auth.toString('base64url') },
    decrypt(body) {
      const salt = body.subarray(0, 16)
      const keyLength = body.readUInt8(20)
      const theirs = body.subarray(21, 21 + keyLength)
      const sealed = body.subarray(21 + keyLength)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), point, theirs])
      const secret = derive(mine.computeSecret(theirs), auth, info, 32)
      const key = derive(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
      const nonce = derive(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
      const open = createDecipheriv('aes-128-gcm', key, nonce)
      open.setAuthTag(sealed.subarray(-16))
      const plain = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()])
      // One record: the text, the byte 2, padding.
      return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8')
    },
  }
}
