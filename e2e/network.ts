// The network of one phone, as a wire that a test can cut: all that its browser asks, pages and workers alike, goes through a relay.
// The browser's own "offline" only hides answers: now and then a request still reaches the server.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'

interface Wire {
  isCut: boolean
  ends: Set<Socket>
}

const cutAll = ({ ends }: Wire) => {
  for (const end of ends) end.destroy()
}

/** SOCKS 5 without a password: greet, name a port of this machine, then bytes both ways. */
function carry(phone: Socket, wire: Wire) {
  if (wire.isCut) {
    phone.destroy()
    return
  }
  const hold = (end: Socket) => {
    wire.ends.add(end)
    end.on('error', () => {})
    end.once('close', () => wire.ends.delete(end))
  }
  hold(phone)
  phone.once('data', () => {
    phone.write(Buffer.from([5, 0]))
    phone.once('data', asked => {
      const server = connect(asked.readUInt16BE(asked.length - 2), 'localhost', () => {
        phone.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
        phone.pipe(server).pipe(phone)
      })
      hold(server)
      server.once('close', () => phone.destroy())
      phone.once('close', () => server.destroy())
    })
  })
}

const wires = new WeakMap<BrowserContext, Wire>()

/** A browser of its own behind a wire of its own. */
export async function wired(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const wire: Wire = { isCut: false, ends: new Set() }
  const relay = createServer(phone => carry(phone, wire))
  await new Promise<void>(done => relay.listen(0, '127.0.0.1', done))
  const { port } = relay.address() as AddressInfo
  const context = await browser.newContext({ ...options, proxy: { server: `socks5://127.0.0.1:${port}` } })
  wires.set(context, wire)
  context.once('close', () => {
    relay.close()
    cutAll(wire)
  })
  return context
}

/** Cuts the wire, then lets the browser know, as a phone does that leaves the last bar behind. */
export async function networkOff(context: BrowserContext) {
  const wire = wires.get(context)!
  wire.isCut = true
  cutAll(wire)
  await context.setOffline(true)
}

export async function networkOn(context: BrowserContext) {
  wires.get(context)!.isCut = false
  await context.setOffline(false)
}
