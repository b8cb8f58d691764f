// Where posts and waiting phones stand: what a permission is held against.
import { inside } from '#core/ids'
import type { PlaceOf } from '#core/module'
import { getHome } from '#people'
import { unitsByIds } from '#units'
import { findJoin } from './store/cards.ts'
import { findPost } from './store/posts.ts'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** A post of another commune is nothing at all, but to whoever stands above it. */
export const postId: PlaceOf = async (app, value, _, caller) => {
  const { tenant, id } = inside(textOf(value))
  const post = await findPost(app.sql, tenant, id)
  if (!post) return undefined
  const [unit] = post.unit_id ? await unitsByIds(app.sql, [post.unit_id]) : []
  const isBelow = Boolean(caller.path && unit?.path.startsWith(caller.path))
  if (tenant !== caller.tenant && !isBelow) return undefined
  return [{ tenant, path: unit?.path, group: post.group_id ?? undefined }]
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
