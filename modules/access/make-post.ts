import type { Db } from '#core/db'
import { now } from '#core/clock'
import { inside } from '#core/ids'
import { Problem } from '#core/problem'
import { findOwner, findUnit } from '#units'
import type { StaffRole } from './roles.ts'
import { addAccount } from './store/accounts.ts'
import { findGroup } from './store/places.ts'
import { addPost, addTerm, findPostAt, type Part } from './store/posts.ts'
import { titleOf } from './titles.ts'

/** Where a post stands: a unit by id or code, a group by its outside id, an owner (a bank) by its number. */
export interface PostPlace {
  role: StaffRole
  unit?: string | undefined
  group?: string | undefined
}

export interface NewPost extends PostPlace {
  /** The name of the office; made of role and place unless told. */
  title?: string | undefined
}

/** Roles whose post belongs to a group rather than to a unit. */
const ofGroups = new Set<StaffRole>(['association_officer', 'credit_group_head', 'bank_officer'])

/** Offices that stand on one level only: a head of a whole commune would reach every home of it. */
const levelsOf: Partial<Record<StaffRole, readonly string[]>> = {
  province_officer: ['province'],
  commune_chair: ['commune'],
  commune_officer: ['commune'],
  village_head: ['village', 'hamlet'],
}

async function groupPlace(db: Db, ref: string) {
  const { tenant, id } = inside(ref)
  const group = await findGroup(db, tenant, id)
  if (!group) throw new Problem('not_found')
  return group
}

interface Found {
  tenant: number
  unit: string | null
  group: string | null
  named: Parameters<typeof titleOf>[1]
}

/** @throws Problem post_place when there is no such unit or group */
async function placeOf(db: Db, { role, unit, group }: PostPlace): Promise<Found> {
  if (group) {
    const found = await groupPlace(db, group)
    const at = unit ? await findUnit(db, unit) : undefined
    if (at && at.tenant !== found.tenant) throw new Problem('post_place', { role })
    return { tenant: found.tenant, unit: at?.id ?? found.unitId, group: found.id, named: { group: found } }
  }
  if (!unit) throw new Problem('post_place', { role })
  const found = await findUnit(db, unit)
  if (found && !(levelsOf[role] ?? [found.level]).includes(found.level)) throw new Problem('post_place', { role })
  if (found) return { tenant: found.tenant, unit: found.id, group: null, named: { unit: found } }
  const owner = role === 'bank_officer' ? await findOwner(db, unit) : undefined
  if (owner) return { tenant: owner.tenant, unit: null, group: null, named: { group: owner } }
  if (ofGroups.has(role) && /^[0-9a-z]{1,7}-[\w-]{22}$/.test(unit)) return placeOf(db, { role, group: unit })
  throw new Problem('post_place', { role })
}

/** Makes a vacant post. @throws Problem post_place */
export async function makePost(db: Db, post: NewPost): Promise<{ id: string; tenant: number; title: string }> {
  const place = await placeOf(db, post)
  const title = post.title ?? titleOf(post.role, place.named)
  const id = await addPost(db, { ...place, role: post.role, title })
  return { id, tenant: place.tenant, title }
}

/** The post of a role at a place, made if it is not there. @throws Problem post_place */
export async function ensurePost(db: Db, post: NewPost): Promise<{ id: string; tenant: number; title: string }> {
  const place = await placeOf(db, post)
  const there = await findPostAt(db, { ...place, role: post.role })
  if (there) return { id: there.id, tenant: place.tenant, title: there.title }
  return makePost(db, post)
}

/** Gives a post to a new person or to one who has an account. From now unless told; a stand-in must have an end. */
export async function appoint(
  db: Db,
  term: {
    post: string
    part?: Part
    name?: string | undefined
    account?: string | undefined
    from?: Date
    to?: Date | null
  },
): Promise<{ account: string }> {
  const account = term.account ?? (await addAccount(db, term.name ?? ''))
  const { post, part = 'holder', from = now(), to = null } = term
  await addTerm(db, { post, account, part, from, to })
  return { account }
}
