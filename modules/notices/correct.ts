import type { Caller } from '#core/caller'
import { iso, now } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import type { Parsed } from '#core/operation'
import { Problem } from '#core/problem'
import type { Call } from '#core/serve'
import { record } from '#core/trail'
import { changeWords, send } from '#delivery'
import { askSecondPerson } from './ask-second-person.ts'
import { isAbove, keptAudience } from './audience.ts'
import type { notices } from './contract.ts'
import { contentOf, messageOf, type Corrected } from './content.ts'
import { shown, type FileShown } from './files.ts'
import { changedFields, needsSecondPerson } from './rules.ts'
import { isWideNow } from './settle.ts'
import { whomOfRow } from './weigh.ts'
import { mustBeOwn, mustBeVersion, standing } from './standing.ts'
import { openApproval, type Correction } from './store/approvals.ts'
import { filesOf } from './store/files.ts'
import { setPublished, updateWording, wordingOf, type NoticeRow } from './store/notices.ts'
import { packOf } from './store/packs.ts'
import { endRelays, markWords } from './store/relays.ts'
import { insertVersion, versionsOf } from './store/versions.ts'
import { getForChange } from './visible.ts'
import { wordingFrom } from './weigh.ts'

/** The files that readers of the newest version see. */
async function filesShown(tx: Tx, row: NoticeRow): Promise<FileShown[]> {
  return (await versionsOf(tx, row.commune_id, row.id)).at(-1)?.content.files ?? []
}

async function filesNamed(tx: Tx, row: NoticeRow, ids: readonly string[]): Promise<FileShown[]> {
  const all = await filesOf(tx, row.commune_id, row.id)
  return all.filter(file => ids.includes(file.id)).map(file => shown(file))
}

/** The same publication with new words, or a new round for the same homes; then the communes' copies the same way. */
export async function applyCorrection(
  app: App,
  tx: Tx,
  before: NoticeRow,
  { wording, files: ids, tellAgain }: Correction,
  by: Pick<Caller, 'account' | 'post'>,
): Promise<NoticeRow> {
  const tenant = before.commune_id
  const row: NoticeRow = {
    ...before,
    ...wording,
    valid_until_said: wording.validUntil,
    version: before.version + 1,
  }
  const files = await filesNamed(tx, row, ids)
  await updateWording(tx, row, wording)
  const changed = changedFields(wordingOf(before), wording)
  const after = await spread(app, tx, row, { files, tellAgain, corrected: { at: iso(now()), changed } })
  await insertVersion(tx, tenant, row.id, {
    version: row.version,
    publishedId: after.published_id,
    content: { ...wording, files },
    account: by.account ?? null,
    post: by.post ?? null,
    toldAgain: tellAgain,
  })
  await markWords(tx, tenant, row.id)
  await record(tx, {
    tenant,
    what: 'notice.corrected',
    by,
    about: { kind: 'notice', id: row.id },
    data: { version: row.version, tellAgain, changed, publishedId: after.published_id },
  })
  return after
}

interface Spreading {
  files: FileShown[]
  tellAgain: boolean
  corrected: Corrected
}

async function spread(
  app: App,
  tx: Tx,
  row: NoticeRow,
  { files, tellAgain, corrected }: Spreading,
): Promise<NoticeRow> {
  const tenant = row.commune_id
  const audience = await keptAudience(tx, tenant, row.audience)
  if (!row.published_id) {
    if (isAbove(tenant, audience)) await app.jobs.send(tx, 'notices.copies', { tenant, noticeId: row.id })
    return row
  }
  if (!tellAgain) {
    const content = contentOf(wordingOf(row), files, corrected)
    await changeWords(app, tx, { tenant, publishedId: row.published_id, version: row.version, content })
    return row
  }
  const at = now()
  const round = row.round + 1
  const pack = await packOf(tx, tenant, at)
  const cardId = row.card_id ?? row.id
  await endRelays(tx, tenant, row.id, 'correction')
  const { publishedId } = await send(
    app,
    tx,
    await messageOf(tx, row, { audience, files, round, at, pack, cardId, previous: row.published_id, corrected }),
  )
  await setPublished(tx, row, { publishedId, cardId, round, at })
  return { ...row, published_id: publishedId, round }
}

const asTyped = (row: NoticeRow, said: Parsed<typeof notices.correct>) => {
  const before = wordingOf(row)
  return wordingFrom({
    title: said.title ?? before.title,
    body: said.body ?? before.body,
    plain: said.plain ?? before.plain,
    topic: said.topic ?? before.topic,
    paper: said.paper === undefined ? before.paper : said.paper,
    event: said.event === undefined ? before.event : said.event,
    steps: said.steps ?? before.steps,
    validUntil: said.validUntil === undefined ? before.validUntil : said.validUntil,
  })
}

function mustBeSent(row: NoticeRow) {
  mustBeOwn(row)
  if (row.state === 'withdrawn') throw new Problem('notice_withdrawn')
  if (row.state !== 'published') throw new Problem('notice_not_sent', { state: row.state })
}

async function isWide(tx: Tx, row: NoticeRow): Promise<boolean> {
  const audience = await keptAudience(tx, row.commune_id, row.audience)
  return isWideNow(tx, row.commune_id, whomOfRow(row, audience))
}

/**
 * Puts words right. Correcting a wide emergency waits for a second person and answers 202.
 * @throws Problem version_conflict, nothing_changed, steps_needed, notice_not_sent, notice_withdrawn, notice_from_above, correction_waits
 */
export async function correct(
  said: Parsed<typeof notices.correct>,
  call: Pick<Call<Tx>, 'app' | 'db' | 'caller' | 'c'>,
) {
  const { app, db, caller } = call
  const row = await getForChange(db, caller, said.noticeId)
  mustBeSent(row)
  mustBeVersion(row, said.version, said)
  const wording = asTyped(row, said)
  const shownNow = (await filesShown(db, row)).map(file => file.id)
  const files = said.files ?? shownNow
  const isSameFiles = files.length === shownNow.length && files.every(id => shownNow.includes(id))
  if (!changedFields(wordingOf(row), wording).length && isSameFiles) throw new Problem('nothing_changed')
  if (row.class === 'emergency' && !row.is_internal && !wording.steps.length) throw new Problem('steps_needed')
  const correction = { wording, files, tellAgain: said.tellAgain }
  if (!needsSecondPerson(row.class, row.class === 'emergency' && (await isWide(db, row)))) {
    const after = await applyCorrection(app, db, row, correction, caller)
    return standing(db, after, caller.language)
  }
  if (await openApproval(db, row.commune_id, row.id)) throw new Problem('correction_waits')
  await askSecondPerson({ app, db, caller }, row, correction)
  call.c.status(202)
  return { ...(await standing(db, row, caller.language)), state: 'waiting_approval' as const }
}
