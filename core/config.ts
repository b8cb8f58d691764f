import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { whereData } from './embedded.ts'

export interface Config {
  /** Where everything of this installation lives; with DATABASE_URL only the secret and backups. */
  dataDir: string
  /** Undefined: the embedded database. */
  databaseUrl: string | undefined
  /** A demo commune with made-up people: marked on every screen, loopback only, no real channel. */
  isDemo: boolean
  port: number
  host: string
  publicUrl: string
  roles: { web: boolean; worker: boolean }
  secretKey: string | undefined
  backupDir: string
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. */
  trustProxy: string[]
  logLevel: string
  /** Whom push services may write to: `mailto:` or `https:`. */
  pushContact: string | undefined
  /** Hosts of the operator's own network that a channel may speak to: a mail server or a gateway in the house. */
  channelHosts: string[]
  /** Bearer token that may read /metrics from afar. */
  metricsToken: string | undefined
}

const listOf = (said = '') =>
  said
    .split(',')
    .map(x => x.trim())
    .filter(Boolean)

/** Reads the environment. Neither DATA_DIR nor DATABASE_URL: the demo in .data/demo. @throws Error with a sentence for the operator */
export function readConfig(env: NodeJS.ProcessEnv, root: string): Config {
  const isReal = Boolean(env['DATA_DIR'] ?? env['DATABASE_URL'])
  const dataDir = resolve(root, env['DATA_DIR'] ?? (isReal ? '.data/real' : '.data/demo'))
  const port = Number(env['PORT'] ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT must be a number from 0 to 65535, not ${env['PORT']}`)
  const host = env['HOST'] ?? '127.0.0.1'
  const roles = new Set((env['ROLES'] ?? 'web,worker').split(',').map(role => role.trim()))
  for (const role of roles)
    if (role !== 'web' && role !== 'worker') throw new Error(`ROLES knows web and worker, not ${role}`)
  const isDemo = env['DEMO'] === '1' || !isReal
  if (isDemo && !['127.0.0.1', '::1', 'localhost'].includes(host))
    throw new Error('the demo answers on loopback only: leave HOST out, or name a DATA_DIR for a real installation')
  return {
    dataDir,
    databaseUrl: env['DATABASE_URL'],
    isDemo,
    port,
    host,
    publicUrl: (env['PUBLIC_URL'] ?? `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`).replace(/\/$/, ''),
    roles: { web: roles.has('web'), worker: roles.has('worker') },
    secretKey: env['SECRET_KEY'],
    backupDir: resolve(root, env['BACKUP_DIR'] ?? join(dataDir, 'backups')),
    trustProxy: listOf(env['TRUST_PROXY']),
    pushContact: env['PUSH_CONTACT'] || undefined,
    channelHosts: listOf(env['CHANNEL_HOSTS']?.toLowerCase()),
    logLevel: env['LOG_LEVEL'] ?? 'info',
    metricsToken: env['METRICS_TOKEN'],
  }
}

export const isFirstStart = (config: Config) =>
  !config.databaseUrl && !existsSync(join(whereData(join(config.dataDir, 'pg')), 'PG_VERSION'))
