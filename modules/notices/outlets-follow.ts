// Something may be to post in an outlet, to change there or to take away.
import type { Listener } from '#core/events'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { wakeOutlets } from './post-in-outlets.ts'

const wake: Listener = (app: App, tx: Tx, { tenant }: { tenant: number }) => wakeOutlets(app, tx, tenant)

export const outletsFollow: Record<string, Listener> = {
  'publication.sent': wake,
  'publication.shown': wake,
  'publication.changed': wake,
  'publication.withdrawn': wake,
}
