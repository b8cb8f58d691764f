// A provider of short messages beside the processes that are killed: what it took, it took. It calls back until somebody says yes.
import { setTimeout as sleep } from 'node:timers/promises'
import { startSmsProvider, type Taken } from '#channels/sms-simulator'
import { esmsAccount } from '#testing/esms-account'
import type { Chance } from '../../demo/chance.ts'
import type { Network } from '../story/http.ts'

/** eSMS refuses a second message with the same key; SpeedSMS knows no keys. */
export const providerNames = ['esms', 'speedsms'] as const
type ProviderName = (typeof providerNames)[number]

/** Đồng for a part: by the commune's contract, and as SpeedSMS says itself. */
const dongPerPart = { esms: 300, speedsms: 250 }

export interface ShortMessages {
  name: ProviderName
  takesKey: boolean
  dongPerPart: number
  /** What it took. */
  taken: () => readonly Taken[]
  /** By which name the product knows a message. */
  idOf: (one: Taken) => string
  /** Messages of which somebody said yes to “it was delivered”. */
  told: Set<string>
  /** When it takes the next one, whose sender has not heard of it yet. */
  taking: () => Promise<void>
  /** How many it still calls back about. */
  waiting: () => number
  /** The officer enters the account. */
  enter: (net: Network, officer: string) => Promise<void>
  /** Where a server is now: its port is another one after each start. */
  server: string
  stop: () => void
}

function accountFor(name: ProviderName, provider: Awaited<ReturnType<typeof startSmsProvider>>) {
  const esms = esmsAccount(provider)
  if (name === 'esms') return esms
  const { brandname: sender, sandbox: _, ...settings } = esms.settings
  return { settings: { ...settings, sender, smsType: '3' }, secrets: { token: provider.login.token } }
}

export async function startShortMessages(name: ProviderName, by: Chance): Promise<ShortMessages> {
  const off = new AbortController()
  const told = new Set<string>()
  let next = Promise.withResolvers<void>()
  let waiting = 0
  let ownHook = ''
  const idOf = (one: Taken) => (name === 'esms' ? one.key : one.id)
  const isHeard = async (one: Taken, hook: string) => {
    const { query, body } = provider.report(one)
    const { pathname } = new URL(hook)
    const url = `${mine.server}${pathname}?${new URLSearchParams(query).toString()}`
    const answer = await fetch(url, body ? { method: 'POST', body: JSON.stringify(body) } : {})
    await answer.arrayBuffer()
    return answer.ok
  }
  const callBack = async (one: Taken, hook: string) => {
    waiting++
    while (!off.signal.aborted) {
      await sleep(by.between(50, 500))
      if (!(await isHeard(one, hook).catch(() => false))) continue
      told.add(idOf(one))
      waiting--
      return
    }
  }
  const provider = await startSmsProvider(name, {
    answerMs: () => by.between(10, 200),
    took(one, hook) {
      next.resolve()
      next = Promise.withResolvers()
      void callBack(one, hook ?? ownHook)
    },
  })
  const mine: ShortMessages = {
    name,
    takesKey: name === 'esms',
    dongPerPart: dongPerPart[name],
    taken: provider.taken,
    idOf,
    told,
    taking: () => next.promise,
    waiting: () => waiting,
    async enter(net, officer) {
      const body = { adapter: name, name: 'Tin nhắn của xã', ...accountFor(name, provider) }
      const { hook } = await net.get<{ hook: string }>('POST', '/api/v1/channel-accounts', { cookie: officer, body })
      ownHook = hook
    },
    server: '',
    stop() {
      off.abort()
      provider.stop()
    },
  }
  return mine
}
