// Whose no holds where. A person's word is for all that is his and for what nobody of the home is named for, since it may be his; a word from
// an address without a name is the home's, for all of it. A yes opens only what speaks for whoever says it: nobody takes back another's no.
import type { Db } from '#core/db'

type Piece = ReturnType<Db>

interface Asked {
  /** Columns or values: the home, who of it is named (null: nobody), and the contact where it is one. */
  home: Piece
  person: Piece
  contact?: Piece
}

/** Is one of these purposes refused there, by whoever's word counts and by whichever way it was said? A piece of a statement. */
export const refusedAt = (
  db: Db,
  tenant: number,
  purposes: readonly string[],
  { home, person, contact = db`null::uuid` }: Asked,
) => db`
  exists (
    select 1 from loa.consent w
    where w.commune_id = ${tenant} and w.contact_id is null and w.said <> 'yes' and w.purpose = any(${[...purposes]}::text[])
      and (w.person_id = ${person} or w.household_id = ${home} and (w.person_id is null or ${person} is null and exists (
        select 1 from loa.person p
        where p.commune_id = ${tenant} and p.id = w.person_id and p.household_id = ${home} and p.left_at is null and p.died_on is null)))
      and not exists (
        select 1 from loa.consent y
        where y.commune_id = ${tenant} and y.said = 'yes' and y.purpose = w.purpose and (y.at, y.id) > (w.at, w.id)
          and (y.contact_id = ${contact} or y.contact_id is null and (
            y.person_id = w.person_id or y.person_id = ${person}
            or y.person_id is null and y.household_id = ${home} and (w.person_id is null or ${person} is null)))))`

/** The same of contact `c` of a statement, used for home `n.for_home`: whose own it is not (`n.is_reader`) has a say, too. */
export const refusedContact = (db: Db, tenant: number, purposes: readonly string[]) => db`
  (${refusedAt(db, tenant, purposes, { home: db`c.household_id`, person: db`c.person_id`, contact: db`c.id` })}
    or n.is_reader and ${refusedAt(db, tenant, purposes, { home: db`n.for_home`, person: db`null::uuid` })})`

/** Homes among these that nothing may be sent to which bears no person's name: a phone that the home's card opened. */
export async function homesThatRefuse(
  db: Db,
  tenant: number,
  ids: readonly string[],
  purposes: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!ids.length || !purposes.length) return new Set()
  const rows = await db<{ id: string }[]>`
    select h.id from unnest(${[...ids]}::uuid[]) as h(id)
    where ${refusedAt(db, tenant, purposes, { home: db`h.id`, person: db`null::uuid` })}`
  return new Set(rows.map(row => row.id))
}
