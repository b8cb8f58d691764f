import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Done, Id, Limit, line, Moment, page, UnitRef } from '#core/shapes'
import { staffRoles } from '../roles.ts'
import { HandOver, Part } from '../shapes.ts'

const StaffRole = v.picklist(staffRoles)

/** One who holds, deputises or stands in. `isInvited`: has not come in yet. */
const Person = v.object({
  account: Id,
  name: v.string(),
  part: Part,
  from: v.string(),
  to: v.nullable(v.string()),
  isInvited: v.boolean(),
})
const Post = v.object({
  id: Id,
  role: StaffRole,
  title: v.string(),
  unit: v.nullable(v.object({ id: v.string(), name: v.string(), kind: v.string(), level: v.string() })),
  group: v.nullable(v.object({ id: Id, name: v.string() })),
  people: v.array(Person),
  /** May the caller appoint and invite here? */
  isMine: v.boolean(),
})
export type Post = v.InferOutput<typeof Post>

const above = ['role_above', 'account_above'] as const

export const postContract = {
  posts: operation({
    method: 'GET',
    path: '/posts',
    summary: 'Posts of a unit and what lies below it, with who holds them',
    who: 'post.see',
    at: 'unit',
    takes: v.object({ unit: UnitRef, role: v.optional(StaffRole), cursor: Cursor, limit: Limit }),
    gives: page(Post),
  }),
  makePost: operation({
    method: 'POST',
    path: '/posts',
    summary: 'Makes a vacant post at a unit, or of a group of that unit; a secretary gets the unit’s Party cell',
    who: 'post.manage',
    at: 'unit',
    takes: v.object({
      unit: UnitRef,
      role: StaffRole,
      group: v.optional(Id),
      title: v.optional(line(120)),
      /** For a secretary of a unit that has no Party cell: make it too. */
      makeCell: v.optional(v.boolean(), false),
    }),
    gives: Post,
    status: 201,
    problems: ['role_above', 'post_place', 'group_name_taken'],
  }),
  renamePost: operation({
    method: 'PATCH',
    path: '/posts/:postId',
    summary: 'What the post is called',
    who: 'post.manage',
    at: 'postId',
    takes: v.object({ postId: Id, title: line(120) }),
    gives: Done,
    problems: ['role_above'],
  }),
  closePost: operation({
    method: 'POST',
    path: '/posts/:postId/close',
    summary: 'Ends a post: its terms, its sessions and its tokens end with it',
    who: 'post.manage',
    at: 'postId',
    takes: v.object({ postId: Id }),
    gives: Done,
    problems: ['role_above'],
  }),
  appoint: operation({
    method: 'POST',
    path: '/posts/:postId/people',
    summary: 'Gives the post to a new person (name), with an invitation, or to one who has an account',
    who: 'post.manage',
    at: 'postId',
    takes: v.object({
      postId: Id,
      name: v.optional(line(80)),
      account: v.optional(Id),
      part: v.optional(Part, 'holder'),
      from: v.optional(Moment),
      to: v.optional(Moment),
    }),
    gives: v.object({ account: Id, invitation: v.nullable(HandOver) }),
    status: 201,
    problems: [...above, 'name_or_account', 'stand_in_needs_end', 'term_backwards', 'term_there', 'post_ended'],
  }),
  endTerm: operation({
    method: 'POST',
    path: '/posts/:postId/people/:accountId/end',
    summary: 'Ends a person’s term now; sessions and tokens of the post end with it',
    who: 'post.manage',
    at: 'postId',
    takes: v.object({ postId: Id, accountId: Id }),
    gives: Done,
    problems: ['role_above'],
  }),
  invite: operation({
    method: 'POST',
    path: '/posts/:postId/people/:accountId/invitation',
    summary: 'A new invitation, 72 hours, once: the person’s old sessions, password and invitations die at once',
    who: 'post.manage',
    at: 'postId',
    takes: v.object({ postId: Id, accountId: Id }),
    gives: HandOver,
    status: 201,
    problems: above,
  }),
}
