// Codes that link an account of a messaging service to a home, and the accounts linked.
import type { Db, Tx } from '#core/db'
import { linkedKinds } from './words-of-homes.ts'

export interface LinkCode {
  code: string
  householdId: string
  personId: string | null
  at: Date
  endsAt: Date
}

/** @returns false while somebody else's living code reads the same */
export async function putLinkCode(tx: Tx, tenant: number, c: LinkCode): Promise<boolean> {
  const rows = await tx`
    insert into loa.link_code as k (commune_id, code, household_id, person_id, made_at, ends_at)
    values (${tenant}, ${c.code}, ${c.householdId}, ${c.personId}, ${c.at}, ${c.endsAt})
    on conflict (commune_id, code) do update set household_id = excluded.household_id, person_id = excluded.person_id,
      made_at = excluded.made_at, ends_at = excluded.ends_at, used_at = null
      where k.used_at is not null or k.ends_at <= ${c.at}
    returning code`
  return rows.length > 0
}

/** Uses a code up: whoever says it second finds nothing. */
export async function takeLinkCode(tx: Tx, tenant: number, code: string, at: Date) {
  const [row] = await tx<{ householdId: string; personId: string | null }[]>`
    update loa.link_code k set used_at = ${at} from loa.household h
    where k.commune_id = ${tenant} and k.code = ${code} and k.used_at is null and k.ends_at > ${at}
      and h.commune_id = ${tenant} and h.id = k.household_id and h.closed_at is null
    returning k.household_id as "householdId", k.person_id as "personId"`
  return row
}

export async function forgetLinkCodes(db: Db, before: Date) {
  await db`delete from loa.link_code where ends_at < ${before}`
}

export interface Linked {
  id: string
  householdId: string
  personId: string | null
}

/** Homes linked to this account before that moment: a leaving that is told late does not undo a later joining. */
export async function endLinked(tx: Tx, tenant: number, digest: Buffer, before: Date, at: Date): Promise<Linked[]> {
  return tx<Linked[]>`
    update loa.contact set ended_at = ${at}
    where commune_id = ${tenant} and digest = ${digest} and added_at <= ${before} and ended_at is null
    returning id, household_id as "householdId", person_id as "personId"`
}

/** An account that the home linked itself. */
export async function endOwnLink(tx: Tx, tenant: number, household: string, id: string, at: Date) {
  const [row] = await tx<Linked[]>`
    update loa.contact set ended_at = ${at}
    where commune_id = ${tenant} and household_id = ${household} and id = ${id} and kind = any(${[...linkedKinds]}::text[]) and ended_at is null
    returning id, household_id as "householdId", person_id as "personId"`
  return row
}
