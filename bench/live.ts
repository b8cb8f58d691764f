// Ten thousand open lines: how soon an emergency is at all of them, what one costs, and how soon all are back after a restart.
import { fork, type ChildProcess } from 'node:child_process'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { inTransaction } from '#core/db'
import { send } from '#delivery'
import { testMessage } from '#testing/message'
import { makeCommunes, pause, startGround } from './ground.ts'
import { homesOf, serveHttp, sessionsFor } from './http.ts'
import { print } from './print.ts'
import type { StreamReport } from './stream-callers.ts'

const reportOf = (child: ChildProcess, what: StreamReport['what']) =>
  new Promise<StreamReport>(done => {
    const look = (report: StreamReport) => {
      if (report.what !== what) return
      child.off('message', look)
      done(report)
    }
    child.on('message', look)
  })

async function watchers(url: string, path: string, tokens: string[]) {
  const child = fork(join(import.meta.dirname, 'stream-callers.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const open = reportOf(child, 'open')
  child.send({ url, path, tokens })
  await open
  return child
}

const nowMs = () => performance.timeOrigin + performance.now()
const settledMemory = async () => {
  globalThis.gc?.()
  await pause(1000)
  return process.memoryUsage().rss
}

/** The yardstick: node:http alone writes the same bytes to as many open answers. */
async function bareLoop(tokens: string[], bytes: string): Promise<number> {
  const all = new Set<ServerResponse>()
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(bytes)
    all.add(response)
    response.on('close', () => all.delete(response))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', 4096, done))
  const { port } = server.address() as AddressInfo
  const child = await watchers(`http://127.0.0.1:${port}`, '/', tokens)
  child.send('arm')
  await pause(500)
  const heard = reportOf(child, 'heard')
  const start = nowMs()
  for (const response of all) response.write(bytes)
  const ms = (await heard).at - start
  child.kill()
  server.close()
  server.closeAllConnections()
  await pause(500)
  return ms
}

/** The slowest of `/healthz` while `work` runs. */
async function slowestHealth(url: string, work: Promise<unknown>) {
  let slowest = 0
  const over = work.then(() => true)
  const stillOn = () => Promise.race([over, pause(200).then(() => false)])
  do {
    const start = performance.now()
    await fetch(`${url}/healthz`).then(
      () => (slowest = Math.max(slowest, performance.now() - start)),
      () => {},
    )
  } while (!(await stillOn()))
  return slowest
}

export async function run(json: boolean, streams = 10_000) {
  const ground = await startGround()
  const served = await serveHttp(ground)
  try {
    const [commune] = await makeCommunes(ground.sql, 1, 40, Math.ceil(streams / 40))
    const homes = (await homesOf(ground.sql, commune!.tenant)).slice(0, streams)
    const tokens = await sessionsFor(
      ground.sql,
      commune!.tenant,
      homes.map(home => home.id),
    )
    const yardstick = await bareLoop(tokens, 'event: feed\ndata: {}\n\n')
    await ground.process.start({ web: true, worker: false })
    await fetch(`${served.url}/healthz`)
    const before = await settledMemory()
    const child = await watchers(served.url, '/api/v1/feed/live', tokens)
    const each = ((await settledMemory()) - before) / streams / 1024
    print(
      {
        bench: 'live',
        case: `${streams} streams, memory of one`,
        value: each,
        unit: 'KB',
        target: '≤ 20 KB',
        met: each <= 20,
      },
      json,
    )
    child.send('arm')
    await pause(500)
    const heard = reportOf(child, 'heard')
    const message = testMessage(commune!.tenant, [commune!.unit], { class: 'emergency' })
    // From the last statement before the commit: the first line hears of it before this process has its answer.
    const start = await inTransaction(ground.sql, async tx => {
      await send(ground.process.app, tx, message)
      return nowMs()
    })
    const value = (await heard).at - start
    const ratio = value / yardstick
    print(
      {
        bench: 'live',
        case: `an emergency at all of ${streams}, from its commit`,
        value,
        unit: 'ms',
        yardstick,
        ratio,
        target: '≤ 1.5 × a bare loop',
        met: ratio <= 1.5,
      },
      json,
    )
    const back = reportOf(child, 'open')
    const at = nowMs()
    const restarted = served.restart(1000)
    const slowest = await slowestHealth(served.url, back)
    await restarted
    const seconds = ((await back).at - at) / 1000
    print(
      {
        bench: 'live',
        case: 'all back after a restart',
        value: seconds,
        unit: 's',
        target: '≤ 30 s',
        met: seconds <= 30,
      },
      json,
    )
    print(
      {
        bench: 'live',
        case: 'slowest /healthz meanwhile',
        value: slowest,
        unit: 'ms',
        target: '< 1,000 ms',
        met: slowest < 1000,
      },
      json,
    )
    child.kill()
  } finally {
    await served.close()
    await ground.stop()
  }
}
