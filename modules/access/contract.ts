import * as v from 'valibot'
import { operation } from '#core/operation'
import { Done, Id } from '#core/shapes'
import { roles, staffRoles } from './roles.ts'

export const Language = v.picklist(['vi', 'en'])
const Password = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
export const NewPassword = v.pipe(v.string(), v.minLength(10), v.maxLength(200))
export const Part = v.picklist(['holder', 'deputy', 'stand_in'])

const PlaceNamed = v.object({ id: v.string(), name: v.string(), kind: v.string(), level: v.string() })
const GroupNamed = v.object({ id: Id, name: v.string() })
export const MyPost = v.object({
  id: Id,
  role: v.picklist(staffRoles),
  title: v.string(),
  part: Part,
  unit: v.optional(PlaceNamed),
  group: v.optional(GroupNamed),
  isActive: v.boolean(),
})

/** Who I am here. Staff act as one of their posts (role null once it has ended); a resident is a home. */
export const Me = v.object({
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
  household: v.optional(v.object({ id: Id })),
  posts: v.array(MyPost),
  hasPassword: v.boolean(),
})
export type Me = v.InferOutput<typeof Me>

export const contract = {
  me: operation({
    method: 'GET',
    path: '/me',
    summary: 'Who I am, which posts I hold, where I stand',
    who: 'signed_in',
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
  setLanguage: operation({
    method: 'POST',
    path: '/me/language',
    summary: 'The language of my screens',
    who: 'signed_in',
    takes: v.object({ language: Language }),
    gives: Done,
  }),
}
