// The stage: database, servers that share one clock, a push service, a network between them and the phones.
import { startPushService } from '../../modules/channels/webpush/simulator.ts'
import { Network } from './http.ts'
import { Book, type World } from './phones.ts'
import { linkOf, startDatabase, startServer, type Server } from './servers.ts'
import { startTime } from './time.ts'
import { morning } from './day.ts'
import { hour } from './habits.ts'

export interface Stage {
  place: { databaseUrl: string; dataDir: string }
  world: World & { officerLink: string }
  stop: () => Promise<void>
}

/** Two server processes on one empty database; the first fills it with the demo. The clock shows the evening before. */
export async function stage(wish: {
  seed: number
  villages: string | undefined
  say: (line: string) => void
}): Promise<Stage> {
  const database = await startDatabase()
  const dataDir = `${database.home}/data`
  const time = await startTime(`${database.home}/clock`, morning - 14 * hour)
  const pushService = await startPushService(0, () => time.now())
  const env = {
    DATABASE_URL: database.databaseUrl,
    DATA_DIR: dataDir,
    DEMO: '1',
    DEMO_NOTICES: '0',
    DEMO_SEED: String(wish.seed),
    ...(wish.villages && { DEMO_VILLAGES: wish.villages }),
    LOA_CLOCK: `${database.home}/clock`,
    PORT: '0',
    TRUST_PROXY: '127.0.0.1,::1,::ffff:127.0.0.1',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
  }
  const servers: Server[] = []
  const strike = async () => {
    await Promise.all(servers.map(server => server.stop()))
    await time.stop()
    await pushService.stop()
    await database.stop()
  }
  try {
    for (let n = 0; n < 2; n++) servers.push(await startServer(env, true))
  } catch (error) {
    await strike()
    throw error
  }
  wish.say(`Hai máy chủ: ${servers.map(server => server.address).join(', ')}`)
  const net = new Network(servers.map(server => server.address))
  return {
    place: { databaseUrl: database.databaseUrl, dataDir },
    world: { net, time, pushService, book: new Book(), officerLink: linkOf(servers[0]!, 'commune officer') },
    async stop() {
      net.stop()
      await strike()
    },
  }
}
