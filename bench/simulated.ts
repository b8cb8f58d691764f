// A provider in a process of its own: a server that shared its thread with the sender would measure both.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startMailServer } from '#channels/mail-simulator'
import { startPushService } from '#channels/simulator'
import { startSmsProvider } from '#channels/sms-simulator'
import { startSmsc } from '#channels/smsc-simulator'

export type Provider = 'smsc' | 'mail' | 'push' | 'esms'

interface Asked {
  /** Where phones join: so many, under this key. */
  subscribe?: { count: number; key: string }
}
interface Said {
  port?: number
  count?: number
  endpoints?: string[]
}

export interface Simulated {
  port: number
  /** What it took since the last time that it was asked. */
  taken: () => Promise<number>
  subscribe: (count: number, key: string) => Promise<string[]>
  stop: () => void
}

export async function simulated(provider: Provider): Promise<Simulated> {
  const child = fork(fileURLToPath(import.meta.url), [provider], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ask = async (asked: Asked): Promise<Said> => {
    child.send(asked)
    const [said] = (await once(child, 'message')) as [Said]
    return said
  }
  const [{ port }] = (await once(child, 'message')) as [Said]
  return {
    port: port!,
    taken: async () => (await ask({})).count!,
    subscribe: async (count, key) => (await ask({ subscribe: { count, key } })).endpoints!,
    stop: () => child.kill(),
  }
}

/** Keeps nothing of what it took but the number. */
async function started(provider: Provider) {
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
  const { port, taken, subscribe } = await started(process.argv[2] as Provider)
  process.on('message', ({ subscribe: wish }: Asked) => {
    if (wish) process.send!({ endpoints: Array.from({ length: wish.count }, () => subscribe(wish.key)) })
    else process.send!({ count: taken() })
  })
  process.send({ port })
}
