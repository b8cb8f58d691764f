// The console on loopback: a page to look at, `GET /got`, and commands by POST. Other sites cannot reach it: neither by name nor by form.
import { createServer, type IncomingMessage } from 'node:http'
import * as v from 'valibot'
import { pageOf } from './page.ts'
import type { Simulator } from './simulator.ts'

const Count = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform(Number),
  v.integer(),
  v.minValue(0),
  v.maxValue(3600),
)
const named = { simulator: v.string() }
const Behave = v.object({
  ...named,
  answer: v.optional(v.string(), 'take'),
  become: v.optional(v.picklist(['delivered', 'failed', 'nothing']), 'delivered'),
  lateSeconds: v.optional(Count, 1),
  times: v.optional(Count, 1),
})
const Write = v.object({ ...named, from: v.string(), words: v.string(), times: v.optional(Count, 1) })
const Hook = v.object({ ...named, url: v.pipe(v.string(), v.url()) })

class Refused extends Error {}

function find(simulators: readonly Simulator[], name: string): Simulator {
  const found = simulators.find(one => one.name === name)
  if (!found) throw new Refused(`simulators: ${simulators.map(one => one.name).join(', ')}`)
  return found
}

async function obey(simulators: readonly Simulator[], path: string, said: unknown): Promise<string> {
  if (path === '/control') {
    const { simulator, ...behaviour } = v.parse(Behave, said)
    find(simulators, simulator).behave(behaviour)
    return `${simulator}: ${behaviour.answer}, ${behaviour.become} × ${behaviour.times} after ${behaviour.lateSeconds} s`
  }
  if (path === '/write') {
    const { simulator, from, words, times } = v.parse(Write, said)
    const { write } = find(simulators, simulator)
    if (!write) throw new Refused(`${simulator}: nobody writes there`)
    await write(from, words, times)
    return 'written'
  }
  if (path !== '/hook') throw new Refused('POST /control, /write or /hook')
  const { simulator, url } = v.parse(Hook, said)
  const { setHook } = find(simulators, simulator)
  if (!setHook) throw new Refused(`${simulator}: each message says itself where to call back`)
  setHook(url)
  return 'noted'
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return JSON.parse(Buffer.concat(parts).toString('utf8'))
}

const isFromHere = ({ headers }: IncomingMessage) =>
  /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? '') &&
  (headers.origin === undefined || headers.origin === `http://${headers.host}`)

async function answer(simulators: readonly Simulator[], request: IncomingMessage) {
  const path = request.url ?? '/'
  if (!isFromHere(request)) return { status: 403, type: 'text/plain', body: 'from this machine only' }
  if (request.method === 'POST')
    return { status: 200, type: 'text/plain', body: await obey(simulators, path, await jsonOf(request)) }
  if (path === '/got') {
    const all = simulators.map(({ name, got, count }) => ({ name, count: count(), got }))
    return { status: 200, type: 'application/json', body: JSON.stringify(all) }
  }
  return path === '/'
    ? { status: 200, type: 'text/html; charset=utf-8', body: pageOf(simulators) }
    : { status: 404, type: 'text/plain', body: 'not found' }
}

export async function openConsole(simulators: readonly Simulator[], port: number) {
  const server = createServer((request, response) => {
    answer(simulators, request)
      .catch((error: unknown) => ({ status: 422, type: 'text/plain', body: (error as Error).message }))
      .then(
        ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
        () => response.destroy(),
      )
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', done)
  })
  return {
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
