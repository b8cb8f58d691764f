// The browsers' side of the push service: what Firefox speaks with Mozilla's (autopush's WebSocket), so that a real browser can join it.
import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Pushed, PushService } from './simulator.ts'
import { acceptSocket, type TextSocket } from './socket.ts'

interface Browser {
  /** Its subscriptions: channel → endpoint. */
  channels: Map<string, string>
  off: (() => void)[]
}

interface Said {
  messageType?: 'hello' | 'register' | 'unregister' | 'ack' | 'nack' | 'broadcast_subscribe'
  uaid?: string
  channelID?: string
  key?: string
}

type Phones = Pick<PushService, 'subscribe' | 'unsubscribe' | 'listen'>

class Line {
  readonly #socket: TextSocket
  readonly #phones: Phones
  readonly #browsers: Map<string, Browser>
  #browser: Browser = { channels: new Map(), off: [] }

  constructor(socket: TextSocket, phones: Phones, browsers: Map<string, Browser>) {
    this.#socket = socket
    this.#phones = phones
    this.#browsers = browsers
  }

  #say(what: object) {
    this.#socket.send(JSON.stringify(what))
  }

  #listen(channelID: string, endpoint: string) {
    const heard = ({ body, seconds }: Pushed) => {
      const version = randomBytes(9).toString('base64url')
      const data = body.length ? { data: body.toString('base64url'), headers: { encoding: 'aes128gcm' } } : {}
      this.#say({ messageType: 'notification', channelID, version, ttl: seconds, ...data })
    }
    this.#browser.off.push(this.#phones.listen(endpoint, heard))
  }

  /** It comes back with the name that it got, and hears what it missed. */
  #hello({ uaid = '' }: Said) {
    const known = this.#browsers.get(uaid)
    const name = known ? uaid : randomBytes(16).toString('hex')
    this.#browser = known ?? this.#browser
    this.#browsers.set(name, this.#browser)
    this.#say({ messageType: 'hello', status: 200, uaid: name, use_webpush: true, broadcasts: {} })
    for (const [channel, endpoint] of this.#browser.channels) this.#listen(channel, endpoint)
  }

  #register({ channelID = '', key = '' }: Said) {
    // Written with padding by some versions, without by the standard.
    const pushEndpoint = this.#phones.subscribe(key.replaceAll('=', ''))
    this.#browser.channels.set(channelID, pushEndpoint)
    this.#listen(channelID, pushEndpoint)
    this.#say({ messageType: 'register', channelID, status: 200, pushEndpoint })
  }

  #unregister({ channelID = '' }: Said) {
    const endpoint = this.#browser.channels.get(channelID)
    if (endpoint) this.#phones.unsubscribe(endpoint)
    this.#browser.channels.delete(channelID)
    this.#say({ messageType: 'unregister', channelID, status: 200 })
  }

  hear(words: string) {
    const said = JSON.parse(words) as Said
    switch (said.messageType) {
      case 'hello':
        return this.#hello(said)
      case 'register':
        return this.#register(said)
      case 'unregister':
        return this.#unregister(said)
      case undefined:
        return this.#say({})
      case 'ack':
      case 'nack':
      case 'broadcast_subscribe':
        return undefined
    }
  }

  end() {
    for (const off of this.#browser.off.splice(0)) off()
  }
}

/** Browsers join by `ws://` at the service's own address. @returns what ends their lines */
export function letBrowsersJoin(server: Server, phones: Phones) {
  const browsers = new Map<string, Browser>()
  const lines = new Set<Duplex>()
  server.on('upgrade', (request, line) => {
    lines.add(line)
    const socket = acceptSocket(request, line)
    const mine = new Line(socket, phones, browsers)
    socket.heard = words => {
      try {
        mine.hear(words)
      } catch {
        line.destroy()
      }
    }
    socket.ended = () => {
      lines.delete(line)
      mine.end()
    }
  })
  return () => {
    for (const line of lines) line.destroy()
  }
}
