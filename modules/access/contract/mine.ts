import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Done, Id, Limit, line, page } from '#core/shapes'
import { LoginName, NewPassword, Part } from '../shapes.ts'
import { roles, staffRoles } from '../roles.ts'

const Language = v.picklist(['vi', 'en'])
const Password = v.pipe(v.string(), v.minLength(1), v.maxLength(200))

const PlaceNamed = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.string(),
  /** With its kind: `Tổ dân phố số 5`. */
  title: v.string(),
  level: v.string(),
})
const GroupNamed = v.object({ id: Id, name: v.string() })
const MyPost = v.object({
  id: Id,
  role: v.picklist(staffRoles),
  title: v.string(),
  part: Part,
  unit: v.optional(PlaceNamed),
  group: v.optional(GroupNamed),
  isActive: v.boolean(),
})

/** Who I am here. Staff act as one of their posts (role null once it has ended); a resident is a home. */
const Me = v.object({
  /** The account's, or the home's: what stored work belongs to. */
  id: Id,
  kind: v.picklist(['staff', 'resident']),
  role: v.nullable(v.picklist(roles)),
  name: v.string(),
  title: v.optional(v.string()),
  language: v.nullable(Language),
  isDemo: v.boolean(),
  commune: v.object({ no: v.number(), name: v.string() }),
  /** Where I stand: of the post acted as, or the home's village. */
  unit: v.optional(PlaceNamed),
  group: v.optional(GroupNamed),
  /** Of a bank's branch: the communes it serves. */
  serves: v.optional(v.array(PlaceNamed)),
  household: v.optional(v.object({ id: Id })),
  /** Set in an assisted session: `title` is the helper's post. */
  assist: v.optional(v.object({ id: Id, title: v.string(), endsAt: v.string() })),
  /** This phone answers for several homes: it asks "Nhà nào đã rõ?". */
  choosesHome: v.optional(v.boolean()),
  /** A phone that opens several homes: all of them, the one in use first. */
  homes: v.optional(v.array(v.object({ id: Id, no: v.number(), name: v.string(), unit: v.string() }))),
  posts: v.array(MyPost),
  hasPassword: v.boolean(),
  /** A sentence for chair and officer that cannot wait: nobody has made a backup for two days. */
  alarm: v.optional(v.string()),
})
export type Me = v.InferOutput<typeof Me>
export type MyPost = v.InferOutput<typeof MyPost>

/** `name` is what the phone calls itself, `Android, Chrome`. */
const Session = v.object({
  id: Id,
  name: v.string(),
  title: v.nullable(v.string()),
  madeAt: v.string(),
  seenAt: v.string(),
  isThis: v.boolean(),
})
const Token = v.object({ id: Id, name: v.string(), title: v.string(), madeAt: v.string(), endsAt: v.string() })

export const mineContract = {
  me: operation({
    method: 'GET',
    path: '/me',
    summary: 'Who I am, which posts I hold, where I stand',
    who: 'signed_in',
    assisted: true,
    takes: v.object({}),
    gives: Me,
  }),
  signIn: operation({
    method: 'POST',
    path: '/sign-in',
    summary: 'Signs staff in with login and password; the answer sets the cookie',
    who: 'anyone',
    takes: v.object({ login: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(100)), password: Password }),
    gives: Done,
    problems: ['wrong_login', 'no_post', 'too_many_requests'],
    transaction: false,
  }),
  signOut: operation({
    method: 'POST',
    path: '/sign-out',
    summary: 'Ends this session',
    who: 'signed_in',
    takes: v.object({}),
    gives: Done,
  }),
  actAs: operation({
    method: 'POST',
    path: '/me/act-as',
    summary: 'Acts as another of my posts from now on; the cookie is a new one',
    who: 'signed_in',
    takes: v.object({ post: Id }),
    gives: Done,
    problems: ['token_has_one_post'],
  }),
  switchHome: operation({
    method: 'POST',
    path: '/me/home',
    summary: 'Another of the homes that this phone opens is the one in use from now on',
    who: 'signed_in',
    takes: v.object({ home: Id }),
    gives: Done,
    problems: ['home_not_here'],
  }),
  leaveHome: operation({
    method: 'DELETE',
    path: '/me/homes/:homeId',
    summary: 'This phone no longer opens that home; its last one signs it out',
    who: 'signed_in',
    takes: v.object({ homeId: Id }),
    gives: Done,
    problems: ['home_not_here'],
  }),
  setLanguage: operation({
    method: 'POST',
    path: '/me/language',
    summary: 'The language of my screens',
    who: 'signed_in',
    takes: v.object({ language: Language }),
    gives: Done,
  }),
  setPassword: operation({
    method: 'POST',
    path: '/me/password',
    summary: 'Sets my login and password; every other session of mine ends',
    who: 'signed_in',
    takes: v.object({
      login: v.optional(LoginName),
      current: v.optional(Password),
      password: NewPassword,
    }),
    gives: Done,
    problems: ['wrong_password', 'login_taken', 'login_needed', 'password_like_login', 'too_many_requests'],
    transaction: false,
  }),
  sessions: operation({
    method: 'GET',
    path: '/sessions',
    summary: 'Where I am signed in, or which phones open this home',
    who: 'signed_in',
    takes: v.object({ cursor: Cursor, limit: Limit }),
    gives: page(Session),
  }),
  endSession: operation({
    method: 'DELETE',
    path: '/sessions/:sessionId',
    summary: 'Ends one of my sessions, or one of my home; it dies within 5 seconds everywhere',
    who: 'signed_in',
    takes: v.object({ sessionId: Id }),
    gives: Done,
  }),
  endOtherSessions: operation({
    method: 'POST',
    path: '/sessions/end-others',
    summary: 'Ends all my sessions but this one',
    who: 'signed_in',
    takes: v.object({}),
    gives: v.object({ ended: v.number() }),
  }),
  tokens: operation({
    method: 'GET',
    path: '/tokens',
    summary: 'API tokens of my posts; the token itself is never shown again',
    who: 'token.own',
    takes: v.object({ cursor: Cursor, limit: Limit }),
    gives: page(Token),
  }),
  makeToken: operation({
    method: 'POST',
    path: '/tokens',
    summary: 'Makes an API token of the post I act as; it is shown this once',
    who: 'token.own',
    takes: v.object({ name: line(60), days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)) }),
    gives: v.object({ ...Token.entries, token: v.string() }),
    status: 201,
    problems: ['token_makes_none', 'no_post'],
  }),
  endToken: operation({
    method: 'DELETE',
    path: '/tokens/:tokenId',
    summary: 'Ends one of my API tokens; it dies within 5 seconds everywhere',
    who: 'token.own',
    takes: v.object({ tokenId: Id }),
    gives: Done,
  }),
}
