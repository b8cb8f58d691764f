import type { Db } from '#core/db'

export async function markDead(db: Db, tenant: number, contactId: string, at: Date) {
  await db`
    update loa.contact c set dead_at = ${at} from loa.contact this
    where this.commune_id = ${tenant} and this.id = ${contactId} and c.commune_id = ${tenant} and c.digest = this.digest
      and c.dead_at is null`
}

export interface ContactLike {
  id: string
  householdId: string
  personId: string | null
  isStopped: boolean
}

/** The contact, the same number or address in other homes, and whatever else the same people are told by: a stop is for every channel. */
export async function contactsLike(db: Db, tenant: number, contactId: string): Promise<ContactLike[]> {
  return db<ContactLike[]>`
    select c.id, c.household_id as "householdId", c.person_id as "personId", coalesce((
      select k.said <> 'yes' from loa.consent k
      where k.commune_id = ${tenant} and k.contact_id = c.id and k.purpose = 'optional_topics'
      order by k.at desc, k.id desc limit 1), false) as "isStopped"
    from loa.contact this
    join loa.contact same on same.commune_id = ${tenant} and same.digest = this.digest and same.ended_at is null
    join loa.contact c on c.commune_id = ${tenant} and c.household_id = same.household_id and c.ended_at is null
      and c.person_id is not distinct from same.person_id
    where this.commune_id = ${tenant} and this.id = ${contactId} and this.ended_at is null`
}

/** Any contact with this digest, the oldest first. */
export async function contactWith(db: Db, tenant: number, digest: Buffer): Promise<string | undefined> {
  const [row] = await db<{ id: string }[]>`
    select id from loa.contact where commune_id = ${tenant} and digest = ${digest} and ended_at is null order by added_at, id limit 1`
  return row?.id
}
