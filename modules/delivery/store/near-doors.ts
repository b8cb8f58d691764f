// Which doors a caller may knock at: pieces of the statements about doors.
import type { Db } from '#core/db'
import { countedIn } from './counted-in.ts'

export interface DoorsWanted {
  tenant: number
  /** Homes that stand below this path today; null: only those given to the account. */
  path: string | null
  account: string | null
  isMine: boolean
  /** May see who is in a group; else the doors of a private message for groups are only those given to the account. */
  seesMembers: boolean
  subjectId: string | null
  /** Null: the newest of each message. */
  round: number | null
  /** Only homes that stand below this path. */
  within: string | null
  /** Publications older than this have no doors any more. */
  since: string
  after: { publishedId: string; need: number; alley: string; no: number } | null
  limit: number
}

/** Messages whose doors may be knocked at: not of a cell, still open, and somebody asked for the doors or their time has come. */
export const openPublications = (db: Db, { tenant, subjectId, round, since }: DoorsWanted, at: Date) => db`
  select p.*, p.is_private and p.audience -> 'groups' <> '[]' as is_for_members from loa.publication p
  where p.commune_id = ${tenant} and p.published_id > ${since} and p.kind = 'home' and p.withdrawn_at is null
    and (${round}::int is null and p.replaced_by is null or p.round = ${round}) and not exists (
      select 1 from loa.group_of_people g
      where g.commune_id = p.commune_id and g.is_confidential and p.audience -> 'groups' ? g.id::text)
    and (p.ends_at is null or p.ends_at > ${at})
    and (${subjectId}::uuid is null or p.subject_id = ${subjectId})
    and (${subjectId !== null}
      or exists (select 1 from loa.ladder_step s where s.commune_id = ${tenant} and s.published_id = p.published_id
        and s.channel = 'door' and s.due_at <= ${at} and s.state <> 'stopped')
      or exists (select 1 from loa.door d where d.commune_id = ${tenant} and d.published_id = p.published_id))`

/** Homes by where they stand today: what a village took over with them is its own to walk to. */
export const nearHomes = (db: Db, { tenant, path, account, within }: DoorsWanted) => db`
  select x.*, v.name as unit_name, v.kind as unit_kind from loa.household x
  join loa.unit_version v on v.unit_id = x.unit_id and v.valid_to is null
  where x.commune_id = ${tenant} and x.closed_at is null and (${within}::text is null or (v.path >= ${within} and v.path < ${`${within}~`}))
    and (x.unit_id in (
      select w.unit_id from loa.unit_version w
      where w.valid_to is null and w.path >= ${path ?? '~'} and w.path < ${`${path ?? '~'}~`})
    or x.id in (select d.household_id from loa.door d where d.commune_id = ${tenant} and d.account_id = ${account}))`

/** May the doors of the village `u` be knocked at? A piece of a statement about publications `p`. */
export const isDue = (db: Db, tenant: number, at: Date) => db`
  exists (select 1 from loa.ladder_step s where s.commune_id = ${tenant} and s.published_id = p.published_id
    and s.unit_id = u.unit_id and s.channel = 'door' and s.due_at <= ${at} and s.state <> 'stopped')`

/** Each message with each home near the caller: the village `u` in which it counts, its row `r`, its door `d`. */
export const eachDoor = (db: Db, tenant: number) => db`
  p cross join x
  ${countedIn(db, tenant, db`x.id`)}
  left join loa.reach_home r on r.commune_id = ${tenant} and r.published_id = p.published_id and r.household_id = x.id
  left join loa.door d on d.commune_id = ${tenant} and d.published_id = p.published_id and d.household_id = x.id`

/** Those of them at which the caller may knock, or somebody has. */
export const isToKnock = (
  db: Db,
  { tenant, account, path, isMine, seesMembers, subjectId }: DoorsWanted,
  at: Date,
) => db`
  u.unit_id is not null and (not coalesce(r.is_reached, false) and r.closed is null or exists (
    select 1 from loa.visit v where v.commune_id = ${tenant} and v.published_id = p.published_id and v.household_id = x.id))
  and (${subjectId !== null} or d.account_id is not null or ${isDue(db, tenant, at)})
  and (${path !== null && !isMine} and (not p.is_for_members or ${seesMembers}) or d.account_id = ${account})`
