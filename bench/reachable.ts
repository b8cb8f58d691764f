// Homes that a channel finds: numbers and mail addresses of nobody, phones that joined, and the commune's account at a provider.
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { digest, newToken } from '#core/secrets'
import { contactDigest } from '#people'
import { newPhoneKeys } from '#channels/simulator'
import { insertAccount } from '../modules/channels/store-accounts.ts'
import { vapidOf } from '../modules/channels/webpush/vapid.ts'
import type { BenchCommune, Ground } from './ground.ts'
import { homesOf } from './http.ts'
import type { Simulated } from './simulated.ts'

export type BenchChannel = 'sms' | 'sms_by_http' | 'email' | 'push'

const addressOf = (kind: 'phone' | 'email', tenant: number, n: number) =>
  kind === 'phone' ? `+849${String(tenant).slice(-2)}${String(n).padStart(6, '0')}` : `nha${n}.${tenant}@thu.example`

async function addContacts({ sql }: Ground, { tenant }: BenchCommune, kind: 'phone' | 'email') {
  const homes = await homesOf(sql, tenant)
  const values = homes.map((_, n) => addressOf(kind, tenant, n))
  const digests = values.map(value => contactDigest(kind, value).toString('hex'))
  await sql`
    insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
    select ${tenant}::int, gen_random_uuid(), h.id, ${kind}, h.value, decode(h.digest, 'hex'), true, ${new Date()}::timestamptz
    from unnest(${homes.map(home => home.id)}::uuid[], ${values}::text[], ${digests}::text[]) as h(id, value, digest)`
}

/** A phone each home; their keys are a few, what they cost to encrypt for is the same. */
async function addPhones({ sql, process: { app } }: Ground, { tenant }: BenchCommune, provider: Simulated) {
  const { publicKey } = await vapidOf(app)
  const homes = await homesOf(sql, tenant)
  const endpoints = await provider.subscribe(homes.length, publicKey)
  const keys = Array.from({ length: 16 }, () => newPhoneKeys().keys)
  const at = new Date()
  const rows = homes.map(({ id }, n) => {
    const endpoint = endpoints[n]!
    const sealed = app.keys.seal('push', JSON.stringify({ endpoint, keys: keys[n % keys.length] }))
    const mac = app.keys.mac('push', endpoint).toString('hex')
    return { home: id, session: newId(), secret: digest(newToken()).toString('hex'), sealed, mac }
  })
  await sql`
    insert into loa.session (commune_id, id, kind, digest, household_id, made_at, seen_at, ends_at)
    select ${tenant}::int, s.id, 'resident', decode(s.digest, 'hex'), s.home, ${at}::timestamptz, ${at}::timestamptz,
      ${new Date(at.getTime() + 86_400_000)}::timestamptz
    from unnest(${rows.map(row => row.session)}::uuid[], ${rows.map(row => row.secret)}::text[], ${rows.map(row => row.home)}::uuid[])
      as s(id, digest, home)`
  await sql`
    insert into loa.push_subscription (commune_id, id, session_id, household_id, digest, sealed, added_at)
    select ${tenant}::int, gen_random_uuid(), s.session, s.home, decode(s.mac, 'hex'), s.sealed, ${at}::timestamptz
    from unnest(${rows.map(row => row.session)}::uuid[], ${rows.map(row => row.home)}::uuid[], ${rows.map(row => row.mac)}::text[],
      ${rows.map(row => row.sealed)}::text[]) as s(session, home, mac, sealed)`
}

const smsOf = (port: number) => ({ host: '127.0.0.1', port, perSecond: 1000, dongPerPart: 300, mostParts: 3 })
const smppOf = {
  line: 'plain',
  user: 'xa',
  sender: 'XASONDONG',
  alphabet: 'gsm',
  idFormat: 'text',
  window: 100,
  answerSeconds: 20,
}

const settingsOf = (port: number) => ({
  sms: { adapter: 'smpp', settings: { ...smsOf(port), ...smppOf, perSecond: 10_000 } },
  sms_by_http: { adapter: 'esms', settings: { ...smsOf(port), line: 'http', brandname: 'XA', sandbox: '0' } },
  email: {
    adapter: 'smtp',
    settings: {
      host: '127.0.0.1',
      port,
      security: 'none',
      user: 'xa',
      from: 'thongbao@xa.example',
      fromName: 'UBND xã',
      perSecond: 1000,
    },
  },
})

/** Every home of these communes is found by the channel, and the commune may speak by it. */
export async function makeReachable(
  ground: Ground,
  communes: readonly BenchCommune[],
  channel: BenchChannel,
  provider: Simulated,
) {
  const { app } = ground.process
  for (const commune of communes) {
    if (channel === 'push') {
      await addPhones(ground, commune, provider)
      continue
    }
    await addContacts(ground, commune, channel === 'email' ? 'email' : 'phone')
    const { adapter, settings } = settingsOf(provider.port)[channel]
    const sealed = app.keys.seal(
      'channel-account',
      JSON.stringify({ password: 'mat-khau', apiKey: 'KHOA-THU', secretKey: 'BI-MAT-THU' }),
    )
    const account = {
      tenant: commune.tenant,
      id: newId(),
      kind: channel === 'email' ? channel : ('sms' as const),
      adapter,
      name: 'Thử',
      settings,
      sealed,
    }
    await inTransaction(ground.sql, tx => insertAccount(tx, { ...account, at: new Date() }))
  }
  await ground.sql`analyze loa.contact, loa.push_subscription, loa.session`
}
