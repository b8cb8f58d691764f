// How much of what Zalo allows in a minute is used, by a worker as it runs in production, beside Zalo in another process that counts.
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { contactDigest } from '#people'
import { connect } from '../modules/channels/zalo/grant.ts'
import { findAccount, insertAccount } from '../modules/channels/store-accounts.ts'
import { accountFrom } from '../modules/channels/take-account.ts'
import { planAll, useChannel } from './drain.ts'
import { makeCommunes, pause, startGround, type BenchCommune, type Ground } from './ground.ts'
import { homesOf } from './http.ts'
import { print } from './print.ts'
import { simulated, type Simulated } from './simulated.ts'

const minutes = 2
/** OA limits as documented: calls a minute. */
const limit = 4000
const settings = { appId: '4080000000000000001', oaId: '2510000000000000002', host: '127.0.0.1', perMinute: 3930 }

/** Every home has linked its Zalo, and was heard an hour ago: the free window is open. */
async function linkAll({ sql }: Ground, { tenant }: BenchCommune, account: string): Promise<string[]> {
  const homes = await homesOf(sql, tenant)
  const users = homes.map((_, n) => `8${String(n).padStart(18, '0')}`)
  const digests = users.map(user => contactDigest('zalo', user).toString('hex'))
  await sql`
    insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
    select ${tenant}::int, gen_random_uuid(), h.id, 'zalo', h.value, decode(h.digest, 'hex'), true, ${new Date()}::timestamptz
    from unnest(${homes.map(home => home.id)}::uuid[], ${users}::text[], ${digests}::text[]) as h(id, value, digest)`
  await sql`
    insert into loa.heard_last (commune_id, account_id, address, at)
    select ${tenant}::int, ${account}::uuid, d, ${new Date(Date.now() - 3_600_000)}::timestamptz from unnest(${digests}::text[]) d`
  return users
}

async function makeAccount({ process: { app }, sql }: Ground, tenant: number, provider: Simulated) {
  const id = newId()
  const sealed = app.keys.seal('channel-account', JSON.stringify(provider.secrets))
  const kept = { tenant, id, kind: 'zalo' as const, adapter: 'zalo_oa', name: 'Zalo', sealed }
  await inTransaction(sql, tx =>
    insertAccount(tx, { ...kept, settings: { ...settings, port: provider.port }, at: new Date() }),
  )
  const account = accountFrom(app, tenant, (await findAccount(sql, tenant, id))!)
  const said = await connect(app, account, provider.pair!)
  if (said.is === 'refused') throw new Error(`not granted: ${said.why}`)
  return id
}

export async function runZalo(json: boolean) {
  const [ground, provider] = await Promise.all([startGround({ isDemo: true }), simulated('zalo')])
  try {
    const [commune] = await makeCommunes(ground.sql, 1, 34, 250)
    const account = await makeAccount(ground, commune!.tenant, provider)
    await provider.know(await linkAll(ground, commune!, account))
    await useChannel(ground, 'zalo')
    await planAll(ground, [commune!], 'zalo')
    await ground.sql`vacuum analyze loa.delivery`
    await ground.process.start({ web: false, worker: true })
    const start = performance.now()
    while (performance.now() - start < minutes * 60_000) await pause(20)
    const value = (await provider.taken()) / minutes
    const refused = await provider.refused()
    const about = { bench: 'drain', yardstick: limit, ratio: value / limit }
    print(
      {
        ...about,
        case: 'zalo: messages',
        value,
        unit: 'a minute',
        target: '≥ 98 % of its limit',
        met: value >= limit * 0.98,
      },
      json,
    )
    print(
      {
        bench: 'drain',
        case: 'zalo: refused for calling too often (-32)',
        value: refused,
        unit: 'times',
        yardstick: 0,
        ratio: 0,
        target: 'none',
        met: refused === 0,
      },
      json,
    )
  } finally {
    await ground.stop()
    provider.stop()
  }
}
