import type { Db, Tx } from '#core/db'

export interface Spent {
  messages: number
  parts: number
  dong: number
}

export interface SpentOn extends Spent {
  tenant: number
  publishedId: string
  channel: string
}

export async function addSpent(tx: Tx, s: SpentOn) {
  await tx`
    insert into loa.publication_spent as p (commune_id, published_id, channel, messages, parts, dong)
    values (${s.tenant}, ${s.publishedId}, ${s.channel}, ${s.messages}, ${s.parts}, ${s.dong})
    on conflict (commune_id, published_id, channel) do update set messages = p.messages + excluded.messages,
      parts = p.parts + excluded.parts, dong = p.dong + excluded.dong`
}

/** All rounds of a subject in these communes, by channel. */
export async function spentOnSubject(
  db: Db,
  tenants: readonly number[],
  subjectId: string,
): Promise<(Spent & { channel: string })[]> {
  return db<(Spent & { channel: string })[]>`
    select s.channel, sum(s.messages)::int as messages, sum(s.parts)::int as parts, sum(s.dong)::float8 as dong
    from loa.publication p
    join loa.publication_spent s on s.commune_id = p.commune_id and s.published_id = p.published_id
    where p.commune_id = any(${[...tenants]}::int[]) and p.subject_id = ${subjectId} and s.messages > 0
    group by s.channel order by 4 desc, 1`
}

export interface SpentNotice extends Spent {
  publishedId: string
  subjectId: string
  title: string
  isPrivate: boolean
  /** To a group of which nobody else is told who is in it. */
  isOfCell: boolean
  publishedAt: Date
  round: number
  households: number | null
  reached: number
}

/** Publications between two ids that cost anything, the newest first. */
export async function spentNotices(
  db: Db,
  of: { tenant: number; from: string; before: string; limit: number },
): Promise<SpentNotice[]> {
  return db<SpentNotice[]>`
    select s.published_id as "publishedId", p.subject_id as "subjectId", p.content ->> 'title' as title, p.is_private as "isPrivate",
      exists (select 1 from loa.group_of_people g where g.commune_id = ${of.tenant} and g.is_confidential and p.audience -> 'groups' ? g.id::text) as "isOfCell",
      p.published_at as "publishedAt", p.round, p.households,
      coalesce((select sum(u.reached) from loa.reach_unit u where u.commune_id = ${of.tenant} and u.published_id = s.published_id), 0)::int as reached,
      s.messages, s.parts, s.dong
    from (
      select published_id, sum(messages)::int as messages, sum(parts)::int as parts, sum(dong)::float8 as dong
      from loa.publication_spent
      where commune_id = ${of.tenant} and published_id >= ${of.from} and published_id < ${of.before} and messages > 0
      group by published_id order by published_id desc limit ${of.limit}) s
    join loa.publication p on p.commune_id = ${of.tenant} and p.published_id = s.published_id
    order by s.published_id desc`
}

export interface SpentLine extends Spent {
  title: string
  isPrivate: boolean
  publishedAt: Date
  round: number
  channel: string
}

/** A line a publication and channel. */
export async function spentLines(db: Db, of: { tenant: number; from: string; before: string }): Promise<SpentLine[]> {
  return db<SpentLine[]>`
    select p.content ->> 'title' as title, p.is_private as "isPrivate", p.published_at as "publishedAt", p.round, s.channel,
      s.messages, s.parts, s.dong::float8 as dong
    from loa.publication_spent s
    join loa.publication p on p.commune_id = ${of.tenant} and p.published_id = s.published_id
    where s.commune_id = ${of.tenant} and s.published_id >= ${of.from} and s.published_id < ${of.before} and s.messages > 0
    order by s.published_id, s.channel`
}
