import { randomInt } from 'node:crypto'
import { now } from '#core/clock'
import type { Db } from '#core/db'
import { newId } from '#core/ids'

export interface CardRow {
  id: string
  household_id: string
  digits: string
  made_at: Date
}

const eightDigits = () => String(randomInt(0, 100_000_000)).padStart(8, '0')

/** A card with 8 digits that no other card of the tenant has. @param digestOf digest of the secret that its id stands for */
export async function addCard(
  db: Db,
  tenant: number,
  household: string,
  by: string | undefined,
  digestOf: (card: string) => Buffer,
): Promise<CardRow> {
  for (;;) {
    const id = newId()
    const [row] = await db<CardRow[]>`
      insert into loa.card (commune_id, id, household_id, digest, digits, made_at, made_by)
      values (${tenant}, ${id}, ${household}, ${digestOf(id)}, ${eightDigits()}, ${now()}, ${by ?? null})
      on conflict (commune_id, digits) do nothing returning id, household_id, digits, made_at`
    if (row) return row
  }
}

export async function findCard(db: Db, tenant: number, digest: Buffer): Promise<CardRow | undefined> {
  const [row] = await db<CardRow[]>`
    select id, household_id, digits, made_at from loa.card
    where commune_id = ${tenant} and digest = ${digest} and revoked_at is null`
  return row
}

/** @param village the number of a village in which the home stands or stood, since the card was printed there; any without it */
export async function findCardByDigits(
  db: Db,
  tenant: number,
  digits: string,
  village: number | undefined,
): Promise<CardRow | undefined> {
  const [row] = await db<CardRow[]>`
    select c.id, c.household_id, c.digits, c.made_at from loa.card c
    where c.commune_id = ${tenant} and c.digits = ${digits} and c.revoked_at is null
      and (${village ?? null}::int is null or exists (
        select 1 from loa.household_stay s join loa.unit u on u.id = s.unit_id
        where s.commune_id = ${tenant} and s.household_id = c.household_id and u.no = ${village ?? null}))`
  return row
}

/** Living cards of homes. */
export async function cardsOfHomes(db: Db, tenant: number, households: readonly string[]): Promise<CardRow[]> {
  return db<CardRow[]>`
    select id, household_id, digits, made_at from loa.card
    where commune_id = ${tenant} and household_id = any(${[...households]}::uuid[]) and revoked_at is null`
}

/** @returns how many cards died */
export async function revokeCards(db: Db, tenant: number, household: string): Promise<number> {
  const dead = await db`
    update loa.card set revoked_at = ${now()}
    where commune_id = ${tenant} and household_id = ${household} and revoked_at is null returning 1`
  return dead.length
}

export interface JoinRow {
  id: string
  household_id: string
  device: string
  at: Date
  answer: 'yes' | 'no' | null
}

export async function addJoin(
  db: Db,
  one: { tenant: number; household: string; digest: Buffer; device: string },
): Promise<string> {
  const id = newId()
  await db`
    insert into loa.join_request (commune_id, id, household_id, digest, device, at)
    values (${one.tenant}, ${id}, ${one.household}, ${one.digest}, ${one.device}, ${now()})`
  return id
}

/** The request of a waiting phone, made not before `since`. */
export async function findJoinByDigest(
  db: Db,
  tenant: number,
  digest: Buffer,
  since: Date,
): Promise<JoinRow | undefined> {
  const [row] = await db<JoinRow[]>`
    select id, household_id, device, at, answer from loa.join_request
    where commune_id = ${tenant} and digest = ${digest} and at >= ${since}`
  return row
}

export async function findJoin(db: Db, tenant: number, id: string): Promise<JoinRow | undefined> {
  const [row] = await db<JoinRow[]>`
    select id, household_id, device, at, answer from loa.join_request where commune_id = ${tenant} and id = ${id}`
  return row
}

/** @returns false when somebody answered before */
export async function answerJoinRow(
  db: Db,
  one: { tenant: number; id: string; answer: 'yes' | 'no'; by: string | undefined },
): Promise<boolean> {
  const answered = await db`
    update loa.join_request set answer = ${one.answer}, answered_at = ${now()}, answered_by = ${one.by ?? null}
    where commune_id = ${one.tenant} and id = ${one.id} and answered_at is null returning 1`
  return answered.length > 0
}

/** A yes is good for one session. @returns false when it was used */
export async function spendJoin(db: Db, tenant: number, id: string): Promise<boolean> {
  const spent = await db`
    update loa.join_request set used_at = ${now()}
    where commune_id = ${tenant} and id = ${id} and answer = 'yes' and used_at is null returning 1`
  return spent.length > 0
}

export interface ListedJoin {
  id: string
  household: string
  headName: string
  device: string
  at: Date
}

/** Requests of homes of a unit and below that nobody has answered, newest first. */
export async function openJoins(
  db: Db,
  of: { tenant: number; path: string; day: string; since: Date; before: string | null },
  limit: number,
): Promise<ListedJoin[]> {
  return db<ListedJoin[]>`
    select j.id, j.household_id as household, h.head_name as "headName", j.device, j.at
    from loa.join_request j
    join loa.household h on h.commune_id = j.commune_id and h.id = j.household_id
    join loa.unit_version v on v.unit_id = h.unit_id and v.path >= ${of.path} and v.path < ${`${of.path}~`}
      and v.valid_from <= ${of.day} and (v.valid_to is null or v.valid_to > ${of.day})
    where j.commune_id = ${of.tenant} and j.answered_at is null and j.at >= ${of.since}
      and (${of.before}::uuid is null or j.id < ${of.before}::uuid)
    order by j.id desc limit ${limit}`
}

/** Homes of a unit and below by their small numbers, after a number. */
export async function homesToPrint(
  db: Db,
  of: { tenant: number; path: string; day: string; after: number },
  limit: number,
): Promise<{ id: string; no: number; headName: string; villageNo: number }[]> {
  return db<{ id: string; no: number; headName: string; villageNo: number }[]>`
    select h.id, h.no, h.head_name as "headName", u.no as "villageNo" from loa.household h
    join loa.unit u on u.id = h.unit_id
    join loa.unit_version v on v.unit_id = h.unit_id and v.path >= ${of.path} and v.path < ${`${of.path}~`}
      and v.valid_from <= ${of.day} and (v.valid_to is null or v.valid_to > ${of.day})
    where h.commune_id = ${of.tenant} and h.no > ${of.after} and h.closed_at is null
    order by h.no limit ${limit}`
}
