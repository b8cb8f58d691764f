import { now } from '#core/clock'
import { fold } from '#core/fold'
import type { Db, Tx } from '#core/db'
import type { Ask, NoticeClass, State, Wording } from '../rules.ts'
import type { Attributes, Event, Paper, Step } from '../shapes.ts'

/** The audience as its row keeps it: ids, named at the last change. */
export interface KeptAudience {
  units: string[]
  groups: string[]
  attributes?: Attributes
}

export interface NoticeRow {
  commune_id: number
  id: string
  state: State
  version: number
  title: string
  body: string
  plain: string
  class: NoticeClass
  topic: string
  ask: Ask
  paper: Paper | null
  event: Event | null
  steps: Step[]
  /** As it was typed: a day or a moment. */
  valid_until_said: string | null
  audience: KeptAudience
  is_internal: boolean
  is_private: boolean
  relay: 'none' | 'village'
  relay_by: Date | null
  author_account: string | null
  author_post: string | null
  unit_id: string | null
  unit_path: string
  group_id: string | null
  audience_paths: string[]
  card_id: string | null
  published_id: string | null
  round: number
  origin_id: string | null
  publish_at: Date | null
  published_at: Date | null
  withdrawn_at: Date | null
  withdrawn_reason: string | null
  made_at: Date
  changed_at: Date
}

type Worded = Pick<NoticeRow, 'title' | 'body' | 'plain' | 'topic' | 'paper' | 'event' | 'steps' | 'valid_until_said'>

export const wordingOf = (row: Worded): Wording => ({
  title: row.title,
  body: row.body,
  plain: row.plain,
  topic: row.topic,
  paper: row.paper,
  event: row.event,
  steps: row.steps,
  validUntil: row.valid_until_said,
})

export async function findNotice(db: Db, tenant: number, id: string): Promise<NoticeRow | undefined> {
  const [row] = await db<NoticeRow[]>`select * from loa.notice where commune_id = ${tenant} and id = ${id}`
  return row
}

/** The row, held until the transaction ends: a double click waits here and then sees what the first did. */
export async function lockNotice(tx: Tx, tenant: number, id: string): Promise<NoticeRow | undefined> {
  const [row] = await tx<NoticeRow[]>`select * from loa.notice where commune_id = ${tenant} and id = ${id} for update`
  return row
}

type Draft = Omit<
  NoticeRow,
  | 'published_id'
  | 'card_id'
  | 'round'
  | 'publish_at'
  | 'published_at'
  | 'withdrawn_at'
  | 'withdrawn_reason'
  | 'made_at'
  | 'changed_at'
>

const json = (tx: Tx, value: unknown) => (value === null ? null : tx.json(value as never))

export async function insertNotice(tx: Tx, row: Draft): Promise<void> {
  await tx`
    insert into loa.notice (commune_id, id, state, version, title, title_folded, body, plain, class, topic, ask, paper, event, steps,
      valid_until_said, audience, is_internal, is_private, relay, relay_by, author_account, author_post, unit_id, unit_path, group_id,
      audience_paths, origin_id, made_at, changed_at)
    values (${row.commune_id}, ${row.id}, ${row.state}, ${row.version}, ${row.title}, ${fold(row.title)}, ${row.body}, ${row.plain},
      ${row.class}, ${row.topic}, ${row.ask}, ${json(tx, row.paper)}, ${json(tx, row.event)}, ${json(tx, row.steps)},
      ${row.valid_until_said}, ${json(tx, row.audience)}, ${row.is_internal}, ${row.is_private}, ${row.relay}, ${row.relay_by},
      ${row.author_account}, ${row.author_post}, ${row.unit_id}, ${row.unit_path}, ${row.group_id}, ${row.audience_paths},
      ${row.origin_id}, ${now()}, ${now()})`
}

/** Everything a writer may change in a draft; the version rises by one. */
export async function updateDraft(tx: Tx, row: NoticeRow): Promise<void> {
  await tx`
    update loa.notice set version = ${row.version}, state = ${row.state}, title = ${row.title}, title_folded = ${fold(row.title)},
      body = ${row.body}, plain = ${row.plain}, class = ${row.class}, topic = ${row.topic}, ask = ${row.ask},
      paper = ${json(tx, row.paper)}, event = ${json(tx, row.event)}, steps = ${json(tx, row.steps)},
      valid_until_said = ${row.valid_until_said}, audience = ${json(tx, row.audience)}, is_internal = ${row.is_internal},
      is_private = ${row.is_private}, relay = ${row.relay}, relay_by = ${row.relay_by}, audience_paths = ${row.audience_paths}, unit_path = ${row.unit_path},
      changed_at = ${now()}
    where commune_id = ${row.commune_id} and id = ${row.id}`
}

export async function updateWording(tx: Tx, row: NoticeRow, wording: Wording): Promise<void> {
  await tx`
    update loa.notice set version = ${row.version}, title = ${wording.title}, title_folded = ${fold(wording.title)},
      body = ${wording.body}, plain = ${wording.plain}, topic = ${wording.topic}, paper = ${json(tx, wording.paper)},
      event = ${json(tx, wording.event)}, steps = ${json(tx, wording.steps)}, valid_until_said = ${wording.validUntil},
      changed_at = ${now()}
    where commune_id = ${row.commune_id} and id = ${row.id}`
}

export async function setState(tx: Tx, row: NoticeRow, state: State, publishAt: Date | null = null): Promise<void> {
  await tx`
    update loa.notice set state = ${state}, publish_at = ${publishAt}, publish_tries = 0, changed_at = ${now()}
    where commune_id = ${row.commune_id} and id = ${row.id}`
}

export async function setPublished(
  tx: Tx,
  row: NoticeRow,
  round: { publishedId: string | null; cardId: string; round: number; at: Date },
): Promise<void> {
  await tx`
    update loa.notice set state = 'published', published_id = ${round.publishedId}, card_id = ${round.cardId}, round = ${round.round},
      published_at = coalesce(published_at, ${round.at}), publish_at = null, changed_at = ${round.at}
    where commune_id = ${row.commune_id} and id = ${row.id}`
}

export async function setWithdrawn(tx: Tx, row: NoticeRow, reason: string): Promise<void> {
  await tx`
    update loa.notice set state = 'withdrawn', withdrawn_at = ${now()}, withdrawn_reason = ${reason}, publish_at = null, changed_at = ${now()}
    where commune_id = ${row.commune_id} and id = ${row.id}`
}

export async function deleteDraft(tx: Tx, tenant: number, id: string): Promise<void> {
  await tx`delete from loa.notice_file where commune_id = ${tenant} and notice_id = ${id}`
  await tx`delete from loa.approval where commune_id = ${tenant} and notice_id = ${id}`
  await tx`delete from loa.notice where commune_id = ${tenant} and id = ${id}`
}

/** Scheduled notices whose time has come, oldest first. */
export const dueNotices = (db: Db) => db<{ commune_id: number; id: string }[]>`
  select commune_id, id from loa.notice where state = 'scheduled' and publish_at <= ${now()}
    and publish_tries < 20 order by publish_at limit 50`

/** One that failed is tried again later, ever more seldom, and never holds up the others. */
export async function putOff(db: Db, tenant: number, id: string): Promise<void> {
  await db`
    update loa.notice set publish_tries = publish_tries + 1, publish_at = ${now()}::timestamptz + (2 ^ least(publish_tries, 8)) * interval '1 second'
    where commune_id = ${tenant} and id = ${id} and state = 'scheduled'`
}

export interface ListedRow extends NoticeRow {
  households: number | null
  author_title: string | null
  unit_name: string | null
  unit_kind: string | null
}

/**
 * Notices that this post may see in lists: its own, those written below its unit and, once published, those that reach its unit.
 * `path` empty: own ones only.
 */
export function listNotices(
  db: Db,
  of: {
    tenant: number
    post: string | undefined
    path: string | undefined
    seesBelow: boolean
    /** Else a private notice for a group is its author's alone. */
    seesMembers: boolean
    state: State | undefined
    isMine: boolean
    before: string | undefined
    limit: number
    day: string
  },
) {
  return db<ListedRow[]>`
    select n.*, p.title as author_title, v.name as unit_name, v.kind as unit_kind, d.households
    from loa.notice n
    left join loa.post p on p.id = n.author_post
    left join loa.unit_version v on v.unit_id = n.unit_id and v.valid_from <= ${of.day} and (v.valid_to is null or v.valid_to > ${of.day})
    left join loa.publication d on d.commune_id = n.commune_id and d.published_id = n.published_id
    where n.commune_id = ${of.tenant}
      and (${of.state ?? null}::text is null or n.state = ${of.state ?? null})
      and (${of.before ?? null}::uuid is null or n.id < ${of.before ?? null}::uuid)
      and (n.author_post = ${of.post ?? null}
        or (${!of.isMine && of.seesBelow}
          and (not n.is_private or n.audience -> 'groups' = '[]' or ${of.seesMembers}) and (starts_with(n.unit_path, ${of.path ?? ''})
          or (n.published_at is not null and not n.is_private and exists (
            select 1 from unnest(n.audience_paths) a where starts_with(a, ${of.path ?? ''}) or starts_with(${of.path ?? ''}, a))))))
    order by n.id desc limit ${of.limit}`
}
