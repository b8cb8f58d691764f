import { insideOf } from '#core/ids'
import type { Answers } from '#core/serve'
import { lookAt } from '#people'
import { beginAssist, endAssist, homeToHelp } from './assist.ts'
import { forgetSessions } from './caller.ts'
import { homePhones, issueCard, linkPhone, printCards } from './cards.ts'
import type { contract } from './contract.ts'
import { takeCookie } from './cookie.ts'
import { answerJoin, listJoins } from './join.ts'
import { listPosts } from './list-posts.ts'
import { addPostHere, appointTo, closePost, endTerm, invite, renamePost } from './manage-posts.ts'
import { whoAmI } from './me.ts'
import { allowAssists, myAssists } from './my-assists.ts'
import { endMine, endOthers, listSessions, listTokens, makeToken, setPassword } from './my-sessions.ts'
import { leaveHome, switchHome } from './phone-homes.ts'
import { actAs, signIn } from './sign-in.ts'
import { setLanguageOf } from './store/accounts.ts'
import { endSession, setSessionLanguage } from './store/sessions.ts'

const done = { done: true } as const

const mine = {
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
  async switchHome({ home }, call) {
    await switchHome(home, call)
    return done
  },
  async leaveHome({ homeId }, call) {
    await leaveHome(homeId, call)
    return done
  },
  async setLanguage({ language }, { app, db, caller }) {
    if (caller.kind === 'resident') await setSessionLanguage(db, caller.tenant!, caller.session!, language)
    else await setLanguageOf(db, caller.account!, language)
    forgetSessions(app)
    return done
  },
  async setPassword(input, call) {
    await setPassword(input, call)
    return done
  },
  sessions: (asked, { db, caller }) => listSessions(db, caller, asked),
  async endSession({ sessionId }, call) {
    await endMine(call, sessionId, ['staff', 'resident'])
    return done
  },
  endOtherSessions: async (_, call) => ({ ended: await endOthers(call) }),
  tokens: (asked, { db, caller }) => listTokens(db, caller, asked),
  makeToken: (input, call) => makeToken(call, input),
  async endToken({ tokenId }, call) {
    await endMine(call, tokenId, ['token'])
    return done
  },
} satisfies Partial<Answers<typeof contract>>

const posts = {
  posts: (asked, { db, caller }) => listPosts(db, asked, caller),
  makePost: (input, call) => addPostHere(call, input),
  async renamePost({ postId, title }, call) {
    await renamePost(call, postId, title)
    return done
  },
  async closePost({ postId }, call) {
    await closePost(call, postId)
    return done
  },
  appoint: ({ postId, ...input }, call) => appointTo(call, postId, input),
  async endTerm({ postId, accountId }, call) {
    await endTerm(call, postId, accountId)
    return done
  },
  invite: ({ postId, accountId }, call) => invite(call, postId, accountId),
} satisfies Partial<Answers<typeof contract>>

const cards = {
  async homePhones({ householdId }, { db, caller }) {
    await lookAt(db, caller, caller.tenant!, [insideOf(caller.tenant!, householdId)], 'home')
    return homePhones(db, householdId)
  },
  issueCard: ({ householdId }, call) => issueCard(call, householdId),
  async printCards(asked, call) {
    const page = await printCards(call, asked)
    const homes = page.items.map(card => insideOf(call.caller.tenant!, card.household))
    await lookAt(call.db, call.caller, call.caller.tenant!, homes, 'card')
    return page
  },
  linkPhone: ({ householdId }, call) => linkPhone(call, householdId),
  async joinRequests(asked, { db, caller }) {
    const page = await listJoins(db, asked)
    const homes = page.items.map(join => insideOf(caller.tenant!, join.household))
    await lookAt(db, caller, caller.tenant!, homes, 'list')
    return page
  },
  async answerJoin({ joinId, answer }, call) {
    await answerJoin(call, joinId, answer)
    return done
  },
} satisfies Partial<Answers<typeof contract>>

const assists = {
  homeToHelp: ({ home }, call) => homeToHelp(call, home),
  beginAssist: (input, call) => beginAssist(input, call),
  async endAssist({ assistId }, call) {
    await endAssist(call, assistId)
    return done
  },
  myAssists: (asked, { db, caller }) => myAssists(db, caller, asked),
  async allowAssists({ allowed }, call) {
    await allowAssists(call, allowed)
    return done
  },
} satisfies Partial<Answers<typeof contract>>

export const answers = { ...mine, ...posts, ...cards, ...assists } satisfies Answers<typeof contract>
