// A process that calls back as a provider gone wild: so many a second, whatever is answered. It remembers what was accepted.
import { Agent, request } from 'node:http'

export interface Flood {
  url: string
  /** Each with what its message is called. */
  calls: { path: string; id: string }[]
  connections: number
  /** Absent: as soon as the last one is answered. */
  perSecond?: number
  seconds: number
}
export interface Flooded {
  offered: number
  ms: number
  /** Number by status; 0: the line broke. */
  statuses: Record<number, number>
  accepted: string[]
}

const one = (agent: Agent, url: string) =>
  new Promise<number>(done => {
    const sent = request(url, { agent }, answer => {
      answer.resume()
      answer.on('end', () => done(answer.statusCode!))
    })
    sent.on('error', () => done(0))
    sent.end()
  })

async function flood({ url, calls, connections, perSecond = Infinity, seconds }: Flood): Promise<Flooded> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const statuses: Record<number, number> = {}
  const accepted = new Set<string>()
  let offered = 0
  const start = performance.now()
  const end = start + seconds * 1000
  const work = async () => {
    for (let now = performance.now(); now < end; now = performance.now()) {
      if (offered >= ((now - start) / 1000) * perSecond) {
        await new Promise(done => setTimeout(done, 2))
        continue
      }
      const { path, id } = calls[offered++ % calls.length]!
      const status = await one(agent, url + path)
      statuses[status] = (statuses[status] ?? 0) + 1
      if (status === 200) accepted.add(id)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  const ms = performance.now() - start
  agent.destroy()
  return { offered, ms, statuses, accepted: [...accepted] }
}

process.once('message', (wish: Flood) => {
  void flood(wish).then(found => process.send!(found, () => process.exit(0)))
})
