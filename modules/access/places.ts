// Where posts and waiting phones stand: what a permission is held against.
import { inside } from '#core/ids'
import type { PlaceOf } from '#core/module'
import { getHome } from '#people'
import { unitsByIds } from '#units'
import { findJoin } from './store/cards.ts'
import { findPost } from './store/posts.ts'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

export const postId: PlaceOf = async (app, value) => {
  const { tenant, id } = inside(textOf(value))
  const post = await findPost(app.sql, tenant, id)
  if (!post) return undefined
  const [unit] = post.unit_id ? await unitsByIds(app.sql, [post.unit_id]) : []
  return [{ tenant, path: unit?.path, group: post.group_id ?? undefined }]
}

export const joinId: PlaceOf = async (app, value) => {
  const { tenant, id } = inside(textOf(value))
  const join = await findJoin(app.sql, tenant, id)
  if (!join) return undefined
  const home = await getHome(app.sql, tenant, join.household_id)
  const [unit] = await unitsByIds(app.sql, [home.unitId])
  return [{ tenant, path: unit?.path, household: home.id }]
}
