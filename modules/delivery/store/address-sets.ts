// By which ways the homes of an audience could be told now: counted as sets, for a writer to see before anything is sent.
import type { Db } from '#core/db'
import { refusedAt, refusedContact } from '#people'
import { homesOf, type Whom } from './audience.ts'
import { hasPush } from './has-push.ts'

export interface Asking {
  /** Contacts of these kinds. */
  kinds: readonly string[]
  /** Where one of these was refused nothing is sent; none in an emergency. */
  purposes: readonly string[]
  /** Contacts of who reads for a home count for it. */
  withReaders: boolean
  /** Whoever was born later is too young. */
  bornBy: string
  /** Made-up people count in a demo alone. */
  isDemo: boolean
  /** A home with such a phone opens what is for it by itself: the way `app`, which has no address. */
  phoneKinds: readonly string[]
}

export interface AddressSets {
  /** Homes with exactly these kinds of addresses. */
  sets: { kinds: string[]; homes: number }[]
  /** Different addresses of a kind, the best one of each home: what is shared is one. */
  addresses: { kind: string; count: number }[]
}

const named = (db: Db, tenant: number, { kinds, withReaders }: Asking) => db`
  select c.id, c.household_id as for_home, c.person_id, false as is_reader from home h
  join loa.contact c on c.commune_id = ${tenant} and c.household_id = h.household_id and c.kind = any(${[...kinds]}::text[])
    and c.ended_at is null
  union all
  select c.id, r.reads_for, r.id, true from home h
  join loa.person r on r.commune_id = ${tenant} and r.reads_for = h.household_id
  join loa.contact c on c.commune_id = ${tenant} and c.household_id = r.household_id and c.kind = any(${[...kinds]}::text[])
    and c.ended_at is null and (c.person_id = r.id or c.person_id is null and r.is_head)
  where ${withReaders}`

/** The best address of each kind that may be used for a home: (household_id, kind, digest). The same rules as at hand-over. */
const usable = (db: Db, tenant: number, asking: Asking) => db`
  select distinct on (n.for_home, c.kind) n.for_home as household_id, c.kind, c.digest
  from (${named(db, tenant, asking)}) n
  join loa.contact c on c.commune_id = ${tenant} and c.id = n.id
  left join loa.person p on p.commune_id = ${tenant} and p.id = n.person_id
  where c.dead_at is null and (${asking.isDemo} or not c.is_demo)
    and (p.id is null or p.died_on is null and p.left_at is null
      and coalesce(coalesce(p.birth_day, make_date(p.birth_year, 12, 31)) <= ${asking.bornBy}::date, true))
    and not exists (
      select 1 from (
        select distinct on (k.purpose) k.said from loa.consent k
        where k.commune_id = ${tenant} and k.household_id = c.household_id and k.contact_id = c.id
          and k.purpose = any(${[...asking.purposes]}::text[])
        order by k.purpose, k.at desc, k.id desc) s where s.said <> 'yes')
    and not ${refusedContact(db, tenant, asking.purposes)}
  order by n.for_home, c.kind, n.is_reader, c.added_at, c.id`

const wayRows = (db: Db, whom: Whom, asking: Asking) => db`
  home as materialized (
    select h.household_id, not ${refusedAt(db, whom.tenant, asking.purposes, { home: db`h.household_id`, person: db`null::uuid` })} as is_asked
    from (${homesOf(db, whom)}) h),
  way as materialized (
    select u.household_id, u.kind, u.digest from (${usable(db, whom.tenant, asking)}) u
    union all
    select h.household_id, 'device', null from home h where h.is_asked and ${hasPush(db, whom.tenant, db`h.household_id`)}
    union all
    select h.household_id, 'app', null from home h
    join loa.household x on x.commune_id = ${whom.tenant} and x.id = h.household_id
    where h.is_asked and x.phone_kind = any(${[...asking.phoneKinds]}::text[]))`

export async function addressSets(db: Db, whom: Whom, asking: Asking): Promise<AddressSets> {
  const [row] = await db<AddressSets[]>`
    with ${wayRows(db, whom, asking)},
    sets as (
      select coalesce(k.kinds, '{}') as kinds, count(*)::int as homes from home h
      left join (select household_id, array_agg(distinct kind order by kind) as kinds from way group by household_id) k
        on k.household_id = h.household_id
      group by 1),
    addresses as (select kind, count(distinct digest)::int as count from way group by kind)
    select coalesce((select json_agg(s) from sets s), '[]') as sets, coalesce((select json_agg(a) from addresses a), '[]') as addresses`
  return row!
}
