// `npm run crash -- --rounds N`: kills server and database with SIGKILL at random moments under load, and looks what is left.
import '../../core/tsx.ts'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { connect } from '#core/db'
import { startEmbedded, whereData } from '#core/embedded'
import { findUnit } from '#units'
import { chance } from '../../demo/chance.ts'
import { startPushService, type PushService } from '../../modules/channels/webpush/simulator.ts'
import { Network } from '../story/http.ts'
import { linkOf, startServer, type Server } from '../story/servers.ts'
import { callStaff, enter, readRegisters } from '../story/staff.ts'
import { check } from './checks.ts'
import { makeLoad, type Load } from './load.ts'
import { setLadder } from './rules.ts'
import { providerNames, startShortMessages, type ShortMessages } from './short-messages.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    /** The seed chooses where it is not said. */
    sms: { type: 'string' },
  },
})
const home = mkdtempSync(join(tmpdir(), 'loa-crash-'))
chmodSync(home, 0o755)
const dataDir = join(home, 'data')
const env = {
  DATA_DIR: dataDir,
  DEMO: '1',
  DEMO_VILLAGES: '1',
  DEMO_NOTICES: '0',
  PORT: '0',
  LOG_LEVEL: 'fatal',
}
const say = (line: string) => {
  console.log(line)
}

/** The database's own processes, the postmaster first. */
function databaseProcesses(): number[] {
  const [first] = readFileSync(join(whereData(join(dataDir, 'pg')), 'postmaster.pid'), 'utf8').split('\n')
  const postmaster = Number(first)
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim().split(' ')
  return [postmaster, ...children.filter(Boolean).map(Number)]
}

/** @param withDatabase else it lives on, and the next start adopts it */
async function killAll(server: Server, withDatabase: boolean) {
  const database = withDatabase ? databaseProcesses() : []
  for (const pid of [server.child.pid!, ...database])
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // it was gone already
    }
  await server.gone
}

interface Providers {
  pushService: PushService
  sms: ShortMessages
}

const start = () => startServer(env, false)

async function looked(played: { load: Load; sms: ShortMessages }, isLast: boolean) {
  const database = await startEmbedded(join(dataDir, 'pg'))
  const sql = connect(database.socket, 3)
  try {
    const commune = await findUnit(sql, '07615')
    return await check(sql, commune!.tenant, played, isLast)
  } finally {
    await sql.end()
  }
}

/** For the next short message, of which one in three publications makes some. */
const mostWaitMs = 20_000

/** The providers, which live on. */
async function startProviders() {
  const { seed } = values
  const name = values.sms ?? chance(seed, 'provider').one(providerNames)
  const known = providerNames.find(one => one === name)
  if (!known) throw new Error(`--sms is one of ${providerNames.join(', ')}`)
  return { pushService: await startPushService(), sms: await startShortMessages(known, chance(seed, 'sms')) }
}

/** The commune as it is before the first kill. */
async function prepare(server: Server, { pushService, sms }: Providers): Promise<Load> {
  sms.server = server.address
  const net = new Network([server.address])
  const officer = await enter(net, linkOf(server, 'commune officer'))
  await setLadder(net, officer)
  await sms.enter(net, officer)
  const villages = await callStaff(net, officer, '07615')
  await readRegisters(net, villages)
  return makeLoad(net, officer, villages[0]!, pushService)
}

async function main(): Promise<number> {
  const by = chance(values.seed, 'crash')
  const { pushService, sms } = await startProviders()
  let server = await start()
  const load = await prepare(server, { pushService, sms })
  say(`seed ${values.seed}; ${load.phones.length} phones, short messages by ${sms.name}`)
  const rounds = Number(values.rounds)
  let failures = 0
  for (let round = 1; round <= rounds; round++) {
    const stop = load.begin()
    await sleep(by.between(400, 3500))
    const [isWhileTaken, withDatabase] = [by.is(0.5), by.is(0.7)]
    if (isWhileTaken) await Promise.race([sms.taking(), sleep(mostWaitMs)])
    await killAll(server, withDatabase)
    await stop()
    const begun = performance.now()
    server = await start()
    const took = Math.round(performance.now() - begun)
    sms.server = server.address
    load.outbox.net = new Network([server.address])
    for (let n = 0; load.outbox.kept.length && n < 5; n++) await load.outbox.flush()
    const { wrong, replaced, books } = await looked({ load, sms }, round === rounds)
    failures += wrong.length
    const { notices, receipts, visits } = load.ledger
    say(
      `round ${round}: ${withDatabase ? 'server and database' : 'server'} killed${isWhileTaken ? ' while a short message is taken' : ''}, back in ${took} ms; ` +
        `${notices.size} publications, ${receipts.size} receipts, ${visits.size} visits kept, ${replaced} pushes replaced, ${sms.taken().length} short messages; ${wrong.length ? 'WRONG' : 'right'}`,
    )
    if (books) say(`short messages: ${books.again} homes asked about again, ${books.inDoubt} messages in doubt`)
    for (const line of wrong.slice(0, 20)) console.error(`  ✗ ${line}`)
  }
  await server.stop()
  await pushService.stop()
  sms.stop()
  rmSync(home, { recursive: true, force: true })
  say(failures ? `✗ ${failures} failures` : '✓ nothing lost, nothing twice, every sum right')
  return failures ? 1 : 0
}

process.exit(await main())
