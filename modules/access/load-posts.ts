// Writes many posts with their holders at once: a demo, a benchmark.
import { now } from '#core/clock'
import { column, type Tx } from '#core/db'
import { newId } from '#core/ids'
import type { StaffRole } from './roles.ts'
import type { Part } from './store/posts.ts'
import { titleOf } from './titles.ts'

export interface LoadedPost {
  tenant: number
  role: StaffRole
  unit?: { id: string; name: string; kind: string }
  group?: { id: string; name: string }
  title?: string
  /** Holders with one key are one person. */
  holders: { key: string; name: string; part: Part }[]
}

export async function loadPosts(tx: Tx, posts: readonly LoadedPost[], since: Date) {
  const rows = posts.map(post => ({ ...post, id: newId(), title: post.title ?? titleOf(post.role, post) }))
  const accounts = new Map<string, { id: string; name: string }>()
  const terms = rows.flatMap(post =>
    post.holders.map(({ key, name, part }) => {
      const account = accounts.get(key) ?? { id: newId(), name }
      accounts.set(key, account)
      return { post: post.id, account: account.id, part }
    }),
  )
  const people = [...accounts.values()]
  await tx`
    insert into loa.account (id, name, made_at)
    select a.id, a.name, ${now()} from unnest(${column(people, 'id')}::uuid[], ${column(people, 'name')}::text[]) as a(id, name)`
  await tx`
    insert into loa.post (id, commune_id, role, unit_id, group_id, title, made_at)
    select p.*, ${now()} from unnest(${column(rows, 'id')}::uuid[], ${column(rows, 'tenant')}::int[], ${column(rows, 'role')}::text[],
      ${rows.map(post => post.unit?.id ?? null)}::uuid[], ${rows.map(post => post.group?.id ?? null)}::uuid[],
      ${column(rows, 'title')}::text[]) as p`
  await tx`
    insert into loa.post_term (post_id, account_id, part, valid_from)
    select t.post, t.account, t.part, ${since}
    from unnest(${column(terms, 'post')}::uuid[], ${column(terms, 'account')}::uuid[], ${column(terms, 'part')}::text[]) as t(post, account, part)`
}
