// A process of callers: so many connections, each sending its next request when the answer to the last one has come.
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { Load, Measured } from './http.ts'

interface Asked {
  method: 'GET' | 'POST'
  path: string
  token: string
  body?: string
  etag?: string
}
interface Said {
  status: number
  etag: string | undefined
  bytes: number
}

const send = (agent: Agent, url: string, asked: Asked) =>
  new Promise<Said>((done, failed) => {
    const headers = {
      authorization: `Bearer ${asked.token}`,
      ...(asked.body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(asked.body) } : {}),
      ...(asked.etag ? { 'if-none-match': asked.etag } : {}),
    }
    const sent = request(url + asked.path, { agent, method: asked.method, headers }, answer => {
      let bytes = 0
      answer.on('data', (part: Buffer) => (bytes += part.length))
      answer.on('end', () => done({ status: answer.statusCode!, etag: answer.headers.etag, bytes }))
    })
    sent.on('error', failed)
    sent.end(asked.body)
  })

const receipt = (noticeId: string) => ({ id: randomUUID(), noticeId, level: 'seen', at: new Date().toISOString() })

function nextOf(load: Load, etags: Map<string, string>) {
  let n = 0
  return (): Asked => {
    const token = load.tokens[n++ % load.tokens.length]!
    const post = (receipts: object[]): Asked => ({
      method: 'POST',
      path: '/api/v1/receipts',
      token,
      body: JSON.stringify({ receipts }),
    })
    if (load.kind === 'receipts') return post([receipt(load.notices![n % load.notices!.length]!)])
    if (load.kind === 'batches') return post(load.notices!.slice(0, 100).map(receipt))
    const etag = load.kind === 'unchanged' ? etags.get(token) : undefined
    return { method: 'GET', path: '/api/v1/feed', token, ...(etag ? { etag } : {}) }
  }
}

async function measure(load: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections })
  const etags = new Map<string, string>()
  const next = nextOf(load, etags)
  if (load.kind === 'unchanged')
    for (const token of load.tokens) {
      const { etag } = await send(agent, load.url, { method: 'GET', path: '/api/v1/feed', token })
      if (etag) etags.set(token, etag)
    }
  const times: number[] = []
  let failed = 0
  let bytes = 0
  const end = performance.now() + load.seconds * 1000
  const start = performance.now()
  const expected = load.kind === 'unchanged' ? 304 : 200
  const one = async () => {
    while (performance.now() < end) {
      const asked = next()
      const at = performance.now()
      const said = await send(agent, load.url, asked)
      times.push(performance.now() - at)
      bytes += said.bytes
      if (said.status !== expected) failed++
      if (said.etag) etags.set(asked.token, said.etag)
    }
  }
  await Promise.all(Array.from({ length: load.connections }, one))
  const ms = performance.now() - start
  agent.destroy()
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { requests: times.length, ms, p50: at(0.5), p99: at(0.99), failed, bytes: bytes / (times.length || 1) }
}

process.once('message', (load: Load) => {
  void measure(load).then(found => process.send!(found, () => process.exit(0)))
})
