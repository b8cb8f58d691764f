// A stand-in of the push services of browser makers: takes what the servers send, and hands each phone what only it can decrypt (RFC 8291, 8188).
import { createDecipheriv, createECDH, createHmac, randomBytes, type ECDH } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PushPhone {
  /** What the phone gives to the server. */
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } }
}

interface Receiver {
  key: ECDH
  auth: Buffer
  heard: (message: unknown) => void
}

const hmac = (key: Buffer, ...parts: Buffer[]) => createHmac('sha256', key).update(Buffer.concat(parts)).digest()
const one = Buffer.from([1])

/** Opens one record of `aes128gcm`. */
function decrypt(body: Buffer, { key, auth }: Pick<Receiver, 'key' | 'auth'>): string {
  const salt = body.subarray(0, 16)
  const idLength = body[20]!
  const sender = body.subarray(21, 21 + idLength)
  const sealed = body.subarray(21 + idLength)
  const shared = key.computeSecret(sender)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), key.getPublicKey(), sender])
  const secret = hmac(hmac(auth, shared), info, one)
  const prk = hmac(salt, secret)
  const contentKey = hmac(prk, Buffer.from('Content-Encoding: aes128gcm\0'), one).subarray(0, 16)
  const nonce = hmac(prk, Buffer.from('Content-Encoding: nonce\0'), one).subarray(0, 12)
  const open = createDecipheriv('aes-128-gcm', contentKey, nonce)
  open.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()])
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8')
}

export interface PushService {
  /** @param heard what the phone's worker gets, decrypted */
  subscribe: (heard: (message: unknown) => void) => PushPhone
  /** How many messages came. */
  count: () => number
  /** From now on answers like a service that is down. */
  fail: () => void
  stop: () => Promise<void>
}

export async function startPushService(): Promise<PushService> {
  const receivers = new Map<string, Receiver>()
  let taken = 0
  let isDown = false
  const server = createServer((request, response) => {
    const receiver = receivers.get(request.url ?? '')
    const parts: Buffer[] = []
    request.on('data', part => parts.push(part as Buffer))
    request.on('end', () => {
      response.writeHead(isDown ? 503 : receiver ? 201 : 410).end()
      if (!receiver || isDown) return
      taken++
      receiver.heard(JSON.parse(decrypt(Buffer.concat(parts), receiver)))
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    subscribe(heard) {
      const path = `/push/${randomBytes(16).toString('base64url')}`
      const key = createECDH('prime256v1')
      key.generateKeys()
      const auth = randomBytes(16)
      receivers.set(path, { key, auth, heard })
      const keys = { p256dh: key.getPublicKey('base64url'), auth: auth.toString('base64url') }
      return { subscription: { endpoint: `${base}${path}`, keys } }
    },
    count: () => taken,
    fail() {
      isDown = true
    },
    stop: () => new Promise(done => server.close(() => done())),
  }
}
