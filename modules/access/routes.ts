import type { Answers } from '#core/serve'
import { forgetSessions } from './caller.ts'
import type { contract } from './contract.ts'
import { takeCookie } from './cookie.ts'
import { whoAmI } from './me.ts'
import { actAs, signIn } from './sign-in.ts'
import { setLanguageOf } from './store/accounts.ts'
import { endSession, setSessionLanguage } from './store/sessions.ts'

const done = { done: true } as const

export const answers = {
  me: (_, { app, db, caller }) => whoAmI(app, db, caller),
  signIn: (input, call) => signIn(input, call),
  async signOut(_, { app, db, caller, c }) {
    await endSession(db, caller.tenant!, caller.session!)
    forgetSessions(app)
    takeCookie(app, c)
    return done
  },
  async actAs({ post }, call) {
    await actAs(post, call)
    return done
  },
  async setLanguage({ language }, { app, db, caller }) {
    if (caller.kind === 'resident') await setSessionLanguage(db, caller.tenant!, caller.session!, language)
    else await setLanguageOf(db, caller.account!, language)
    forgetSessions(app)
    return done
  },
} satisfies Answers<typeof contract>
