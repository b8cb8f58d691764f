import type { Db, Tx } from '#core/db'
import type { Audience } from '../audience.ts'
import { levelName, levelNo, type LevelName, type MessageClass } from '../levels.ts'
import type { LadderPack } from '../ladder.ts'
import type { Content, Message } from '../message.ts'

/** homes by stays at the publication (`units`), by rows of their own (`homes`), or posts (`posts`, ids in the same rows) */
export type AudienceKind = 'units' | 'homes' | 'posts'

export interface KeptLadder {
  basis: string
  source: string | null
  validFrom: string
  steps: LadderPack[MessageClass]
}

export interface Publication {
  tenant: number
  publishedId: string
  no: number
  subject: string
  subjectId: string
  cardId: string
  kind: 'home' | 'post'
  audienceKind: AudienceKind
  round: number
  version: number
  class: MessageClass
  ask: LevelName
  isPrivate: boolean
  isInternal: boolean
  /** Whoever stopped optional topics is not sent it. */
  isOptional: boolean
  /** A second person said yes to it. */
  isApproved: boolean
  /** Null until the commune's job has counted the homes of an audience with attributes. */
  households: number | null
  audience: Audience
  ladder: KeptLadder
  content: Content
  authorPost: string | null
  authorTitle: string
  publishedAt: Date
  endsAt: Date | null
  lastUsefulAt: Date | null
  originId: string | null
  previousId: string | null
  replacedBy: string | null
  withdrawnAt: Date | null
  withdrawnReason: string | null
}

/** A private message for groups: whom it reached says who is in them. */
export const isForMembers = ({ isPrivate, audience }: Pick<Publication, 'isPrivate' | 'audience'>) =>
  isPrivate && audience.groups.length > 0

type Row = Omit<Publication, 'ask'> & { ask: number }
const read = (row: Row | undefined): Publication | undefined => row && { ...row, ask: levelName(row.ask) }

export const columns = (db: Db) => db`
  commune_id as tenant, published_id as "publishedId", no, subject, subject_id as "subjectId", card_id as "cardId", kind,
  audience_kind as "audienceKind", round, version, class, ask, is_private as "isPrivate", is_internal as "isInternal", is_optional as "isOptional", is_approved as "isApproved",
  households, audience, ladder, content, author_post as "authorPost", author_title as "authorTitle", published_at as "publishedAt",
  ends_at as "endsAt", last_useful_at as "lastUsefulAt", origin_id as "originId", previous_id as "previousId",
  replaced_by as "replacedBy", withdrawn_at as "withdrawnAt", withdrawn_reason as "withdrawnReason"`

export async function findPublication(db: Db, tenant: number, publishedId: string): Promise<Publication | undefined> {
  const [row] = await db<Row[]>`
    select ${columns(db)} from loa.publication where commune_id = ${tenant} and published_id = ${publishedId}`
  return read(row)
}

/** A round of a subject: the newest unless a number is given. */
export async function newestRound(
  db: Db,
  tenant: number,
  subjectId: string,
  round?: number,
): Promise<Publication | undefined> {
  const [row] = await db<Row[]>`
    select ${columns(db)} from loa.publication
    where commune_id = ${tenant} and subject_id = ${subjectId} and (${round ?? null}::int is null or round = ${round ?? null})
    order by round desc limit 1`
  return read(row)
}

/** Holds the publication still until the transaction ends. */
export async function lockPublication(tx: Tx, tenant: number, publishedId: string): Promise<Publication | undefined> {
  const [row] = await tx<Row[]>`
    select ${columns(tx)} from loa.publication
    where commune_id = ${tenant} and published_id = ${publishedId} for update`
  return read(row)
}

export async function insertPublication(
  tx: Tx,
  m: Message,
  made: {
    publishedId: string
    no: number
    audienceKind: AudienceKind
    households: number | null
    ladder: KeptLadder
    isOptional: boolean
    previousId: string | undefined
  },
) {
  await tx`
    insert into loa.publication (commune_id, published_id, no, subject, subject_id, card_id, kind, audience_kind, round, version,
      class, ask, is_private, is_internal, is_optional, is_approved, households, audience, ladder, content, author_post, author_title, published_at, ends_at,
      last_useful_at, origin_id, previous_id)
    values (${m.tenant}, ${made.publishedId}, ${made.no}, ${m.subject}, ${m.subjectId}, ${m.cardId}, ${m.kind},
      ${made.audienceKind}, ${m.round}, ${m.version}, ${m.class}, ${levelNo(m.ask)}, ${m.isPrivate}, ${m.isInternal}, ${made.isOptional}, ${m.isApproved ?? false},
      ${made.households}, ${tx.json(m.audience as never)}, ${tx.json(made.ladder as never)}, ${tx.json(m.content as never)}, ${m.author.post ?? null},
      ${m.author.title}, ${m.publishedAt}, ${m.endsAt ?? null}, ${m.lastUsefulAt ?? null}, ${m.originId ?? null},
      ${made.previousId ?? null})`
}

export async function setHouseholds(tx: Tx, tenant: number, publishedId: string, households: number) {
  await tx`
    update loa.publication set households = ${households}
    where commune_id = ${tenant} and published_id = ${publishedId}`
}

export async function setReplaced(tx: Tx, tenant: number, publishedId: string, by: string) {
  await tx`
    update loa.publication set replaced_by = ${by} where commune_id = ${tenant} and published_id = ${publishedId}`
}

export async function setContent(tx: Tx, tenant: number, publishedId: string, version: number, content: Content) {
  await tx`
    update loa.publication set version = ${version}, content = ${tx.json(content as never)}
    where commune_id = ${tenant} and published_id = ${publishedId}`
}

/** Every round of the subject is withdrawn together: an older one must not open again. @returns the rounds */
export async function setWithdrawn(tx: Tx, tenant: number, publishedId: string, reason: string, at: Date) {
  const rows = await tx<{ published_id: string }[]>`
    update loa.publication p set withdrawn_at = ${at}, withdrawn_reason = ${reason}
    from loa.publication this
    where this.commune_id = ${tenant} and this.published_id = ${publishedId}
      and p.commune_id = ${tenant} and p.subject_id = this.subject_id and p.withdrawn_at is null
    returning p.published_id`
  return rows.map(row => row.published_id)
}

/** Publications whose homes should have been written by now. */
export async function uncounted(db: Db, before: Date): Promise<{ tenant: number; publishedId: string }[]> {
  return db<{ tenant: number; publishedId: string }[]>`
    select commune_id as tenant, published_id as "publishedId" from loa.publication
    where households is null and published_at < ${before} order by published_at limit 100`
}

/** Is it for a group of which only its own post knows who is in it? */
export async function isOfCell(db: Db, { tenant, publishedId }: Pick<Publication, 'tenant' | 'publishedId'>) {
  const rows = await db`
    select 1 from loa.publication p
    join loa.group_of_people g on g.commune_id = p.commune_id and g.is_confidential and p.audience -> 'groups' ? g.id::text
    where p.commune_id = ${tenant} and p.published_id = ${publishedId} limit 1`
  return rows.length > 0
}
