// The yardsticks: a bare client that sends as many to the same simulator, with as many on the way, and does nothing else.
import { createTransport } from 'nodemailer'
import smpp, { type Session } from 'smpp'
import { encrypt } from '../modules/channels/webpush/encrypt.ts'
import { newPhoneKeys } from '#channels/simulator'
import { post } from '../modules/channels/webpush/post.ts'
import { authorizationFor, vapidOf } from '../modules/channels/webpush/vapid.ts'
import type { Ground } from './ground.ts'
import type { Simulated } from './simulated.ts'

export interface Rate {
  perSecond: number
  /** CPU of this process for one, in milliseconds: hardly changes when others use the machine too. */
  cpuMs: number
}

/** Does `one` so often, some at a time. */
export async function rateOf(count: number, atOnce: number, one: (n: number) => Promise<unknown>): Promise<Rate> {
  let next = 0
  const cpu = process.cpuUsage()
  const start = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let n = next++; n < count; n = next++) await one(n)
    }),
  )
  const ms = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return { perSecond: (count * 1000) / ms, cpuMs: (user + system) / 1000 / count }
}

const bound = ({ port }: Simulated) =>
  new Promise<Session>((done, failed) => {
    const session = smpp.connect({ host: '127.0.0.1', port })
    session.on('connect', () => {
      const fields = { system_id: 'xa', password: 'mat-khau', system_type: '', interface_version: 0x34 }
      session.send(new smpp.PDU('bind_transceiver', fields), answer => {
        if (answer.command_status) failed(new Error('not bound'))
        else done(session)
      })
    })
    session.on('error', failed)
  })

export async function bareSubmits(provider: Simulated, count: number) {
  const session = await bound(provider)
  const message = Buffer.alloc(150, 'a')
  const submit = (n: number) =>
    new Promise<void>(done => {
      const to = { destination_addr: `849${String(n).padStart(8, '0')}`, dest_addr_ton: 1, dest_addr_npi: 1 }
      const fields = {
        source_addr: 'XA',
        source_addr_ton: 5,
        ...to,
        registered_delivery: 1,
        short_message: { message },
      }
      session.send(new smpp.PDU('submit_sm', fields), () => done())
    })
  const value = await rateOf(count, 40, submit)
  session.destroy()
  return value
}

export async function bareLetters({ port }: Simulated, count: number) {
  const auth = { user: 'xa', pass: 'mat-khau' }
  const pool = createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    ignoreTLS: true,
    auth,
    maxConnections: 5,
    maxMessages: Infinity,
  })
  const text = 'Không mua bán lợn. '.repeat(20)
  const letter = { from: 'a@xa.example', subject: 'Dịch tả lợn', text, html: `<p>${text}</p>` }
  const value = await rateOf(count, 20, n => pool.sendMail({ ...letter, to: `nha${n}@thu.example` }))
  pool.close()
  return value
}

/** Bodies encrypted beforehand, the same for all. */
export async function barePosts({ process: { app } }: Ground, provider: Simulated, count: number) {
  const { publicKey } = await vapidOf(app)
  const endpoints = await provider.subscribe(200, publicKey)
  const body = encrypt({ ...newPhoneKeys().keys, payload: 'x'.repeat(400) })
  const authorization = (await authorizationFor(app, endpoints[0]!))!
  const headers = { ttl: '3600', 'content-encoding': 'aes128gcm', 'content-length': String(body.length), authorization }
  return rateOf(count, 80, async n => {
    const { status } = await post(endpoints[n % endpoints.length]!, headers, body, { isDemo: true })
    if (status !== 201) throw new Error(`the push service answered ${status}`)
  })
}
