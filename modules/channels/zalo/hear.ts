// Zalo calls: signed over the bytes as they came, answered within two seconds, told again for an hour and a half where we did not answer.
import { Counter } from 'prom-client'
import { dayOf, now } from '#core/clock'
import { metrics } from '#core/metrics'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { say } from '#core/words'
import type { Account, Called } from '../account.ts'
import { together } from '../hear-together.ts'
import { announceHeard } from '../heard.ts'
import { at, parsed } from '../http-profile.ts'
import { keepSpoken } from '../store-heard.ts'
import { addressOf } from './consult.ts'
import { toldBy } from './events.ts'
import { connect } from './grant.ts'
import { variantOf } from './signature.ts'
import * as store from './store.ts'

/** Zalo's last try comes after 30 s, 5, 15, 30 and 60 minutes: whatever is older was kept by somebody else. */
const oldestMs = 3 * 3_600_000
const aheadMs = 10 * 60_000

const calls = new Counter({
  name: 'loa_zalo_calls_total',
  help: 'Calls from Zalo, by the way of signing that was right',
  labelNames: ['signed'],
  registers: [metrics],
})

/** Nobody can have recorded a call of the future: where Zalo signed it, our own clock is behind. */
async function mustBeOfNow(app: App, { tenant, id }: Account, timestamp: string) {
  const day = now()
  const age = day.getTime() - Number(timestamp)
  if (age <= -aheadMs)
    await store.putNews(app.sql, tenant, id, {
      about: store.clockBehind,
      said: String(Math.round(-age / 60_000)),
      at: day,
    })
  if (age >= oldestMs || age <= -aheadMs) throw new Problem('not_found')
}

/** @throws Problem not_found for what Zalo did not sign, or signed long ago */
async function signed(app: App, account: Account, { raw, headers }: Called) {
  const { tenant, id, settings, secrets } = account
  const json = parsed(raw.toString('utf8'))
  const timestamp = at(json, 'timestamp') ?? ''
  const known = {
    appId: String(settings['appId']),
    oaId: String(settings['oaId']),
    appSecret: secrets['appSecret'] ?? '',
    oaSecretKey: secrets['oaSecretKey'],
  }
  const pinned = (await store.findGrant(app.sql, tenant, id))?.hookVariant ?? null
  const call = { raw, timestamp, header: headers.get('x-zevent-signature') }
  const variant = /^\d{10,15}$/.test(timestamp) ? variantOf(call, known, pinned) : undefined
  calls.inc({ signed: variant ?? 'wrong' })
  if (variant === undefined) throw new Problem('not_found')
  await mustBeOfNow(app, account, timestamp)
  return { json, timestamp, variant, isNew: pinned === null }
}

async function pressedYes(app: App, account: Account, code: string): Promise<string> {
  const said = await connect(app, account, { code })
  return say('vi', said.is === 'token' ? 'zalo.connected' : 'zalo.not_connected')
}

export async function hear(app: App, account: Account, called: Called): Promise<string> {
  const { tenant, id } = account
  const { code } = called.query
  if (code !== undefined && !called.raw.length) return pressedYes(app, account, code)
  // Zalo's console looks whether the address answers.
  if (!called.raw.length) return 'OK'
  const { json, timestamp, variant, isNew } = await signed(app, account, called)
  const day = now()
  const { heard, active, perDay, news } = toldBy(json, timestamp, day)
  await together(app, tenant, async tx => {
    if (isNew) await store.pinVariant(tx, tenant, id, variant)
    if (active !== undefined) {
      const lastAt = new Date(Math.min(Number(timestamp), day.getTime()))
      await keepSpoken(tx, tenant, id, [{ address: addressOf(active).id, at: lastAt }])
    }
    if (perDay !== undefined)
      await store.putQuota(tx, tenant, id, { product: 'uid', day: dayOf(day), most: perDay, remaining: undefined })
    if (news) await store.putNews(tx, tenant, id, { ...news, at: new Date(Number(timestamp)) })
    if (heard.length) await announceHeard(app, tx, account, heard)
  })
  return 'OK'
}
