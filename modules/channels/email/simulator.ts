// A mail server on this machine that keeps what it gets and refuses on command, as RFC 5321 and RFC 3463 say servers do.
import type { AddressInfo } from 'node:net'
import { callbackify } from 'node:util'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'

/** `hang_up`: the line breaks at the greeting. */
export type MailAnswer = 'take' | 'hang_up' | { at: 'login' | 'recipient' | 'data'; code: number; words: string }

export interface Letter {
  from: string
  to: string[]
  raw: string
}

const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code })

const readAll = (stream: SMTPServerDataStream) =>
  new Promise<string>((done, failed) => {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      done(Buffer.concat(parts).toString('utf8'))
    })
    stream.on('error', failed)
  })

interface Options {
  port?: number
  user?: string
  password?: string
  /** Told of each letter. */
  took?: (letter: Letter) => void
}

/** What the server answers with and has taken. */
interface Kept {
  user: string
  password: string
  answer: MailAnswer
  letters: Letter[]
  took: Options['took']
}

function serverOf(kept: Kept): SMTPServer {
  const refusedAt = (at: 'login' | 'recipient' | 'data') => {
    const { answer } = kept
    return typeof answer === 'object' && answer.at === at ? refusal(answer.code, answer.words) : undefined
  }
  return new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    // Who stops it does not wait for lines that a sender keeps open.
    closeTimeout: 100,
    onConnect: (_, done) => {
      done(kept.answer === 'hang_up' ? refusal(421, '4.3.2 Service shutting down') : null)
    },
    onAuth: (auth, _, done) => {
      const isRight = auth.username === kept.user && auth.password === kept.password
      const refused = refusedAt('login') ?? (isRight ? undefined : refusal(535, '5.7.8 Authentication failed'))
      done(refused ?? null, refused ? undefined : { user: kept.user })
    },
    onRcptTo: (_, __, done) => {
      done(refusedAt('recipient') ?? null)
    },
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope
      const take = async () => {
        const raw = await readAll(stream)
        const refused = refusedAt('data')
        if (refused) return refused
        const letter = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(one => one.address), raw }
        kept.letters.push(letter)
        kept.took?.(letter)
        return null
      }
      callbackify(take)((error, refused) => {
        done(error ?? refused)
      })
    },
  })
}

export async function startMailServer({ port = 0, user = 'xa', password = 'mat-khau', took }: Options = {}) {
  const kept: Kept = { user, password, answer: 'take', letters: [], took }
  const server = serverOf(kept)
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => {
      done()
    })
  })
  server.on('error', () => {})
  return {
    port: (server.server.address() as AddressInfo).port,
    letters: () => kept.letters,
    answerWith(next: MailAnswer) {
      kept.answer = next
      kept.letters.length = 0
    },
    stop: () =>
      new Promise<void>(done => {
        server.close(done)
      }),
  }
}
