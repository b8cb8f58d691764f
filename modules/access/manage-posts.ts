// What a superior does with posts: make, rename, close, appoint, end, invite.
import type { Caller } from '#core/caller'
import { isDuplicate, type Tx } from '#core/db'
import { inside, insideOf, outside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { today } from '#core/clock'
import { findOwner, getUnit } from '#units'
import { forgetSessions } from './caller.ts'
import type { HandOver } from './shapes.ts'
import { getShownPost, momentOf } from './list-posts.ts'
import { cellForSecretary } from './link-cell.ts'
import { appoint, makePost, type NewPost } from './make-post.ts'
import { may } from './may.ts'
import { placesOfPost } from './places.ts'
import { handOver } from './hand-over.ts'
import { invitationHours, isFilledBy, mustBeTerm, mustFill } from './rules.ts'
import { findAccount, forgetPassword } from './store/accounts.ts'
import { addInvitation, endInvitationsOf } from './store/invitations.ts'
import {
  endTerms,
  endTermsWith,
  findPost,
  markClosed,
  openPostsAt,
  postsOfAccount,
  reopenPosts,
  resumeTerms,
  setTitle,
  tenantsOfAccount,
  termsOf,
  type Part,
  type PostRow,
} from './store/posts.ts'
import { endSessionsOf, leavePost, resumeSessions } from './store/sessions.ts'

export interface Doing {
  app: App
  db: Tx
  caller: Caller
}

/** A post that the caller's role may fill. @throws Problem not_found, role_above, post_ended */
async function getFillable({ db, caller }: Doing, postId: string): Promise<PostRow> {
  const { tenant, id } = inside(postId)
  const post = await findPost(db, tenant, id)
  if (!post) throw new Problem('not_found')
  mustFill({ role: post.role, tenant }, caller.role)
  if (post.closed_at) throw new Problem('post_ended')
  return post
}

const about = (post: PostRow | { id: string }) => ({ kind: 'post', id: post.id })

/** @throws Problem role_above, post_place */
export async function addPostHere(doing: Doing, { makeCell, ...input }: NewPost & { unit: string; makeCell: boolean }) {
  const { db, caller } = doing
  const owner = await findOwner(db, input.unit)
  const at = owner ? { id: input.unit, tenant: owner.tenant } : await getUnit(db, input.unit)
  mustFill({ role: input.role, tenant: at.tenant }, caller.role)
  const isWithoutCell = input.role === 'party_secretary' && !input.group
  const cell = isWithoutCell ? await cellForSecretary(doing, await getUnit(db, at.id), makeCell) : undefined
  const { id, tenant } = await makePost(db, {
    ...input,
    unit: at.id,
    ...(cell && { group: outside(at.tenant, cell) }),
  })
  await record(db, { tenant, what: 'post.made', by: caller, about: { kind: 'post', id }, data: { role: input.role } })
  return getShownPost(db, id, caller)
}

/** @throws Problem role_above */
export async function renamePost(doing: Doing, postId: string, title: string) {
  const post = await getFillable(doing, postId)
  await setTitle(doing.db, post.commune_id, post.id, title)
  await record(doing.db, { tenant: post.commune_id, what: 'post.renamed', by: doing.caller, about: about(post) })
}

async function endPerson({ app, db, caller }: Doing, post: PostRow, account: string, act: string | null = null) {
  const hasEnded = act ? await endTermsWith(db, act, post.id, account) : await endTerms(db, post.id, account)
  if (!hasEnded) return false
  const others = await postsOfAccount(db, account, today())
  const instead = others.find(other => other.tenant === post.commune_id && other.id !== post.id)?.id ?? null
  await leavePost(db, { tenant: post.commune_id, post: post.id, account, instead, act })
  forgetSessions(app)
  const data = { account }
  await record(db, { tenant: post.commune_id, what: 'term.ended', by: caller, about: about(post), data })
  return true
}

/** @throws Problem role_above, not_found when the person does not hold it */
export async function endTerm(doing: Doing, postId: string, accountId: string) {
  const post = await getFillable(doing, postId)
  if (!(await endPerson(doing, post, insideOf(post.commune_id, accountId)))) throw new Problem('not_found')
}

async function close(doing: Doing, post: PostRow, act: string | null = null) {
  const terms = await termsOf(doing.db, [post.id])
  await markClosed(doing.db, post.commune_id, post.id, act)
  for (const account of new Set(terms.map(term => term.account))) await endPerson(doing, post, account, act)
  await record(doing.db, { tenant: post.commune_id, what: 'post.closed', by: doing.caller, about: about(post) })
}

/** @throws Problem role_above, post_ended */
export const closePost = async (doing: Doing, postId: string) => close(doing, await getFillable(doing, postId))

/** Posts of units that are no more end with them. @param act the merger or split, which may be taken back */
export async function closePostsAt(doing: Doing, tenant: number, units: readonly string[], act: string | null = null) {
  for (const { id } of await openPostsAt(doing.db, tenant, units)) {
    const post = await findPost(doing.db, tenant, id)
    if (post) await close(doing, post, act)
  }
}

/** A merger or split is taken back: the posts that it closed stand again with their people; those of the units that close end. */
export async function reopenPostsOf(doing: Doing, tenant: number, act: string, closing: readonly string[]) {
  const { app, db, caller } = doing
  const posts = await reopenPosts(db, tenant, act)
  for (const { post, account } of await resumeTerms(db, act, posts))
    await resumeSessions(db, { tenant, post, account, act })
  for (const id of posts) await record(db, { tenant, what: 'post.reopened', by: caller, about: about({ id }) })
  await closePostsAt(doing, tenant, closing)
  forgetSessions(app)
}

/**
 * Whoever hands out a way into an account gets all it may do: so he must be above every post that it holds.
 * @throws Problem account_above
 */
async function mustBeAbove({ app, db, caller }: Doing, account: string) {
  const held = await postsOfAccount(db, account, today())
  for (const post of held) {
    const places = await placesOfPost(db, { commune_id: post.tenant, unit_id: post.unitId, group_id: post.groupId })
    const isBelow = await Promise.all(places.map(place => may(app, caller, 'post.manage', place)))
    if (!isBelow.length || !isBelow.every(Boolean) || !isFilledBy(post, caller.role)) throw new Problem('account_above')
  }
}

async function inviteTo({ app, db, caller }: Doing, post: PostRow, account: string): Promise<HandOver> {
  await endInvitationsOf(db, account)
  const { token, endsAt } = await addInvitation(db, {
    tenant: post.commune_id,
    kind: 'account',
    account,
    post: post.id,
    by: caller.account,
    minutes: invitationHours * 60,
  })
  const data = { account }
  await record(db, { tenant: post.commune_id, what: 'invitation.made', by: caller, about: about(post), data })
  return handOver(app, token, endsAt)
}

export interface Appointment {
  name?: string | undefined
  account?: string | undefined
  part: Part
  from?: string | undefined
  to?: string | undefined
}

async function knownAccount(doing: Doing, post: PostRow, text: string) {
  const account = insideOf(post.commune_id, text)
  const tenants = await tenantsOfAccount(doing.db, account)
  if (!tenants.includes(post.commune_id) || !(await findAccount(doing.db, account))) throw new Problem('not_found')
  return account
}

/** @throws Problem role_above, name_or_account, stand_in_needs_end, term_backwards, term_there, not_found */
export async function appointTo(doing: Doing, postId: string, { name, account, part, from, to }: Appointment) {
  const post = await getFillable(doing, postId)
  if (Boolean(name) === Boolean(account)) throw new Problem('name_or_account')
  const term = { part, from: momentOf(from), to: to ? new Date(to) : null }
  mustBeTerm(term)
  const known = account && (await knownAccount(doing, post, account))
  const there = await termsOf(doing.db, [post.id])
  if (there.some(one => one.account === known)) throw new Problem('term_there')
  const made = await appoint(doing.db, { ...term, post: post.id, name, account: known }).catch((error: unknown) => {
    throw isDuplicate(error) ? new Problem('term_there') : error
  })
  const data = { account: made.account, part, from: term.from.toISOString(), to: term.to?.toISOString() ?? null }
  const tenant = post.commune_id
  await record(doing.db, { tenant, what: 'term.begun', by: doing.caller, about: about(post), data })
  const invitation = known ? null : await inviteTo(doing, post, made.account)
  return { account: outside(tenant, made.account), invitation }
}

/** Lost phone or password: the same superior hands over a new way in, and every old one dies. @throws Problem role_above, account_above, not_found */
export async function invite(doing: Doing, postId: string, accountId: string): Promise<HandOver> {
  const post = await getFillable(doing, postId)
  const account = insideOf(post.commune_id, accountId)
  const there = await termsOf(doing.db, [post.id])
  if (!there.some(term => term.account === account)) throw new Problem('not_found')
  await mustBeAbove(doing, account)
  const tenants = await tenantsOfAccount(doing.db, account)
  await endSessionsOf(doing.db, { tenants, account, kinds: ['staff', 'token'] })
  await forgetPassword(doing.db, account)
  forgetSessions(doing.app)
  return inviteTo(doing, post, account)
}
