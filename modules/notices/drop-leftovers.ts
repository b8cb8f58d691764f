// A post that did not end may have left something at the provider. When its notice is withdrawn or replaced, that goes too.
import { now } from '#core/clock'
import type { App } from '#core/module'
import { actInOutlet, waitBeforeAgain } from '#channels'
import { postKey } from './outlet-rules.ts'
import { endLeftover, leftovers, type Leftover } from './store/outlets.ts'

const nothing = { is: 'accepted' } as const

async function drop(app: App, left: Leftover) {
  const key = postKey(left.publishedId, left.chat)
  const said = await actInOutlet(
    app,
    left.tenant,
    left.account,
    (account, poster) => poster.drop?.(app, account, left.outlet, key) ?? Promise.resolve(nothing),
  )
  const seconds =
    said.is === 'accepted'
      ? undefined
      : waitBeforeAgain(said.is === 'unknown' ? 'no_line' : said.why, left.isNew ? 1 : left.count + 1)
  if (said.is !== 'accepted' && seconds === undefined)
    app.log.error({ account: left.account, chat: left.chat }, 'what a post left could not be taken away')
  const again = said.is === 'refused' ? said.againAt : undefined
  await endLeftover(
    app.sql,
    left,
    seconds === undefined ? undefined : (again ?? new Date(now().getTime() + seconds * 1000)),
  )
}

export async function dropLeftovers(app: App, tenant: number) {
  for (const left of await leftovers(app.sql, tenant)) await drop(app, left)
}
