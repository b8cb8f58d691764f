// Requests of the persons concerned, the looks at a home, and the rule of the clock.
import { now, today } from '#core/clock'
import type { Db, Tx } from '#core/db'
import { packOn } from '#core/packs'
import { requestPack } from './rules-shape.ts'
import type { RequestRules } from './working-days.ts'

/** The commune's own rules of today, else everybody's. */
export async function rulesNow(db: Db, tenant: number): Promise<{ rules: RequestRules; source: string | null }> {
  const { body: rules, source } = await packOn(db, tenant, requestPack, today())
  return { rules, source }
}

export interface RequestRow {
  id: string
  householdId: string
  kind: 'correct' | 'copy' | 'erase' | 'stop'
  words: string
  at: Date
  answerBy: Date
  answeredAt: Date | null
  answer: string | null
}

const columns = (db: Db) => db`
  r.id, r.household_id as "householdId", r.kind, r.words, r.at, r.answer_by as "answerBy", r.answered_at as "answeredAt", r.answer`

export async function insertRequest(
  tx: Tx,
  tenant: number,
  row: Pick<RequestRow, 'id' | 'householdId' | 'kind' | 'words' | 'answerBy'>,
) {
  await tx`
    insert into loa.data_request (commune_id, id, household_id, kind, words, at, answer_by)
    values (${tenant}, ${row.id}, ${row.householdId}, ${row.kind}, ${row.words}, ${now()}, ${row.answerBy})`
}

export async function findRequest(db: Db, tenant: number, id: string): Promise<RequestRow | undefined> {
  const [row] = await db<
    RequestRow[]
  >`select ${columns(db)} from loa.data_request r where r.commune_id = ${tenant} and r.id = ${id}`
  return row
}

/** What one home asked for, the newest first. */
export async function requestsOf(db: Db, tenant: number, household: string): Promise<RequestRow[]> {
  return db<RequestRow[]>`
    select ${columns(db)} from loa.data_request r where r.commune_id = ${tenant} and r.household_id = ${household} order by r.id desc limit 50`
}

/** Requests of homes in these units, soonest due first, after a spot. */
export async function requestsIn(
  db: Db,
  tenant: number,
  units: readonly string[],
  open: boolean,
  after: { at: string; id: string } | undefined,
  limit: number,
): Promise<(RequestRow & { headName: string; unitId: string })[]> {
  return db<(RequestRow & { headName: string; unitId: string })[]>`
    select ${columns(db)}, h.head_name as "headName", h.unit_id as "unitId" from loa.data_request r
    join loa.household h on h.commune_id = r.commune_id and h.id = r.household_id
    where r.commune_id = ${tenant} and h.unit_id = any(${[...units]}::uuid[]) and (r.answered_at is null) = ${open}
      and (${after === undefined} or (r.answer_by, r.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by r.answer_by, r.id limit ${limit}`
}

/** @returns false when it was answered already */
export async function setAnswer(
  tx: Tx,
  tenant: number,
  id: string,
  answer: string,
  account: string | null,
): Promise<boolean> {
  const [row] = await tx`
    update loa.data_request set answered_at = ${now()}, answer = ${answer}, done_by = ${account}
    where commune_id = ${tenant} and id = ${id} and answered_at is null returning 1`
  return Boolean(row)
}

export interface LookLine {
  day: string
  what: string
  role: string | null
  unitId: string | null
  times: number
}

/** Who looked, by office and day in Vietnam. */
export async function looksOf(db: Db, tenant: number, household: string): Promise<LookLine[]> {
  return db<LookLine[]>`
    select to_char(at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as day, what, role, unit_id as "unitId", count(*)::int as times
    from loa.look where commune_id = ${tenant} and household_id = ${household}
    group by 1, 2, 3, 4 order by 1 desc, 2 limit 100`
}

/** Looks older than a year are forgotten; the trail keeps their ids. */
export async function forgetLooks(db: Db, before: Date) {
  await db`delete from loa.look where at < ${before}`
}
