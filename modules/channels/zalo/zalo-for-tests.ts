// What tests of Zalo have in common.
import { now } from '#core/clock'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import type { Account } from '../account.ts'
import type { Settings } from '../account-field.ts'
import type { Outgoing } from '../channel.ts'
import { keepSpoken } from '../store-heard.ts'
import { addressOf } from './consult.ts'
import { connect } from './grant.ts'
import type { ZaloSimulator } from './simulator.ts'

export const settingsFor = (port: number, more: Settings = {}): Settings => ({
  appId: '4080000000000000001',
  oaId: '2510000000000000002',
  templateByUid: '301',
  dongByUid: 200,
  templateByPhone: '302',
  dongByPhone: 250,
  templateTag: 'tag2',
  wordTitle: 'title',
  wordLink: 'link',
  perMinute: 60_000,
  perDayUnasked: 500,
  host: '127.0.0.1',
  port,
  ...more,
})

export const secretsOfTests = { appSecret: 'BI-MAT-APP-THU', oaSecretKey: 'KHOA-OA-THU' }

export const zaloAccount = (port: number, more: Settings = {}, tenant = 1): Account => ({
  tenant,
  id: newId(),
  kind: 'zalo',
  adapter: 'zalo_oa',
  name: 'Zalo của xã',
  settings: settingsFor(port, more),
  secrets: secretsOfTests,
  version: 1,
})

/** An account that is granted, at the simulator. */
export async function grantedAccount(app: App, zalo: ZaloSimulator, more: Settings = {}, tenant = 1) {
  const account = zaloAccount(zalo.port, more, tenant)
  const { access_token: accessToken, refresh_token: refreshToken } = zalo.explore()
  await connect(app, account, { accessToken, refreshToken })
  return account
}

/** Somebody did something at the account so many hours ago, as far as we heard. */
export const activeSince = (app: App, { tenant, id }: Account, user: string, hours = 1) =>
  keepSpoken(app.sql, tenant, id, [{ address: addressOf(user).id, at: new Date(now().getTime() - hours * 3_600_000) }])

export const pieceTo = (user: string, ...more: string[]) => ({
  key: newId(),
  householdId: newId(),
  addresses: [user, ...more].map(addressOf),
  link: 'https://loa.example/t/AbCdEfGhIj',
})

export const meeting: Partial<Outgoing> = {
  event: { at: new Date('2026-12-02T12:30:00Z'), place: 'Nhà văn hóa thôn Tân Lợi' },
}
