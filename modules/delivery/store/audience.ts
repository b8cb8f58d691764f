// Whom a publication is for, fixed at its moment: homes by their dated stays, members and holders by their dated terms.
import type { Db, Tx } from '#core/db'
import type { Attributes } from '../audience.ts'
import type { Publication } from './publication.ts'

interface Counted {
  unit_id: string
  households: number
}
const total = (rows: Counted[]) => rows.reduce((sum, row) => sum + row.households, 0)

/** Villages (and hamlets) of the tenant within the units named, on a day. */
export const villagesWithin = (db: Db, tenant: number, units: string[], day: string) => db`
  select distinct v.unit_id, u.level from loa.unit_version a
  join loa.unit_version v on v.path >= a.path and v.path < left(a.path, -1) || '0'
    and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
  join loa.unit u on u.id = v.unit_id and u.commune_id = ${tenant} and u.level in ('village', 'hamlet')
  where a.unit_id = any(${units}::uuid[]) and a.valid_from <= ${day} and (a.valid_to is null or a.valid_to > ${day})`

/** The groups named and their branches. */
const groupsWithin = (db: Db, tenant: number, groups: string[]) => db`
  recursive_group as (
    select g.id from loa.group_of_people g where g.commune_id = ${tenant} and g.id = any(${groups}::uuid[])
    union
    select g.id from loa.group_of_people g join recursive_group up on g.parent_id = up.id where g.commune_id = ${tenant})`

export interface Whom {
  tenant: number
  units: string[]
  groups: string[]
  attributes: Attributes | undefined
  at: Date
  day: string
}

/** Homes of the units together with those of the groups' members, narrowed by attributes: (household_id, unit_id). */
export const homesOf = (db: Db, { tenant, units, groups, attributes, at, day }: Whom) => {
  const { needs = null, languages = null, phoneKinds = null } = attributes ?? {}
  const isNarrowed = Boolean(needs?.length ?? 0) || Boolean(languages?.length ?? 0) || Boolean(phoneKinds?.length ?? 0)
  const isEverywhere = isNarrowed && !units.length && !groups.length
  return db`
    with recursive village as (${villagesWithin(db, tenant, units, day)}), ${groupsWithin(db, tenant, groups)},
    stay as (
      select s.household_id, s.unit_id from loa.household_stay s
      where s.commune_id = ${tenant} and s.valid_from <= ${at} and (s.valid_to is null or s.valid_to > ${at}))
    select s.household_id, s.unit_id from stay s
    where (${isEverywhere} or s.unit_id in (select unit_id from village) or s.household_id in (
      select p.household_id from loa.group_member m
      join loa.person p on p.commune_id = ${tenant} and p.id = m.person_id and p.left_at is null and p.died_on is null
      where m.commune_id = ${tenant} and m.group_id in (select id from recursive_group)
        and m.valid_from <= ${at} and (m.valid_to is null or m.valid_to > ${at})))
    and (${!isNarrowed} or exists (
      select 1 from loa.household h where h.commune_id = ${tenant} and h.id = s.household_id
        and (${needs}::text[] is null or h.needs && ${needs}::text[])
        and (${languages}::text[] is null or h.languages && ${languages}::text[])
        and (${phoneKinds}::text[] is null or h.phone_kind = any(${phoneKinds}::text[]))))`
}

/** Is there any home at all? */
export async function isAnyHome(db: Db, whom: Whom): Promise<boolean> {
  const [row] = await db`select 1 from (${homesOf(db, whom)}) h limit 1`
  return Boolean(row)
}

/** One row a village of the units, with its homes of that moment; a village without homes is listed with 0. @returns homes */
export async function countUnits(tx: Tx, publishedId: string, whom: Whom, visibleAt: Date | null): Promise<number> {
  const { tenant, units, at, day } = whom
  const rows = await tx<Counted[]>`
    insert into loa.reach_unit (commune_id, published_id, unit_id, households, visible_at, none)
    select ${tenant}::int, ${publishedId}::uuid, w.unit_id, count(s.household_id), ${visibleAt}::timestamptz, count(s.household_id)
    from (${villagesWithin(tx, tenant, units, day)}) w
    left join loa.household_stay s on s.commune_id = ${tenant} and s.unit_id = w.unit_id
      and s.valid_from <= ${at} and (s.valid_to is null or s.valid_to > ${at})
    group by w.unit_id, w.level having w.level = 'village' or count(s.household_id) > 0
    returning unit_id, households`
  return total(rows)
}

/** One row a home. @returns homes */
export async function insertHomes(tx: Tx, publishedId: string, whom: Whom): Promise<number> {
  const rows = await tx`
    insert into loa.audience_home (commune_id, published_id, household_id, unit_id)
    select ${whom.tenant}::int, ${publishedId}::uuid, h.household_id, h.unit_id from (${homesOf(tx, whom)}) h
    on conflict do nothing`
  return rows.count
}

/** The homes of the round before as rows of their own, less those that a person closed as moved. */
export async function insertHomesOfRound(tx: Tx, publishedId: string, before: Publication): Promise<number> {
  const rows = await tx`
    insert into loa.audience_home (commune_id, published_id, household_id, unit_id)
    select ${before.tenant}::int, ${publishedId}::uuid, h.household_id, h.unit_id from (${homesOfPublication(tx, before)}) h
    left join loa.reach_home r on r.commune_id = ${before.tenant} and r.published_id = ${before.publishedId}
      and r.household_id = h.household_id
    where r.closed is distinct from 'moved'`
  return rows.count
}

/** Posts that somebody holds, in the units and groups named, the author's own left out: (id, unit_id). */
export const postsOf = (db: Db, { tenant, units, groups, at, day }: Whom, author: string | undefined) => db`
  with recursive ${groupsWithin(db, tenant, groups)},
  within as (
    select distinct v.unit_id from loa.unit_version a
    join loa.unit_version v on v.path >= a.path and v.path < left(a.path, -1) || '0'
      and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
    where a.unit_id = any(${units}::uuid[]) and a.valid_from <= ${day} and (a.valid_to is null or a.valid_to > ${day}))
  select p.id, coalesce(p.unit_id, g.unit_id, c.unit_id) as unit_id from loa.post p
  left join loa.group_of_people g on g.commune_id = ${tenant} and g.id = p.group_id
  join loa.commune c on c.commune_id = ${tenant}
  where p.commune_id = ${tenant} and p.closed_at is null and p.id is distinct from ${author ?? null}::uuid
    and (p.group_id is null and p.unit_id in (select unit_id from within) or p.group_id in (select id from recursive_group))
    and exists (select 1 from loa.post_term t where t.post_id = p.id and t.valid_from <= ${at}
      and (t.valid_to is null or t.valid_to > ${at}))
    and coalesce(p.unit_id, g.unit_id, c.unit_id) is not null`

/** One row a post: its id stands where a home's would. @returns posts */
export async function insertPosts(tx: Tx, publishedId: string, whom: Whom, author: string | undefined) {
  const rows = await tx`
    insert into loa.audience_home (commune_id, published_id, household_id, unit_id)
    select ${whom.tenant}::int, ${publishedId}::uuid, p.id, p.unit_id from (${postsOf(tx, whom, author)}) p`
  return rows.count
}

/** Who holds these posts now. */
export async function holdersOfPosts(tx: Tx, { tenant, at }: Whom, publishedId: string): Promise<string[]> {
  const rows = await tx<{ account_id: string }[]>`
    select distinct t.account_id from loa.audience_home h join loa.post_term t on t.post_id = h.household_id
    where h.commune_id = ${tenant} and h.published_id = ${publishedId} and t.valid_from <= ${at}
      and (t.valid_to is null or t.valid_to > ${at})`
  return rows.map(row => row.account_id)
}

/** The roll-up's rows of an audience that is kept home by home; for a round, villages of the one before stay listed. */
export async function countHomes(
  tx: Tx,
  { tenant, publishedId, visibleAt, previousId }: Shown & { previousId?: string | undefined },
): Promise<number> {
  const rows = await tx<Counted[]>`
    insert into loa.reach_unit (commune_id, published_id, unit_id, households, visible_at, none)
    select ${tenant}::int, ${publishedId}::uuid, w.unit_id, count(h.household_id), ${visibleAt}::timestamptz, count(h.household_id)
    from (
      select unit_id from loa.audience_home where commune_id = ${tenant} and published_id = ${publishedId}
      union
      select unit_id from loa.reach_unit where commune_id = ${tenant} and published_id = ${previousId ?? null}) w
    left join loa.audience_home h on h.commune_id = ${tenant} and h.published_id = ${publishedId} and h.unit_id = w.unit_id
    group by w.unit_id
    returning unit_id, households`
  return total(rows)
}

interface Shown {
  tenant: number
  publishedId: string
  /** Null: behind a relay. */
  visibleAt: Date | null
}
export interface Card {
  tenant: number
  publishedId: string
  shownId: string
  cardId: string
  isPrivate: boolean
}

/** The card becomes visible to the units (one above the commune stands for all of it) and to the groups with their branches. */
export async function showToAll(tx: Tx, card: Card, units: readonly string[], groups: string[]) {
  await tx`
    insert into loa.audience (commune_id, target_id, shown_id, published_id, card_id, is_private)
    with recursive ${groupsWithin(tx, card.tenant, groups)}
    select ${card.tenant}::int, t.id, ${card.shownId}::uuid, ${card.publishedId}::uuid, ${card.cardId}::uuid, ${card.isPrivate}
    from (
      select case when u.commune_id = ${card.tenant} then u.id else c.unit_id end as id
      from loa.unit u join loa.commune c on c.commune_id = ${card.tenant} where u.id = any(${[...units]}::uuid[])
      union
      select id from recursive_group) t
    where t.id is not null`
}

/** The card becomes visible in these villages, with the local words of whoever passed it on. */
export async function showTo(tx: Tx, card: Card, targets: readonly string[], localWords?: unknown) {
  await tx`
    insert into loa.audience (commune_id, target_id, shown_id, published_id, card_id, is_private, local_words)
    select ${card.tenant}::int, t.id, ${card.shownId}::uuid, ${card.publishedId}::uuid, ${card.cardId}::uuid, ${card.isPrivate},
      ${localWords === undefined ? null : tx.json(localWords as never)}::jsonb
    from unnest(${[...targets]}::uuid[]) as t(id)`
}

/** The card becomes visible home by home, so that nobody who comes later finds it. */
export async function showToHomes(tx: Tx, card: Card, units?: readonly string[], localWords?: unknown) {
  await tx`
    insert into loa.audience (commune_id, target_id, shown_id, published_id, card_id, is_private, local_words)
    select ${card.tenant}::int, household_id, ${card.shownId}::uuid, ${card.publishedId}::uuid, ${card.cardId}::uuid,
      ${card.isPrivate}, ${localWords === undefined ? null : tx.json(localWords as never)}::jsonb
    from loa.audience_home where commune_id = ${card.tenant} and published_id = ${card.publishedId}
      and (${!units} or unit_id = any(${[...(units ?? [])]}::uuid[]))`
}

/** A round shows itself where the one before did, with its local words, and in the villages that still waited for a relay. */
export async function showWhereBefore(tx: Tx, card: Card, previousId: string) {
  await tx`
    insert into loa.audience (commune_id, target_id, shown_id, published_id, card_id, is_private, local_words)
    select distinct on (t.target_id) ${card.tenant}::int, t.target_id, ${card.shownId}::uuid, ${card.publishedId}::uuid,
      ${card.cardId}::uuid, ${card.isPrivate}, t.local_words
    from (
      select target_id, shown_id, local_words from loa.audience
      where commune_id = ${card.tenant} and published_id = ${previousId}
      union all
      select unit_id, null, null from loa.reach_unit
      where commune_id = ${card.tenant} and published_id = ${previousId} and visible_at is null) t
    order by t.target_id, t.shown_id desc nulls last`
}

/** Villages that begin to see a publication now. @returns those that did not see it before */
export async function makeVisible(
  tx: Tx,
  { tenant, publishedId, visibleAt }: Shown,
  units: string[],
): Promise<string[]> {
  const rows = await tx<{ unit_id: string }[]>`
    update loa.reach_unit set visible_at = ${visibleAt}
    where commune_id = ${tenant} and published_id = ${publishedId} and unit_id = any(${units}::uuid[]) and visible_at is null
    returning unit_id`
  return rows.map(row => row.unit_id)
}

/** Homes of a publication, each with the village it counts in: (household_id, unit_id). A piece of a statement. */
export const homesOfPublication = (
  db: Db,
  p: Pick<Publication, 'tenant' | 'publishedId' | 'audienceKind' | 'publishedAt'>,
) =>
  p.audienceKind === 'units'
    ? db`
      select s.household_id, s.unit_id from loa.reach_unit u
      join loa.household_stay s on s.commune_id = ${p.tenant} and s.unit_id = u.unit_id
        and s.valid_from <= ${p.publishedAt} and (s.valid_to is null or s.valid_to > ${p.publishedAt})
      where u.commune_id = ${p.tenant} and u.published_id = ${p.publishedId}`
    : db`
      select a.household_id, a.unit_id from loa.audience_home a
      where a.commune_id = ${p.tenant} and a.published_id = ${p.publishedId}`

/** The words beside the card in one village. */
export async function setLocalWords(
  tx: Tx,
  of: { tenant: number; publishedId: string; unitId: string; localWords: object | undefined },
) {
  await tx`
    update loa.audience set local_words = ${of.localWords ? tx.json(of.localWords as never) : null}::jsonb
    where commune_id = ${of.tenant} and published_id = ${of.publishedId} and target_id = ${of.unitId}`
}
