// A process that holds many open streams and notes when an event came to each.
import { Agent, request, type IncomingMessage } from 'node:http'

export interface StreamLoad {
  url: string
  path: string
  tokens: string[]
}
export type StreamOrder = StreamLoad | 'arm' | 'wait_again'
export interface StreamReport {
  what: 'open' | 'heard' | 'again'
  /** Milliseconds since 1970 when the last stream was open, or had heard. */
  at: number
  heard: number
}

let load: StreamLoad
let open = 0
let heard = 0
let isArmed = false
const agent = new Agent({ maxSockets: Infinity })

const report = (what: StreamReport['what']) =>
  process.send!({ what, at: performance.timeOrigin + performance.now(), heard } satisfies StreamReport)

function watch(token: string) {
  // As a browser does: the server says after how long to come back.
  let retry = 3000
  const again = () => setTimeout(() => watch(token), retry)
  const sent = request(
    load.url + load.path,
    { agent, headers: { authorization: `Bearer ${token}` } },
    (answer: IncomingMessage) => {
      let isFirst = true
      answer.on('data', (part: Buffer) => {
        if (isFirst) {
          retry = Number(/retry: (\d+)/.exec(part.toString())?.[1] ?? retry)
          isFirst = false
          if (++open === load.tokens.length) report('open')
        } else if (isArmed && ++heard === load.tokens.length) report('heard')
      })
      answer.on('error', () => {})
      answer.on('close', () => {
        open--
        again()
      })
    },
  )
  sent.on('error', again)
  sent.end()
}

process.on('message', (order: StreamOrder) => {
  if (order === 'arm') {
    isArmed = true
    heard = 0
  } else if (typeof order === 'object') {
    load = order
    // A few hundred at a time: a village does not open its phones in one millisecond.
    load.tokens.forEach((token, n) => setTimeout(() => watch(token), n / 2))
  }
})
