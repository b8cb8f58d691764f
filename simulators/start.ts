// All simulators, each at a port of its own. A new channel adds its line here.
import { startMailSimulator } from './mail.ts'
import { startMetaSimulator } from './meta.ts'
import { startPushSimulator } from './push.ts'
import { startSmsByHttp } from './sms-by-http.ts'
import { startSmscSimulator } from './smsc.ts'
import { startTelegramSimulator } from './telegram.ts'
import { startVoiceSimulator } from './voice.ts'
import { startZaloSimulator } from './zalo.ts'
import type { Simulator } from './simulator.ts'

const starts: readonly ((port: number) => Promise<Simulator>)[] = [
  startPushSimulator,
  startMailSimulator,
  startSmscSimulator,
  port => startSmsByHttp('esms', port),
  port => startSmsByHttp('speedsms', port),
  startMetaSimulator,
  startVoiceSimulator,
  startZaloSimulator,
  startTelegramSimulator,
]

/** @param first the console's port; the simulators follow */
export async function startSimulators(first: number): Promise<Simulator[]> {
  const simulators: Simulator[] = []
  try {
    for (const [n, start] of starts.entries()) simulators.push(await start(first + 1 + n))
    return simulators
  } catch (error) {
    for (const one of simulators) await one.stop()
    throw error
  }
}
