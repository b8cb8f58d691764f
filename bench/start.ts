// From `npm start` to the first answer, and what the server weighs when nobody asks. Yardstick: a bare node:http server started the same way.
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { print } from './print.ts'

const root = join(import.meta.dirname, '..')
const bareServer = `import { createServer } from 'node:http'
createServer((_, answer) => answer.end('ok')).listen(Number(process.env.PORT), '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))
`

const freePort = () =>
  new Promise<number>(done => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => {
        done(port)
      })
    })
  })

interface Started {
  child: ChildProcess
  ms: number
}

/** Starts a file as npm does, and asks until something answers. */
async function start(file: string, env: Record<string, string>): Promise<Started> {
  const port = await freePort()
  const begun = performance.now()
  const child = spawn(process.execPath, ['run.mjs', file], {
    cwd: root,
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: 'ignore',
  })
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined)
    if (answer?.ok) return { child, ms: performance.now() - begun }
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}`)
    await pause(10)
  }
}

async function stop({ child }: Started) {
  const gone = new Promise(done => child.on('close', done))
  child.kill('SIGTERM')
  await gone
}

/** Resident memory in MB. */
const memoryOf = ({ child }: Started) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid!}/status`, 'utf8'))![1]) / 1024

const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!

async function again(file: string, env: Record<string, string>) {
  const times: number[] = []
  for (let n = 0; n < 5; n++) {
    const started = await start(file, env)
    times.push(started.ms)
    await stop(started)
  }
  return median(times)
}

async function afterIdle(file: string, env: Record<string, string>) {
  const started = await start(file, env)
  await pause(60_000)
  const memory = memoryOf(started)
  await stop(started)
  return memory
}

export async function run(json: boolean) {
  const home = mkdtempSync(join(tmpdir(), 'loa-start-'))
  chmodSync(home, 0o755)
  const bare = join(home, 'bare.mjs')
  writeFileSync(bare, bareServer)
  const env = { DATA_DIR: join(home, 'data'), DEMO: '1', LOG_LEVEL: 'error' }
  try {
    const first = await start('main.ts', env)
    await stop(first)
    const figure = (value: number, unit: string, yardstick: number) => ({
      value,
      unit,
      yardstick,
      ratio: value / yardstick,
    })
    const bareMs = await again(bare, {})
    print(
      {
        bench: 'start',
        case: 'first start, packages there, demo of 6,327 homes',
        ...figure(first.ms, 'ms', bareMs),
        target: '≤ 90 s with the install',
        met: first.ms <= 90_000,
      },
      json,
    )
    const second = await again('main.ts', env)
    print(
      {
        bench: 'start',
        case: 'second start',
        ...figure(second, 'ms', bareMs),
        target: '≤ 1,500 ms',
        met: second <= 1500,
      },
      json,
    )
    const [ours, theirs] = await Promise.all([afterIdle('main.ts', env), afterIdle(bare, {})])
    print(
      {
        bench: 'start',
        case: 'memory after 60 s idle',
        ...figure(ours, 'MB', theirs),
        target: '≤ 150 MB',
        met: ours <= 150,
      },
      json,
    )
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}
