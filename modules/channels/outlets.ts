// An account acts in one of its outlets: posts, changes, takes away.
import { now } from '#core/clock'
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { adapterOf, type Account } from './account.ts'
import { channelErrors, type ChannelError } from './channel-errors.ts'
import type { Outlet, Posted, Poster, PostSaid } from './poster.ts'
import { reportUse, restsUntil } from './report-use.ts'
import { findAccount, listAccounts } from './store-accounts.ts'
import { accountFrom } from './take-account.ts'

const posterOf = (adapter: string): Poster | undefined => adapterOf(adapter)?.poster

/** Does the account's provider know a post by its key? */
export async function isKeyedAccount(app: App, tenant: number, accountId: string): Promise<boolean> {
  const row = await findAccount(app.sql, tenant, accountId)
  return Boolean(row && posterOf(row.adapter)?.takesKey)
}

export interface AccountOutlets {
  account: Account
  platform: Poster['platform']
  outlets: readonly Outlet[]
  /** It could not say where it posts. */
  why?: ChannelError
}

/** Where the tenant's accounts, those that are switched on, can post by themselves. */
export async function outletsOf(app: App, tenant: number): Promise<AccountOutlets[]> {
  const rows = (await listAccounts(app.sql, tenant)).filter(row => row.isOn)
  const found = rows.flatMap(row => {
    const poster = posterOf(row.adapter)
    return poster ? [{ account: accountFrom(app, tenant, row), poster }] : []
  })
  return Promise.all(
    found.map(async ({ account, poster }): Promise<AccountOutlets> => {
      const said = await poster.outlets(app, account).catch(() => 'no_line' as const)
      const { platform } = poster
      return typeof said === 'string'
        ? { account, platform, outlets: [], why: said }
        : { account, platform, outlets: said }
    }),
  )
}

type Act = (account: Account, poster: Poster) => Promise<Posted> | undefined

/**
 * Lets an account do something in one of its outlets, and notes how the account is afterwards. @param act undefined where the
 * provider has no way
 * @returns refused with `no_account` where it is none or off, with `not_possible` where the provider has no way
 */
export async function actInOutlet(app: App, tenant: number, accountId: string, act: Act): Promise<PostSaid> {
  const row = await findAccount(app.sql, tenant, accountId)
  const poster = row?.isOn ? posterOf(row.adapter) : undefined
  if (!row || !poster) return { is: 'refused', why: 'no_account' }
  const resting = restsUntil(row.pausedUntil, now())
  if (resting) return { is: 'refused', why: row.trouble ?? 'slow_down', againAt: resting }
  const account = accountFrom(app, tenant, row)
  const doing = act(account, poster)
  if (!doing) return { is: 'refused', why: 'not_possible' }
  const about = { channel: row.kind, account: accountId }
  try {
    const said = await doing
    await inTransaction(app.sql, tx => reportUse(tx, account, [said]))
    if (said.is === 'refused' && channelErrors[said.why].isLoggable)
      app.log.warn({ ...about, why: said.why }, 'post refused')
    return said
  } catch (error) {
    app.log.error({ ...about, error: (error as Error).name }, 'post without an answer')
    return { is: 'unknown' }
  }
}
