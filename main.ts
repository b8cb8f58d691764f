// Starts the product: the database, then the roles asked for.
import './core/tsx.ts'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { isFirstStart, readConfig, type Config } from '#core/config'
import { takeLock, type Held } from '#core/lock'
import { openInstallation, root, type Installation } from './cli/installation.ts'
import { printWelcome } from './cli/welcome.ts'

const say = (line: string) => {
  console.log(line)
}

/** Listens first, so that two starts at once learn of each other by the port too. */
async function listen({ running, config }: Installation) {
  const listener = getRequestListener((config.roles.web ? running.hono : running.signs).fetch)
  const server = createServer((request, response) => {
    void listener(request, response)
  })
  await new Promise<void>((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `port ${config.port} is used by another program: name another one with PORT`
      failed(error.code === 'EADDRINUSE' ? new Error(taken) : error)
    })
    server.listen(config.port, config.host, done)
  })
  if (config.port === 0)
    config.publicUrl = config.publicUrl.replace(/:0$/, `:${(server.address() as AddressInfo).port}`)
  return server
}

/** A directory's database has one server; with DATABASE_URL there may be many. */
function holdDirectory(config: Config): Held {
  if (config.databaseUrl) return { answersAt() {}, release() {} }
  const taken = takeLock(config.dataDir, config.publicUrl)
  if ('release' in taken) return taken
  throw new Error(`Loa Làng already runs on ${config.dataDir}: ${taken.holder.address} (process ${taken.holder.pid})`)
}

let isStopping = false

function stopOnSignals({ running, opened }: Installation, server: Server, release: () => void) {
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    server.close()
    server.closeAllConnections()
    await running.stop()
    await opened.close({ stopDatabase: 'always' })
    release()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
}

async function start() {
  const config = readConfig(process.env, root)
  const held = holdDirectory(config)
  try {
    if (isFirstStart(config))
      say(`First start: making the database in ${config.dataDir}${config.isDemo ? ' and a demo commune in it' : ''} …`)
    const installation = await openInstallation({ config, say })
    const server = await listen(installation).catch(async (error: unknown) => {
      await installation.running.stop()
      await installation.opened.close({ stopDatabase: 'if_unused' })
      throw error
    })
    held.answersAt(config.publicUrl)
    stopOnSignals(installation, server, held.release)
    await installation.running.start(config.roles)
    if (config.roles.web) await printWelcome(installation, say)
    else say(`\nLoa Làng: ${config.publicUrl} (worker: /healthz, /readyz and /metrics only)`)
  } catch (error) {
    if (!isStopping) held.release()
    throw error
  }
}

try {
  await start()
} catch (error) {
  // What a stop cuts off in the middle of a start is no failure.
  if (!isStopping) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
