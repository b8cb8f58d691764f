import { now, today } from '#core/clock'
import type { Db, Tx } from '#core/db'
import type { Content } from '../message.ts'
import type { MessageClass } from '../levels.ts'
import type { Entry } from '../outcomes.ts'
import { hasPush } from './has-push.ts'
import { eachDoor, isToKnock, nearHomes, openPublications, type DoorsWanted } from './near-doors.ts'

export interface DoorRow {
  publishedId: string
  subjectId: string
  content: Content
  isPrivate: boolean
  class: MessageClass
  version: number
  ask: number
  publishedAt: Date
  endsAt: Date | null
  lastUsefulAt: Date | null
  householdId: string
  no: number
  headName: string
  unitId: string
  unit: string
  unitKind: string
  alley: string
  landmark: string
  way: string
  say: string
  languages: string[]
  hasNeed: boolean
  phoneKind: string
  hasPush: boolean
  level: number
  isTold: boolean
  isReached: boolean
  closed: string | null
  visibleAt: Date | null
  state: string | null
  reason: string | null
  assignedTo: string | null
  assignedName: string | null
}

/** Doors of the caller: by message, then homes in need, then alley by alley. */
export async function doorRows(db: Db, wanted: DoorsWanted): Promise<DoorRow[]> {
  const { tenant, after } = wanted
  const at = now()
  return db<DoorRow[]>`
    with p as materialized (${openPublications(db, wanted, at)}), x as materialized (${nearHomes(db, wanted)})
    select p.published_id as "publishedId", p.subject_id as "subjectId", p.content, p.is_private as "isPrivate", p.class, p.version, p.ask,
      p.published_at as "publishedAt", p.ends_at as "endsAt", p.last_useful_at as "lastUsefulAt",
      x.id as "householdId", x.no, x.head_name as "headName", x.unit_id as "unitId", x.unit_name as unit, x.unit_kind as "unitKind", x.alley, x.landmark,
      x.way, x.say, x.languages, cardinality(x.needs) > 0 as "hasNeed", x.phone_kind as "phoneKind",
      ${hasPush(db, tenant, db`x.id`)} as "hasPush",
      coalesce(r.level, 0)::int as level, coalesce(r.is_told, false) as "isTold", coalesce(r.is_reached, false) as "isReached",
      r.closed, u.visible_at as "visibleAt", dl.state, dl.reason, d.account_id as "assignedTo", a.name as "assignedName"
    from ${eachDoor(db, tenant)}
    left join loa.account a on a.id = d.account_id
    left join lateral (
      select l.state, l.reason from loa.delivery l
      where l.commune_id = ${tenant} and l.published_id = p.published_id and l.household_id = x.id
      order by l.step desc, l.changed_at desc limit 1) dl on true
    where ${isToKnock(db, wanted, at)}
      and (${after === null} or (p.published_id, (cardinality(x.needs) = 0)::int, x.alley collate "C", x.no)
        > (${after?.publishedId ?? null}::uuid, ${after?.need ?? null}::int, ${after?.alley ?? null}::text collate "C", ${after?.no ?? null}::int))
    order by p.published_id, (cardinality(x.needs) = 0)::int, x.alley collate "C", x.no limit ${wanted.limit}`
}

export interface VisitRow {
  publishedId: string
  householdId: string
  id: string
  outcome: Entry
  at: Date
  toWhom: string | null
  note: string | null
  by: string | null
  typedBy: string | null
  corrects: string | null
}

/** All visits to these doors, in the order they were made. */
export async function visitsOf(
  db: Db,
  tenant: number,
  doors: readonly { publishedId: string; householdId: string }[],
): Promise<VisitRow[]> {
  if (!doors.length) return []
  return db<VisitRow[]>`
    select v.published_id as "publishedId", v.household_id as "householdId", v.id, v.outcome, v.corrected_at as at,
      v.to_whom as "toWhom", v.note, coalesce(a.name, p.title) as by, t.name as "typedBy", v.corrects
    from unnest(${doors.map(d => d.publishedId)}::uuid[], ${doors.map(d => d.householdId)}::uuid[]) as g(published_id, household_id)
    join loa.visit v on v.commune_id = ${tenant} and v.published_id = g.published_id and v.household_id = g.household_id
    left join loa.account a on a.id = v.account_id
    left join loa.post p on p.id = v.post_id
    left join loa.account t on t.id = v.typed_by
    order by v.corrected_at, v.id`
}

export interface NewVisit {
  tenant: number
  id: string
  publishedId: string
  householdId: string
  outcome: Entry
  toWhom: string | undefined
  note: string | undefined
  /** By the phone's clock, and corrected. */
  at: Date
  correctedAt: Date
  receivedAt: Date
  account: string | undefined
  post: string | undefined
  typedBy: string | undefined
  version: number
  corrects: string | undefined
}

/** @returns false when a visit with this id is there already */
export async function insertVisit(tx: Tx, v: NewVisit): Promise<boolean> {
  const rows = await tx`
    insert into loa.visit (commune_id, id, published_id, household_id, outcome, to_whom, note, at, corrected_at, received_at,
      account_id, post_id, typed_by, version, corrects)
    values (${v.tenant}, ${v.id}, ${v.publishedId}, ${v.householdId}, ${v.outcome}, ${v.toWhom ?? null}, ${v.note ?? null}, ${v.at},
      ${v.correctedAt}, ${v.receivedAt}, ${v.account ?? null}, ${v.post ?? null}, ${v.typedBy ?? null}, ${v.version},
      ${v.corrects ?? null})
    on conflict do nothing returning 1`
  return rows.length > 0
}

export async function findVisit(db: Db, tenant: number, id: string) {
  const [row] = await db<{ publishedId: string; householdId: string; account: string | null }[]>`
    select published_id as "publishedId", household_id as "householdId", account_id as account from loa.visit
    where commune_id = ${tenant} and id = ${id}`
  return row
}

export interface HomeState {
  level: number
  isTold: boolean
  isReached: boolean
  closed: string | null
}
export async function homeState(db: Db, tenant: number, publishedId: string, householdId: string): Promise<HomeState> {
  const [row] = await db<HomeState[]>`
    select level::int, is_told as "isTold", is_reached as "isReached", closed from loa.reach_home
    where commune_id = ${tenant} and published_id = ${publishedId} and household_id = ${householdId}`
  return row ?? { level: 0, isTold: false, isReached: false, closed: null }
}

/** Where the home stands today, and whom the door was given to. */
export async function doorPlace(db: Db, tenant: number, publishedId: string, householdId: string) {
  const [row] = await db<{ path: string | null; account: string | null; earlier: string[]; isForMembers: boolean }[]>`
    select v.path, p.is_private and p.audience -> 'groups' <> '[]' as "isForMembers", d.account_id as account, coalesce(d.earlier, '{}') as earlier from loa.household h
    join loa.publication p on p.commune_id = ${tenant} and p.published_id = ${publishedId} and p.kind = 'home'
    left join loa.unit_version v on v.unit_id = h.unit_id and v.valid_to is null
    left join loa.door d on d.commune_id = ${tenant} and d.published_id = ${publishedId} and d.household_id = h.id
    where h.commune_id = ${tenant} and h.id = ${householdId}`
  return row
}

/** Posts of these roles that the account held at the moment, with the path they reach. */
export async function postsHeldAt(db: Db, tenant: number, account: string, roles: readonly string[], at: Date) {
  return db<{ id: string; role: string; path: string | null }[]>`
    select p.id, p.role, v.path from loa.post_term t
    join loa.post p on p.id = t.post_id and p.commune_id = ${tenant} and p.role = any(${[...roles]}::text[])
    left join loa.unit_version v on v.unit_id = p.unit_id and v.valid_from <= ${today()}
      and (v.valid_to is null or v.valid_to > ${today()})
    where t.account_id = ${account} and t.valid_from <= ${at} and (t.valid_to is null or t.valid_to > ${at})`
}

/** Where a home stands today, and whether a door of it that may still be knocked at is given to the account. */
export async function homeForWalker(db: Db, tenant: number, household: string, account: string | null, since: string) {
  const [row] = await db<{ path: string | null; isGiven: boolean }[]>`
    select v.path, exists (
      select 1 from loa.door d
      join loa.publication p on p.commune_id = d.commune_id and p.published_id = d.published_id
      where d.commune_id = ${tenant} and d.account_id = ${account} and d.published_id > ${since} and d.household_id = h.id
        and p.withdrawn_at is null and p.replaced_by is null and (p.ends_at is null or p.ends_at > ${now()})) as "isGiven"
    from loa.household h
    left join loa.unit_version v on v.unit_id = h.unit_id and v.valid_to is null
    where h.commune_id = ${tenant} and h.id = ${household} and h.closed_at is null`
  return row
}

/** Which of these homes stand below the path today. */
export async function homesBelow(
  db: Db,
  tenant: number,
  path: string,
  households: readonly string[],
): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select h.id from loa.household h
    join loa.unit_version v on v.unit_id = h.unit_id and v.valid_to is null and v.path >= ${path} and v.path < ${`${path}~`}
    where h.commune_id = ${tenant} and h.id = any(${[...households]}::uuid[])`
  return rows.map(row => row.id)
}

interface Assignment {
  tenant: number
  publishedId: string
  householdIds: readonly string[]
  account: string | null
  by: string | undefined
}
export async function assign(tx: Tx, { tenant, publishedId, householdIds, account, by }: Assignment) {
  if (account === null) {
    await tx`
      delete from loa.door where commune_id = ${tenant} and published_id = ${publishedId}
        and household_id = any(${[...householdIds]}::uuid[])`
    return
  }
  await tx`
    insert into loa.door as door (commune_id, published_id, household_id, account_id, assigned_by, assigned_at)
    select ${tenant}::int, ${publishedId}::uuid, h.id, ${account}::uuid, ${by ?? null}::uuid, ${now()}::timestamptz
    from unnest(${[...householdIds].toSorted()}::uuid[]) as h(id)
    on conflict (commune_id, published_id, household_id) do update
      set earlier = case when door.account_id = excluded.account_id or door.account_id = any(door.earlier) then door.earlier
          else array_append(door.earlier, door.account_id) end,
        account_id = excluded.account_id, assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at`
}

/** A home that moved is walked to by others: what was given out for it is taken back. */
export async function takeBackDoors(tx: Tx, tenant: number, household: string) {
  await tx`delete from loa.door where commune_id = ${tenant} and household_id = ${household}`
}
