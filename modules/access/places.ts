// Where posts and waiting phones stand: what a permission is held against.
import { inside } from '#core/ids'
import type { Db } from '#core/db'
import type { Place, PlaceOf } from '#core/module'
import { getHome } from '#people'
import { isOwner, placesOfOwner, unitsByIds } from '#units'
import { findJoin } from './store/cards.ts'
import { findPost, type PostRow } from './store/posts.ts'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** Where posts stand: at their unit; an owner's where the owner does. */
export async function placesOfPost(
  db: Db,
  post: Pick<PostRow, 'commune_id' | 'unit_id' | 'group_id'>,
): Promise<Place[]> {
  const tenant = post.commune_id
  if (isOwner(tenant)) return placesOfOwner(db, tenant)
  const [unit] = post.unit_id ? await unitsByIds(db, [post.unit_id]) : []
  return [{ tenant, path: unit?.path, group: post.group_id ?? undefined }]
}

/** A post of another commune is nothing at all, but to whoever stands above it. */
export const postId: PlaceOf = async (app, value, _, caller) => {
  const { tenant, id } = inside(textOf(value))
  const post = await findPost(app.sql, tenant, id)
  if (!post) return undefined
  const places = await placesOfPost(app.sql, post)
  const isBelow = places.length > 0 && places.every(({ path }) => caller.path && path?.startsWith(caller.path))
  return tenant === caller.tenant || isBelow ? places : undefined
}

export const joinId: PlaceOf = async (app, value, _, caller) => {
  const { tenant, id } = inside(textOf(value))
  if (tenant !== caller.tenant) return undefined
  const join = await findJoin(app.sql, tenant, id)
  if (!join) return undefined
  const home = await getHome(app.sql, tenant, join.household_id)
  const [unit] = await unitsByIds(app.sql, [home.unitId])
  return [{ tenant, path: unit?.path, household: home.id }]
}
