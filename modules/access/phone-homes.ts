// One phone, several homes: which is in use, and which it opens no longer.
import type { Caller } from '#core/caller'
import type { Tx } from '#core/db'
import { insideOf } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { forgetSessions } from './caller.ts'
import { isOpenHere } from './sign-in.ts'
import { takeHomeFrom, useHome } from './store/phone-homes.ts'

interface Doing {
  app: App
  db: Tx
  caller: Caller
}

/** @throws Problem home_not_here */
function homeHere(caller: Caller, outsideId: string) {
  const tenant = caller.tenant!
  const home = insideOf(tenant, outsideId)
  if (!isOpenHere(caller, tenant, home)) throw new Problem('home_not_here')
  return { tenant, home, session: caller.session! }
}

/** Another of the homes that this phone opens. @throws Problem home_not_here */
export async function switchHome(outsideId: string, { app, db, caller }: Doing) {
  const { tenant, home, session } = homeHere(caller, outsideId)
  await useHome(db, tenant, session, home)
  forgetSessions(app)
  await record(db, { tenant, what: 'home.switched', by: caller, about: { kind: 'household', id: home } })
}

/** @throws Problem home_not_here */
export async function leaveHome(outsideId: string, { app, db, caller }: Doing) {
  const { tenant, home, session } = homeHere(caller, outsideId)
  await takeHomeFrom(db, tenant, home, session)
  forgetSessions(app)
  await record(db, { tenant, what: 'home.left', by: caller, about: { kind: 'household', id: home } })
}
