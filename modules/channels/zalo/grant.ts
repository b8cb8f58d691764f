// The commune's grant at Zalo: one process at a time renews it, and a new pair of tokens is in the database before anybody uses it.
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { machineNow, now } from '#core/clock'
import { inTransaction, type Db } from '#core/db'
import type { App } from '#core/module'
import { newToken } from '#core/secrets'
import { holdersOf } from '#access'
import type { Account, Granted } from '../account.ts'
import { alertStaff } from '../alert.ts'
import type { ChannelError } from '../channel-errors.ts'
import { call } from '../http-call.ts'
import { at, parsed } from '../http-profile.ts'
import { accountsOfAdapter, setTrouble, setWell } from '../store-accounts.ts'
import { restsUntil } from '../report-use.ts'
import { accountFrom } from '../take-account.ts'
import { urlOf } from './settings.ts'
import * as store from './store.ts'

/** An access token lives 25 hours; ours is renewed well before. */
const renewAfterMs = 20 * 3_600_000
/** Longer than a call may take. */
const leaseMs = 30_000
const waitMs = 100
/** A lost grant is said again every day until somebody has renewed it. */
const pauseMs = 24 * 3_600_000
/** Longer than any time in which a message may go to a follower. */
const windowMs = 8 * 24 * 3_600_000
const sealing = 'zalo-grant'

interface Pair {
  accessToken: string
  refreshToken: string
}

export type Token = { is: 'token'; token: string } | { is: 'refused'; why: ChannelError }
const refused = (why: ChannelError): Token => ({ is: 'refused', why })

const opened = (app: App, sealed: string) => JSON.parse(app.keys.unseal(sealing, sealed)) as Pair

async function ask(app: App, { settings, secrets }: Account, words: Record<string, string>) {
  const body = new URLSearchParams({ app_id: String(settings['appId']), ...words }).toString()
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body)),
    secret_key: secrets['appSecret'] ?? '',
  }
  const url = urlOf(settings, 'oauth', '/v4/oa/access_token')
  const said = await call(app, { url, method: 'POST', headers, body })
  if (said.status >= 500 || said.status === 429) return 'down' as const
  const json = parsed(said.body)
  const [accessToken, refreshToken] = [at(json, 'access_token'), at(json, 'refresh_token')]
  return accessToken && refreshToken ? { accessToken, refreshToken } : ('no' as const)
}

const keepPair = (app: App, { tenant, id }: Account, pair: Pair) =>
  store.putPair(app.sql, tenant, id, { sealed: app.keys.seal(sealing, JSON.stringify(pair)), at: now() })

/** The account rests, whoever manages channels hears of it: only a person at Zalo's console can grant anew. */
async function lose(app: App, { tenant, id, name }: Account, turn: number) {
  const day = now()
  await inTransaction(app.sql, async tx => {
    if (!(await store.loseGrant(tx, tenant, id, turn, day))) return
    await pause(tx, tenant, id)
    const holders = await holdersOf(tx, { tenant, roles: ['commune_officer', 'commune_chair'] })
    await alertStaff(app, tx, {
      tenant,
      accounts: [...new Set(holders.map(holder => holder.account))],
      says: 'channels.alert.grant_lost',
      subject: name,
      url: '/channels',
      about: `zalo grant ${id}`,
      class: 'priority',
      until: new Date(day.getTime() + 7 * 86_400_000),
    })
  })
}

const pause = (tx: Parameters<typeof setTrouble>[0], tenant: number, id: string) => {
  const day = now()
  const until = new Date(day.getTime() + pauseMs)
  return setTrouble(tx, tenant, id, { why: 'not_signed_in', at: day, until, failures: 1 })
}

async function renew(app: App, account: Account, turn: number, refreshToken: string): Promise<Token> {
  const { tenant, id } = account
  try {
    const said = await ask(app, account, { grant_type: 'refresh_token', refresh_token: refreshToken })
    if (typeof said === 'object') {
      await keepPair(app, account, said)
      return { is: 'token', token: said.accessToken }
    }
    if (said === 'no') {
      await lose(app, account, turn)
      return refused('not_signed_in')
    }
  } catch (error) {
    app.log.warn({ channel: 'zalo', account: id, error: (error as Error).name }, 'tokens not renewed')
  }
  await store.endLease(app.sql, tenant, id, turn)
  return refused('no_line')
}

/** A token to ask with. @param stale one that Zalo has just refused */
export async function tokenOf(app: App, account: Account, stale?: string): Promise<Token> {
  const { tenant, id } = account
  const end = machineNow().getTime() + leaseMs
  for (;;) {
    const row = await store.findGrant(app.sql, tenant, id)
    if (!row?.sealed || row.lostAt) return refused('not_signed_in')
    const pair = opened(app, row.sealed)
    const isYoung = now().getTime() - row.grantedAt!.getTime() < renewAfterMs
    if (isYoung && pair.accessToken !== stale) return { is: 'token', token: pair.accessToken }
    const lease = { turn: row.turn, at: machineNow(), until: new Date(machineNow().getTime() + leaseMs) }
    if (await store.leaseGrant(app.sql, tenant, id, lease)) return renew(app, account, row.turn, pair.refreshToken)
    if (machineNow().getTime() > end) return refused('no_line')
    await sleep(waitMs)
  }
}

/** Daily, whether or not anything is sent: a refresh token that lies unused for three months is gone. What is lost is said again. */
export async function keepGrants(app: App) {
  for (const row of await accountsOfAdapter(app.sql, 'zalo_oa')) {
    const account = accountFrom(app, row.tenant, row)
    await store.forgetFollowers(app.sql, row.tenant, row.id, new Date(now().getTime() - windowMs))
    const grant = await store.findGrant(app.sql, row.tenant, row.id)
    if (!grant?.sealed) continue
    if (!grant.lostAt) await tokenOf(app, account)
    else if (!restsUntil(row.pausedUntil, now())) await inTransaction(app.sql, tx => pause(tx, row.tenant, row.id))
  }
}

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

/** What stands in the console beside the app: made with the account, and the same from then on. */
export async function challengeFor(db: Db, tenant: number, account: string): Promise<string> {
  const known = await store.findGrant(db, tenant, account)
  if (known) return challengeOf(known.verifier)
  await store.keepVerifier(db, tenant, account, newToken())
  return challengeOf((await store.findGrant(db, tenant, account))!.verifier)
}

export async function connect(app: App, account: Account, granted: Granted): Promise<Token> {
  const { tenant, id } = account
  await challengeFor(app.sql, tenant, id)
  const { verifier } = (await store.findGrant(app.sql, tenant, id))!
  const words = 'code' in granted && { grant_type: 'authorization_code', code: granted.code, code_verifier: verifier }
  try {
    const said = words ? await ask(app, account, words) : (granted as Pair)
    if (typeof said === 'string') return refused(said === 'no' ? 'not_signed_in' : 'provider_down')
    await keepPair(app, account, said)
    await store.forgetVariant(app.sql, tenant, id)
    await inTransaction(app.sql, tx => setWell(tx, tenant, id))
    return { is: 'token', token: said.accessToken }
  } catch (error) {
    app.log.warn({ channel: 'zalo', account: id, error: (error as Error).name }, 'not granted')
    return refused('no_line')
  }
}
