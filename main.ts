// Starts the product: the database, then the roles asked for.
import './core/tsx.ts'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { compose } from '#core/compose'
import { readConfig } from '#core/config'
import { open } from '#core/open'
import { levels } from './architecture.ts'

const root = import.meta.dirname
const config = readConfig(process.env, root)
const [{ modules }, { callerOf, may }] = await Promise.all([import('./app.ts'), import('#access')])
const opened = await open(config, root, levels.flat(), modules)
const running = compose(config, opened.sql, opened.keys, modules, { callerOf, may })
await running.start(config.roles)

const listener = getRequestListener(running.hono.fetch)
const server = createServer((request, response) => {
  void listener(request, response)
})
server.listen(config.port, config.host, () => {
  console.log(`Loa Làng: ${config.publicUrl}`)
})

async function stop() {
  server.close()
  server.closeAllConnections()
  await running.stop()
  await opened.close({ stopDatabase: 'always' })
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
