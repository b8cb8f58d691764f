// May a message whose answer was lost go again? Some providers know the key; others would say it twice.
import type { App } from '#core/module'
import { adapterOf } from './account.ts'
import type { Channel } from './channel.ts'
import { listAccounts } from './store-accounts.ts'

/**
 * The channel as it is for this tenant now. What speaks through accounts takes keys only while there is one account that it can have
 * gone through: another provider does not know the first one's keys.
 */
export async function channelHere(app: App, tenant: number, channel: Channel): Promise<Channel> {
  const { speaksThrough, declares } = channel
  if (!speaksThrough || declares.takesKey) return channel
  const mine = (await listAccounts(app.sql, tenant)).filter(row => row.kind === speaksThrough && row.isOn)
  const [only] = mine
  const takesKey = mine.length === 1 && Boolean(adapterOf(only!.adapter)?.takesKey?.(only!.settings))
  return takesKey ? { ...channel, declares: { ...declares, takesKey } } : channel
}
