// What is to be posted in chat groups, and where a notice stands.
import type { Caller } from '#core/caller'
import { iso, now, today } from '#core/clock'
import { pageOf, readCursor, Words } from '#core/cursor'
import { inside, outside } from '#core/ids'
import type { App } from '#core/module'
import type { Answers } from '#core/serve'
import { Moment } from '#core/shapes'
import { say, type Language } from '#core/words'
import { groupToken } from '#delivery'
import { unitTitle } from '#units'
import { postBy, taskOf, type TaskKind } from './chat-rules.ts'
import { scopeOf } from './chat-scope.ts'
import type { PostingTask, Posting, postingOperations } from './contract-postings.ts'
import { postText } from './post-text.ts'
import { isOurs, outletActOf, type OutletFacts } from './outlet-rules.ts'
import { lateMinutes } from './rules.ts'
import { openPairs, pairsOfNotice, type PostingRow } from './store/postings.ts'

export const factsOf = (row: PostingRow): OutletFacts => ({
  visibleAt: row.visible_at,
  addedAt: row.added_at,
  endsAt: row.ends_at,
  isWithdrawn: row.withdrawn_at !== null,
  isReplaced: row.replaced_by !== null,
  isChatClosed: row.closed_at !== null,
  isPosted: row.posting_id !== null,
  isDown: row.down_at !== null,
  wasPosted: row.was_posted,
  tiedAt: row.tied_at,
  isAtProvider: row.provider_id !== null,
  postedVersion: row.posted_version,
  version: row.version,
  isPostedAfter: row.is_posted_after,
})

/** When it should be done: a withdrawn one within the half hour of an emergency. */
export const dueOf = (row: PostingRow, kind: TaskKind) =>
  kind === 'down'
    ? postBy('emergency', row.withdrawn_at!)
    : // What stands there already may have lost its villages since: they merge.
      postBy(row.class, row.visible_at ?? row.posted_at!)

/** Whoever posts: an account that can, else a person. @returns what it could not do, once it gave up */
function leftToPeople(row: PostingRow, kind: TaskKind) {
  const isOf = kind === 'down' ? row.provider_id !== null : isOurs(factsOf(row))
  if (!isOf) return { isLeft: true, failed: undefined }
  const act = row.acts?.[kind === 'down' ? 'remove' : 'post']
  const failed = act?.state === 'refused' || act?.state === 'unsure' ? act : undefined
  return { isLeft: Boolean(failed), failed }
}

const troubleWords = (language: Language, failed: ReturnType<typeof leftToPeople>['failed']) => {
  if (!failed) return null
  return failed.state === 'unsure'
    ? say(language, 'notices.post.unsure')
    : say(language, `channel.${failed.why ?? 'no_line'}`)
}

const chatOf = (tenant: number, row: PostingRow) => ({
  id: outside(tenant, row.chat_id),
  name: row.chat_name,
  platform: row.platform,
  members: row.members,
  link: row.link,
  unit: unitTitle({ name: row.unit_name, kind: row.unit_kind }),
})

function pictureOf(row: PostingRow) {
  const found = row.content.files.find(file => file.media.startsWith('image/'))
  return found ? { id: found.id, name: found.name, media: found.media } : null
}

export const addressOf = (app: App, tenant: number, row: PostingRow) =>
  `${app.config.publicUrl}/g/${groupToken(app.keys, { tenant, chatNo: row.chat_no, publicationNo: row.publication_no })}`

const shownTask = ({ app, caller }: { app: App; caller: Caller }, row: PostingRow, kind: TaskKind): PostingTask => {
  const tenant = caller.tenant!
  const due = dueOf(row, kind)
  return {
    kind,
    noticeId: outside(tenant, row.notice_id),
    title: row.content.title,
    class: row.class,
    author: row.author_title,
    chat: chatOf(tenant, row),
    text: postText(row, kind, addressOf(app, tenant, row)),
    picture: kind === 'down' ? null : pictureOf(row),
    visibleAt: iso(kind === 'down' ? row.withdrawn_at! : row.visible_at!),
    dueAt: iso(due),
    lateMinutes: lateMinutes(due, null, now()),
    isMine: row.group_id ? caller.group === row.group_id : caller.path === row.path,
    reason: row.withdrawn_reason,
    trouble: troubleWords(caller.language, leftToPeople(row, kind).failed),
  }
}

/** Of several rounds that stand in a group, taking one down takes the notice down. */
const keyOf = (row: PostingRow) => `${row.notice_id} ${row.chat_id}`

function stateOf(row: PostingRow, kind: TaskKind | undefined): Posting['state'] {
  if (kind) return kind === 'post' ? 'waiting' : kind
  if (row.down_at) return 'taken_down'
  if (row.posting_id) return 'posted'
  return row.visible_at || row.withdrawn_at ? 'missed' : 'waiting'
}

/** How far the account is with what it has to do there; null: nothing, or a person does it. */
function byItselfOf(row: PostingRow, language: Language): Posting['byItself'] {
  const facts = factsOf(row)
  const act = outletActOf(facts, now())
  const said = act && row.acts?.[act]
  if (!act) return null
  if (!said || said.state === 'begun' || said.state === 'done') return { act, state: 'waiting', words: null }
  const words =
    said.state === 'waiting' ? (said.why ? say(language, `channel.${said.why}`) : null) : troubleWords(language, said)
  return { act, state: said.state, words }
}

const shownPosting = ({ tenant, language }: Reading, row: PostingRow, opens: number): Posting => {
  const kind = taskOf(factsOf(row), now())
  const due = row.visible_at && postBy(row.class, row.visible_at)
  const isDue = Boolean(row.posting_id) || kind === 'post' || kind === 'again'
  return {
    chat: chatOf(tenant, row),
    state: stateOf(row, kind),
    dueAt: due && iso(due),
    postedAt: row.posted_at && iso(row.posted_at),
    by: row.posted_by ?? row.posted_account_name,
    url: row.url,
    byItself: byItselfOf(row, language),
    downAt: row.down_at && iso(row.down_at),
    lateMinutes: due && isDue ? lateMinutes(due, row.posted_at, now()) : 0,
    opens,
    hasProof: row.has_proof,
  }
}

/** Of each chat group the newest round; its openings are those of all rounds. */
interface Reading {
  tenant: number
  language: Language
}

function newestOf(reading: Reading, rows: readonly PostingRow[]): Posting[] {
  return [...Map.groupBy(rows, row => row.chat_id).values()].map(rounds =>
    shownPosting(
      reading,
      rounds[0]!,
      rounds.reduce((sum, row) => sum + row.opens, 0),
    ),
  )
}

export const postings = {
  async postingTasks({ cursor, limit }, call) {
    const { db, caller } = call
    const rows = await openPairs(db, caller.tenant!, await scopeOf(db, caller), today())
    const seen = new Set<string>()
    const tasks = rows
      .flatMap(row => {
        const kind = taskOf(factsOf(row), now())
        if (!kind || seen.has(keyOf(row)) || !leftToPeople(row, kind).isLeft) return []
        seen.add(keyOf(row))
        return [{ row, kind, at: dueOf(row, kind).toISOString(), key: keyOf(row) }]
      })
      .toSorted((a, b) => (a.at + a.key < b.at + b.key ? -1 : 1))
    const after = readCursor(cursor, Moment, Words)?.join('')
    const left = after ? tasks.filter(one => one.at + one.key > after) : tasks
    const { items, next } = pageOf(left, limit, ({ at, key }) => [at, key])
    return { items: items.map(({ row, kind }) => shownTask(call, row, kind)), next }
  },

  async postings({ noticeId }, { db, caller }) {
    const tenant = caller.tenant!
    const within = caller.path ?? null
    const rows = await pairsOfNotice(db, tenant, inside(noticeId).id, within, today())
    // A closed chat group in which it never stood is nobody's any more.
    return {
      items: newestOf(
        { tenant, language: caller.language },
        rows.filter(row => !row.closed_at || row.posting_id),
      ),
      next: null,
    }
  },
} satisfies Pick<Answers<typeof postingOperations>, 'postingTasks' | 'postings'>
