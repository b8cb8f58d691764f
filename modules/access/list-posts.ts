import type { Caller } from '#core/caller'
import { iso, now, today } from '#core/clock'
import { pageOf, readCursor, Words } from '#core/cursor'
import type { Db } from '#core/db'
import { outside } from '#core/ids'
import { Problem } from '#core/problem'
import { Uuid } from '#core/shapes'
import { findOwner, getUnit } from '#units'
import type { Post } from './contract/posts.ts'
import { isFilledBy } from './rules.ts'
import { findListedPost, postsAsked, termsOf, type ListedPost, type TermRow } from './store/posts.ts'

const shownPerson = (tenant: number, term: TermRow) => ({
  account: outside(tenant, term.account),
  name: term.name,
  part: term.part,
  from: iso(term.from),
  to: term.to && iso(term.to),
  isInvited: !term.hasCome,
})

const shown = (post: ListedPost, terms: TermRow[], caller: Caller): Post => ({
  id: outside(post.tenant, post.id),
  role: post.role,
  title: post.title,
  unit: post.unitId
    ? { id: post.unitId, name: post.unitName ?? '', kind: post.unitKind ?? '', level: post.unitLevel ?? '' }
    : null,
  group: post.groupId && post.groupName ? { id: outside(post.tenant, post.groupId), name: post.groupName } : null,
  people: terms.filter(term => term.post === post.id).map(term => shownPerson(post.tenant, term)),
  isMine: isFilledBy(post, caller.role),
})

async function withPeople(db: Db, posts: ListedPost[], caller: Caller) {
  const ids = posts.map(post => post.id)
  const terms = await termsOf(db, ids)
  return posts.map(post => shown(post, terms, caller))
}

/** @throws Problem bad_cursor */
export async function listPosts(
  db: Db,
  asked: { unit: string; role?: string | undefined; cursor?: string | undefined; limit: number },
  caller: Caller,
) {
  const owner = await findOwner(db, asked.unit)
  const path = owner ? '' : (await getUnit(db, asked.unit)).path
  const after = readCursor(asked.cursor, Words, Uuid)
  const of = {
    path,
    owner: owner?.tenant ?? null,
    role: asked.role ?? null,
    day: today(),
    after: after ? { path: after[0], id: after[1] } : null,
    id: null,
  }
  const rows = await postsAsked(db, of, asked.limit + 1)
  const page = pageOf(rows, asked.limit, last => [last.path, last.id])
  return { items: await withPeople(db, page.items, caller), next: page.next }
}

/** One post as lists show it. @throws Problem not_found */
export async function getShownPost(db: Db, id: string, caller: Caller): Promise<Post> {
  const found = await findListedPost(db, id, today())
  if (!found) throw new Problem('not_found')
  return (await withPeople(db, [found], caller))[0]!
}

/** The moment that a body names, else now. */
export const momentOf = (text: string | undefined) => (text ? new Date(text) : now())
