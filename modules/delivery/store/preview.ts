import type { Db } from '#core/db'
import { homesOf, postsOf, villagesWithin, type Whom } from './audience.ts'
import { hasContact } from './has-contact.ts'
import { hasPush } from './has-push.ts'

export interface PreviewRow {
  unitId: string
  name: string
  households: number
  unreachable: number
}

/** Kinds of phones, and of contacts, that a channel of the commune reaches. */
export interface Reaching {
  phoneKinds: readonly string[]
  contactKinds: readonly string[]
}

/** Homes per village as they are now, and those that no channel of ours finds: neither the right phone, a subscription nor a contact. */
export async function countNow(db: Db, whom: Whom, { phoneKinds, contactKinds }: Reaching) {
  const isFound = db`
    x.phone_kind = any(${[...phoneKinds]}::text[]) or ${hasPush(db, whom.tenant, db`h.household_id`)}
    or ${hasContact(db, whom.tenant, db`h.household_id`, { kinds: contactKinds, withReaders: true })}`
  return db<PreviewRow[]>`
    with home as materialized (
      select h.household_id, h.unit_id, not (${isFound}) as is_unreachable
      from (${homesOf(db, whom)}) h
      join loa.household x on x.commune_id = ${whom.tenant} and x.id = h.household_id)
    select w.unit_id as "unitId", v.name, count(h.household_id) as households,
      count(*) filter (where h.is_unreachable) as unreachable
    from (select unit_id from home union select unit_id from (${villagesWithin(db, whom.tenant, whom.units, whom.day)}) l where l.level = 'village') w
    join loa.unit u on u.id = w.unit_id
    join loa.unit_version v on v.unit_id = w.unit_id
      and v.valid_from <= ${whom.day} and (v.valid_to is null or v.valid_to > ${whom.day})
    left join home h on h.unit_id = w.unit_id
    group by w.unit_id, v.name, u.no order by u.no`
}

/** Posts that somebody holds in the units and groups, without the author's: what an internal message would go to. */
export async function countPostsNow(db: Db, whom: Whom, author: string | undefined): Promise<number> {
  const [row] = await db<{ n: number }[]>`select count(*) as n from (${postsOf(db, whom, author)}) p`
  return row!.n
}
