// A provider in a process of its own: a server that shared its thread with the sender would measure both.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startMailServer } from '#channels/mail-simulator'
import { startPushService } from '#channels/simulator'
import { startSmsProvider } from '#channels/sms-simulator'
import { startSmsc } from '#channels/smsc-simulator'
import { startZalo } from '#channels/zalo-simulator'

export type Provider = 'smsc' | 'mail' | 'push' | 'esms' | 'zalo'

interface Asked {
  /** Where phones join: so many, under this key. */
  subscribe?: { count: number; key: string }
  /** People of Zalo. */
  know?: string[]
  refused?: true
}
interface Said {
  port?: number
  count?: number
  endpoints?: string[]
  secrets?: Record<string, string>
  pair?: Pair
}

interface Pair {
  accessToken: string
  refreshToken: string
}

export interface Simulated {
  port: number
  /** What it took since the last time that it was asked. */
  taken: () => Promise<number>
  subscribe: (count: number, key: string) => Promise<string[]>
  /** Of Zalo: who is there, calls refused since the start, and what an account is granted. */
  know: (users: string[]) => Promise<void>
  refused: () => Promise<number>
  secrets?: Record<string, string>
  pair?: Pair
  stop: () => void
}

export async function simulated(provider: Provider): Promise<Simulated> {
  const child = fork(fileURLToPath(import.meta.url), [provider], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ask = async (asked: Asked): Promise<Said> => {
    child.send(asked)
    const [said] = (await once(child, 'message')) as [Said]
    return said
  }
  const [{ port, secrets, pair }] = (await once(child, 'message')) as [Said]
  return {
    port: port!,
    ...(secrets && pair ? { secrets, pair } : {}),
    taken: async () => (await ask({})).count!,
    know: async know => void (await ask({ know })),
    refused: async () => (await ask({ refused: true })).count!,
    subscribe: async (count, key) => (await ask({ subscribe: { count, key } })).endpoints!,
    stop: () => child.kill(),
  }
}

/** What the one process asks of the other. */
interface Started {
  port: number
  taken: () => number
  subscribe: (key: string) => string
  know?: (users: string[]) => void
  refused?: () => number
  secrets?: Record<string, string>
  pair?: Pair
}

async function zalo(): Promise<Started> {
  const server = await startZalo()
  const { appSecret, oaSecretKey } = server.login
  const { access_token: accessToken, refresh_token: refreshToken } = server.explore()
  let before = 0
  const sent = () => server.asked.filter(one => one.path === '/v3.0/oa/message/cs').length
  return {
    port: server.port,
    taken() {
      const count = server.taken().length - before
      before += count
      return count
    },
    subscribe: () => '',
    know: users => {
      for (const user of users) server.user(user)
    },
    refused: () => sent() - server.taken().length,
    secrets: { appSecret, oaSecretKey },
    pair: { accessToken, refreshToken },
  }
}

/** Keeps nothing of what it took but the number. */
async function started(provider: Provider): Promise<Started> {
  if (provider === 'zalo') return zalo()
  if (provider === 'smsc') {
    const smsc = await startSmsc({ perSecond: Infinity })
    smsc.answerWith('take', { become: 'none' })
    return { port: smsc.port, taken: () => smsc.parts().splice(0).length, subscribe: () => '' }
  }
  if (provider === 'mail') {
    const server = await startMailServer()
    return { port: server.port, taken: () => server.letters().splice(0).length, subscribe: () => '' }
  }
  if (provider === 'esms') {
    const server = await startSmsProvider('esms')
    return { port: server.port, taken: () => server.taken().splice(0).length, subscribe: () => '' }
  }
  const service = await startPushService()
  let before = 0
  const taken = () => {
    const now = service.answered()[201] ?? 0
    const count = now - before
    before = now
    return count
  }
  return { port: Number(new URL(service.url).port), taken, subscribe: (key: string) => service.subscribe(key) }
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  const { port, taken, subscribe, know, refused, secrets, pair } = await started(process.argv[2] as Provider)
  process.on('message', ({ subscribe: wish, know: users, refused: isRefused }: Asked) => {
    if (users) process.send!({ count: know?.(users) ?? 0 })
    else if (isRefused) process.send!({ count: refused?.() ?? 0 })
    else if (wish) process.send!({ endpoints: Array.from({ length: wish.count }, () => subscribe(wish.key)) })
    else process.send!({ count: taken() })
  })
  process.send({ port, ...(secrets && pair ? { secrets, pair } : {}) })
}
