import type { Db } from '#core/db'
import { refusedAt } from './refused.ts'

export async function markDead(db: Db, tenant: number, contactId: string, at: Date) {
  await db`
    update loa.contact c set dead_at = ${at} from loa.contact this
    where this.commune_id = ${tenant} and this.id = ${contactId} and c.commune_id = ${tenant} and c.digest = this.digest
      and c.dead_at is null`
}

/** Who speaks: a person of a home, or with nobody named the home. */
export interface Voice {
  householdId: string
  personId: string | null
}

/** For whom whoever writes from an address speaks, in each home that names it; the home that named it first comes first. */
export async function voicesAt(db: Db, tenant: number, digest: Buffer): Promise<Voice[]> {
  return db<Voice[]>`
    select household_id as "householdId", person_id as "personId" from loa.contact
    where commune_id = ${tenant} and digest = ${digest} and ended_at is null
    group by 1, 2 order by min(added_at), 1, 2`
}

/** What a contact in use is found by. */
export async function digestOf(db: Db, tenant: number, contactId: string): Promise<Buffer | undefined> {
  const [row] = await db<{ digest: Buffer }[]>`
    select digest from loa.contact where commune_id = ${tenant} and id = ${contactId} and ended_at is null`
  return row?.digest
}

export interface VoiceNow {
  /** The voice's own word was said last and is a no. */
  isSaid: boolean
  /** It may not be told, by whoever's word. */
  isRefused: boolean
  /** The same of what bears nobody's name in the home. */
  isHomeRefused: boolean
}

const optional = ['optional_topics']

export async function voiceNow(db: Db, tenant: number, { householdId, personId }: Voice): Promise<VoiceNow> {
  const [row] = await db<VoiceNow[]>`
    select ${refusedAt(db, tenant, optional, { home: db`${householdId}::uuid`, person: db`${personId}::uuid` })} as "isRefused",
      ${refusedAt(db, tenant, optional, { home: db`${householdId}::uuid`, person: db`null::uuid` })} as "isHomeRefused",
      coalesce((select k.said <> 'yes' from loa.consent k
        where k.commune_id = ${tenant} and k.contact_id is null and k.purpose = 'optional_topics'
          and k.person_id is not distinct from ${personId}::uuid and (k.person_id is not null or k.household_id = ${householdId})
        order by k.at desc, k.id desc limit 1), false) as "isSaid"`
  return row!
}

export interface ContactOfVoice {
  id: string
  personId: string | null
  /** Its own last word is a no. */
  isStopped: boolean
  /** It was said together with the home's. */
  isWithHome: boolean
}

/** Contacts that a voice speaks for: a person's own ones, or with nobody named all of the home. */
export async function contactsOfVoice(
  db: Db,
  tenant: number,
  { householdId, personId }: Voice,
): Promise<ContactOfVoice[]> {
  return db<ContactOfVoice[]>`
    select c.id, c.person_id as "personId", coalesce(l.said <> 'yes', false) as "isStopped", exists (
      select 1 from loa.consent h where h.commune_id = ${tenant} and h.household_id = ${householdId} and h.contact_id is null
        and h.person_id is null and h.purpose = 'optional_topics' and h.said <> 'yes' and h.at = l.at) as "isWithHome"
    from loa.contact c
    left join lateral (
      select k.said, k.at from loa.consent k
      where k.commune_id = ${tenant} and k.contact_id = c.id and k.purpose = 'optional_topics'
      order by k.at desc, k.id desc limit 1) l on true
    where c.commune_id = ${tenant} and c.household_id = ${householdId} and c.ended_at is null
      and (${personId}::uuid is null or c.person_id = ${personId})`
}
