// One line to an SMSC, kept: bound as transceiver, asked whether it still lives, opened again when it breaks.
import { setTimeout as sleep } from 'node:timers/promises'
import { nowMs } from '#core/clock'
import smpp, { type Fields, type Pdu, type Session } from 'smpp'
import type { LookupFunction } from 'node:net'
import type { ChannelError } from '../channel-errors.ts'
import { meaningOfBind, meaningOfStatus } from './smpp-meaning.ts'
import type { Inbox } from './smpp-inbox.ts'
import { Turnstile } from './turnstile.ts'

export interface Line {
  host: string
  port: number
  isTls: boolean
  lookup: LookupFunction | undefined
  systemId: string
  password: string
  systemType: string
  /** Messages on their way without an answer. */
  window: number
  perSecond: number
  answerMs: number
  inbox: Inbox
  /** How the line is: for the log. */
  say: (what: 'bound' | 'lost' | ChannelError) => void
}

export type Submitted = { is: 'taken'; id: string } | { is: 'refused'; why: ChannelError; againAt?: Date }

/** It went and no answer came: nobody knows. */
export class AnswerLost extends Error {
  override name = 'AnswerLost'
}

type State = 'bound' | ChannelError

const version34 = 0x34
const enquireMs = 30_000
/** How long an end waits for answers. */
const leaveMs = 5000
/** Between two attempts; who may not sign in waits the longest at once, since some SMSCs lock an account that is tried too often. */
const waits = [200, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]
const signInWaitMs = 120_000
/** After a word of "too many": all of this account waits as long. */
const throttleMs = 5000

const refused = (why: ChannelError): Submitted => ({ is: 'refused', why })

export class SmppLink {
  readonly #line: Line
  readonly #turns: Turnstile
  readonly #pending = new Set<(lost: AnswerLost) => void>()
  readonly #asked = new Set<Promise<unknown>>()
  /** Bound, and open for messages. */
  #session: Session | undefined
  #opening: Session | undefined
  #isClosed = false
  #failures = 0
  /** Of the present attempt, or of the last one. */
  #state: Promise<State> = Promise.resolve('no_line')
  #next = Promise.withResolvers<State>()
  /** Ends the rest between two attempts. */
  #rouse: (() => void) | undefined
  readonly #ended: Promise<void>

  constructor(line: Line) {
    this.#line = line
    this.#turns = new Turnstile(line.window, line.perSecond)
    this.#ended = this.#live()
  }

  /** @throws AnswerLost where the message went and no answer came */
  async submit(fields: Fields): Promise<Submitted> {
    const state = await this.#state
    if (state !== 'bound') return refused(state)
    const leave = await this.#turns.enter()
    try {
      const session = this.#session
      if (!session) return refused('no_line')
      const answer = await this.#ask(session, 'submit_sm', fields)
      return answer ? readSubmit(answer) : refused('no_line')
    } finally {
      leave()
    }
  }

  /** Somebody waits for it: try now. */
  hurry() {
    if (this.#rouse) this.#state = this.#next.promise
    this.#rouse?.()
  }

  async close() {
    this.#isClosed = true
    this.#rouse?.()
    const session = this.#session
    this.#session = undefined
    if (session) {
      // What is on its way still gets its answer.
      await Promise.race([Promise.allSettled(this.#asked), sleep(leaveMs)])
      await this.#ask(session, 'unbind', {}, 1000).catch(() => {})
      session.destroy()
    } else this.#opening?.destroy()
    await this.#ended
    await this.#line.inbox.close()
  }

  async #live() {
    while (!this.#isClosed) {
      const { promise, resolve } = this.#next
      this.#next = Promise.withResolvers<State>()
      this.#state = promise
      const why = await this.#attempt(resolve)
      resolve(why)
      if (this.#isClosed) return
      this.#line.say(why === 'no_line' && this.#failures === 0 ? 'lost' : why)
      await this.#rest(why)
    }
  }

  #rest(why: ChannelError) {
    const ms = why === 'not_signed_in' ? signInWaitMs : waits[Math.min(this.#failures, waits.length - 1)]!
    this.#failures++
    return new Promise<void>(done => {
      const timer = setTimeout(() => this.#rouse?.(), ms).unref()
      this.#rouse = () => {
        clearTimeout(timer)
        this.#rouse = undefined
        done()
      }
    })
  }

  /** One connection, from its beginning to its end. @returns why it ended */
  async #attempt(settle: (state: 'bound') => void): Promise<ChannelError> {
    const { host, port, isTls, lookup } = this.#line
    if (this.#isClosed) return 'no_line'
    const session = smpp.connect({
      host,
      port,
      tls: isTls,
      ...(isTls ? { servername: host } : {}),
      ...(lookup ? { lookup } : {}),
    })
    this.#opening = session
    let broke: NodeJS.ErrnoException | undefined
    const closed = new Promise<void>(done => session.on('close', done))
    session.on('error', (error: NodeJS.ErrnoException) => {
      broke = error
      session.destroy()
    })
    session.on('pdu', (pdu: Pdu) => this.#hear(session, pdu))
    const wrong = await Promise.race([
      this.#bind(session, isTls),
      closed.then((): ChannelError => (broke?.code === 'EUNSAFE' ? 'address_unsafe' : 'no_line')),
    ])
    if (wrong) session.destroy()
    else await this.#serve(session, settle, closed)
    await closed
    this.#lose()
    return wrong ?? 'no_line'
  }

  async #bind(session: Session, isTls: boolean): Promise<ChannelError | undefined> {
    const { answerMs, systemId, password, systemType } = this.#line
    const isOpen = await new Promise<boolean>(done => {
      const timer = setTimeout(done, answerMs, false)
      session.on(isTls ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer)
        done(true)
      })
      session.on('close', () => clearTimeout(timer))
    })
    if (!isOpen) return 'no_line'
    const signIn = { system_id: systemId, password, system_type: systemType, interface_version: version34 }
    const answer = await this.#ask(session, 'bind_transceiver', signIn).catch(() => undefined)
    if (!answer) return 'no_line'
    return answer.command_status === 0 ? undefined : meaningOfBind(answer.command_status)
  }

  async #serve(session: Session, settle: (state: 'bound') => void, closed: Promise<void>) {
    if (this.#isClosed) return session.destroy()
    this.#session = session
    this.#failures = 0
    this.#line.say('bound')
    settle('bound')
    const timer = setInterval(() => {
      this.#ask(session, 'enquire_link', {}).then(
        answer => answer ?? session.destroy(),
        () => session.destroy(),
      )
    }, enquireMs).unref()
    await closed
    clearInterval(timer)
  }

  #lose() {
    this.#session = undefined
    this.#state = Promise.resolve('no_line')
    for (const fail of this.#pending) fail(new AnswerLost())
    this.#pending.clear()
  }

  /** @returns undefined where nothing was written @throws AnswerLost where it was and no answer came */
  #ask(session: Session, command: string, fields: Fields, ms = this.#line.answerMs): Promise<Pdu | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<Pdu | undefined>()
    const timer = setTimeout(() => reject(new AnswerLost()), ms)
    this.#pending.add(reject)
    const isWritten = session.send(new smpp.PDU(command, fields), resolve)
    if (!isWritten) resolve(undefined)
    const asked = promise.finally(() => {
      clearTimeout(timer)
      this.#pending.delete(reject)
      this.#asked.delete(asked)
    })
    this.#asked.add(asked)
    return asked
  }

  #hear(session: Session, pdu: Pdu) {
    if (pdu.isResponse() || pdu.command === 'alert_notification') return
    switch (pdu.command) {
      case 'deliver_sm':
        this.#line.inbox.take(pdu, isKept => {
          session.send(pdu.response({ command_status: isKept ? 0 : temporaryFailure }))
        })
        return
      case 'unbind':
        session.send(pdu.response())
        session.close()
        return
      case 'enquire_link':
      case 'unknown':
        session.send(pdu.response())
        return
      default:
        session.send(pdu.response({ command_status: invalidCommand }))
    }
  }
}

/** ESME_RX_T_APPN: deliver it again later. */
const temporaryFailure = 0x64
/** ESME_RINVCMDID */
const invalidCommand = 0x03

function readSubmit({ command_status: status, message_id: id }: Pdu): Submitted {
  if (status === 0) return { is: 'taken', id: id ?? '' }
  const why = meaningOfStatus(status)
  return why === 'slow_down' ? { is: 'refused', why, againAt: new Date(nowMs() + throttleMs) } : refused(why)
}
