// An SMSC on this machine: takes, refuses, throttles and falls silent on command, and sends receipts as SMSCs do: for each part, late,
// twice and in any order (SMPP 3.4).
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import smpp, { type Fields, type Pdu, type Session } from 'smpp'
import { fromGsm } from './gsm7.ts'

/** `silent`: takes it and answers nothing · `hang_up`: the line breaks at the message · `down`: nobody is there. */
export type SmscAnswer = 'take' | 'silent' | 'hang_up' | 'down' | { status: number; at?: 'bind' | 'submit' }

export interface Receipts {
  /** None where it is not asked for. */
  become: 'DELIVRD' | 'UNDELIV' | 'EXPIRED' | 'REJECTD' | 'none'
  afterMs?: number
  /** How often each comes. */
  times?: number
  isReversed?: boolean
  /** So many go together, however long they take to come; unless told, those of `afterMs`. */
  together?: number
  /** Without parameters an old SMSC says all in its words. */
  isTextOnly?: boolean
  /** MAP error of the subscriber's network. */
  networkError?: number
}

export interface Part {
  id: string
  from: string
  to: string
  coding: number
  ref: number | undefined
  of: number
  n: number
  text: string
  octets: number
  wantsReceipt: boolean
}

interface Options {
  port?: number
  user?: string
  password?: string
  /** More in one second are throttled. */
  perSecond?: number
  /** How long it thinks. */
  answerMs?: number
  ids?: 'decimal' | 'hex' | 'hex_decimal'
  /** Told of each part. */
  took?: (part: Part) => void
}

const ok = 0
const throttled = 0x58
const wrongPassword = 0x0e
const notBound = 0x04
const stateNumbers = { DELIVRD: 2, EXPIRED: 3, UNDELIV: 5, REJECTD: 8 } as const

/** A text cut as another program would cut it, for what people write. */
function bodiesOf(text: string, ref: number): { udh?: Buffer; message: Buffer }[] {
  const bytes = Buffer.from(text, 'utf16le').swap16()
  if (bytes.length <= 140) return [{ message: bytes }]
  const count = Math.ceil(bytes.length / 134)
  return Array.from({ length: count }, (_, n) => ({
    udh: Buffer.from([5, 0, 3, ref, count, n + 1]),
    message: bytes.subarray(n * 134, (n + 1) * 134),
  }))
}

/** As the package reads it: with an alphabet of its own, not ours. */
function partOf(id: string, pdu: Pdu): Part {
  const body = pdu.short_message as { udh?: Buffer[]; message: Buffer | string }
  const udh = body.udh?.find(element => element[0] === 0x00)
  const text = typeof body.message === 'string' ? body.message : fromGsm(body.message)
  const isWide = pdu.data_coding === 8
  const places = isWide
    ? text.length * 2
    : Array.from(text).reduce((sum, letter) => sum + ('\f^{}\\[~]|€'.includes(letter) ? 2 : 1), 0)
  return {
    id,
    from: pdu.source_addr ?? '',
    to: pdu.destination_addr ?? '',
    coding: pdu.data_coding ?? 0,
    ref: udh?.[2],
    of: udh?.[3] ?? 1,
    n: udh?.[4] ?? 1,
    text,
    octets: places + (udh && isWide ? 6 : 0),
    wantsReceipt: ((pdu.registered_delivery ?? 0) & 1) === 1,
  }
}

class Smsc {
  readonly parts: Part[] = []
  answer: SmscAnswer = 'take'
  receipts: Receipts = { become: 'DELIVRD' }
  binds = 0
  /** Messages of one line that had no answer yet, at most. */
  mostOnTheWay = 0
  #onTheWay = 0
  readonly options: Options
  readonly #bound = new Set<Session>()
  #count = 1_000_000_000
  #second = { at: 0, n: 0 }
  #ref = 0
  #gathered: { part: Part; session: Session }[] = []

  constructor(options: Options) {
    this.options = options
  }

  meet(session: Session) {
    if (this.answer === 'down') return session.destroy()
    session.on('error', () => session.destroy())
    session.on('close', () => this.#bound.delete(session))
    session.on('pdu', (pdu: Pdu) => this.#hear(session, pdu))
  }

  #hear(session: Session, pdu: Pdu) {
    if (pdu.isResponse()) return
    if (pdu.command.startsWith('bind_')) return this.#bind(session, pdu)
    if (pdu.command === 'submit_sm') return this.#submit(session, pdu)
    session.send(pdu.response())
    if (pdu.command === 'unbind') session.close()
  }

  #bind(session: Session, pdu: Pdu) {
    const { user = 'xa', password = 'mat-khau' } = this.options
    this.binds++
    const wish = typeof this.answer === 'object' && this.answer.at === 'bind' ? this.answer.status : ok
    const isRight = pdu.system_id === user && pdu.password === password
    const status = wish || (isRight ? ok : wrongPassword)
    session.send(pdu.response({ command_status: status, system_id: 'smsc' }))
    if (status === ok) this.#bound.add(session)
  }

  #isTooMany() {
    const at = Math.floor(performance.now() / 1000)
    if (this.#second.at !== at) this.#second = { at, n: 0 }
    return ++this.#second.n > (this.options.perSecond ?? Infinity)
  }

  #submit(session: Session, pdu: Pdu) {
    if (this.answer === 'hang_up') return session.destroy()
    const refuse = (status: number) => session.send(pdu.response({ command_status: status }))
    if (!this.#bound.has(session)) return refuse(notBound)
    if (typeof this.answer === 'object') return refuse(this.answer.status)
    if (this.#isTooMany()) return refuse(throttled)
    const number = this.#count++
    const { ids = 'decimal' } = this.options
    const part = partOf(ids === 'decimal' ? String(number) : number.toString(16).toUpperCase(), pdu)
    this.parts.push(part)
    this.options.took?.(part)
    if (this.answer === 'silent') return
    this.mostOnTheWay = Math.max(this.mostOnTheWay, ++this.#onTheWay)
    const answer = () => {
      this.#onTheWay--
      session.send(pdu.response({ message_id: part.id }))
    }
    if (this.options.answerMs) setTimeout(answer, this.options.answerMs)
    else answer()
    if (part.wantsReceipt && this.receipts.become !== 'none') this.#gather({ part, session })
  }

  /** Receipts of what came together go together, so that they can be turned round. */
  #gather(taken: { part: Part; session: Session }) {
    this.#gathered.push(taken)
    const { afterMs = 5, together = 1 } = this.receipts
    if (this.#gathered.length !== together) return
    setTimeout(() => {
      const gathered = this.#gathered
      this.#gathered = []
      for (const one of this.receipts.isReversed ? gathered.toReversed() : gathered)
        for (let n = 0; n < (this.receipts.times ?? 1); n++) this.#report(one)
    }, afterMs).unref()
  }

  #report({ part, session }: { part: Part; session: Session }) {
    const { become, isTextOnly, networkError } = this.receipts
    if (become === 'none') return
    const id = this.options.ids === 'hex_decimal' ? String(Number.parseInt(part.id, 16)) : part.id
    const words = `id:${id} sub:001 dlvrd:${become === 'DELIVRD' ? '001' : '000'} submit date:2611290900 done date:2611290901 stat:${become} err:000 text:`
    const more: Fields = isTextOnly ? {} : { receipted_message_id: id, message_state: stateNumbers[become] }
    if (networkError !== undefined) more.network_error_code = Buffer.from([3, 0, networkError])
    const fields = {
      source_addr: part.to,
      destination_addr: part.from,
      esm_class: 4,
      short_message: words,
      ...more,
    }
    void this.deliver(fields, session)
  }

  /** To the line asked for, else to whichever is open. @returns the status that it was taken with, undefined where there is no line */
  deliver(fields: Fields, wished?: Session): Promise<number | undefined> {
    const session = wished && this.#bound.has(wished) ? wished : [...this.#bound][0]
    if (!session) return Promise.resolve(undefined)
    return new Promise(done => {
      const isWritten = session.send(new smpp.PDU('deliver_sm', fields), answer => done(answer.command_status))
      if (!isWritten) done(undefined)
    })
  }

  /** Somebody writes. @param times how often the SMSC delivers it */
  async hearFrom(from: string, text: string, { times = 1 } = {}) {
    const ref = (this.#ref = (this.#ref + 1) % 256)
    const statuses: (number | undefined)[] = []
    for (let n = 0; n < times; n++)
      for (const short_message of bodiesOf(text, ref))
        statuses.push(
          await this.deliver({
            source_addr: from,
            source_addr_ton: 1,
            destination_addr: '8099',
            data_coding: 8,
            short_message,
          }),
        )
    return statuses
  }

  isBound = () => this.#bound.size > 0
  drop() {
    for (const session of this.#bound) session.destroy()
  }
}

/** Texts as phones show them: parts joined by sender, number and mark, whatever their order; one with a part missing is not shown. */
export function shown(parts: readonly Part[]): { to: string; text: string }[] {
  const messages = Map.groupBy(parts, part =>
    part.ref === undefined ? part.id : `${part.from}/${part.to}/${part.ref}`,
  )
  return [...messages.values()].flatMap(all => {
    const byPlace = new Map(all.map(part => [part.n, part.text]))
    const { of, to } = all[0]!
    if (byPlace.size < of) return []
    return [{ to, text: Array.from({ length: of }, (_, n) => byPlace.get(n + 1)).join('') }]
  })
}

export async function startSmsc(options: Options = {}) {
  const smsc = new Smsc(options)
  const server = smpp.createServer(session => smsc.meet(session))
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(options.port ?? 0, '127.0.0.1', done)
  })
  server.on('error', () => {})
  return {
    port: (server.address() as AddressInfo).port,
    parts: () => smsc.parts,
    binds: () => smsc.binds,
    mostOnTheWay: () => smsc.mostOnTheWay,
    answerWith(answer: SmscAnswer, receipts: Receipts = { become: 'DELIVRD' }) {
      Object.assign(smsc, { answer, receipts })
      smsc.parts.length = 0
      if (answer === 'down' || (typeof answer === 'object' && answer.at === 'bind')) smsc.drop()
    },
    hearFrom: smsc.hearFrom.bind(smsc),
    deliver: smsc.deliver.bind(smsc),
    drop: smsc.drop.bind(smsc),
    isBound: () => smsc.isBound(),
    async whenBound() {
      while (!smsc.isBound()) await sleep(10)
    },
    async stop() {
      for (const session of server.sessions) session.destroy()
      await new Promise<void>(done => {
        server.close(() => {
          done()
        })
      })
    },
  }
}
export type SmscSimulator = Awaited<ReturnType<typeof startSmsc>>
