// Pages by link: /n/{id} for everybody, /g/{token} from a chat group, /t/{token} for one home. Reading changes nothing; only POST and the picture in the body do.
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { iso, now, today } from '#core/clock'
import { inTransaction, type Db } from '#core/db'
import { readForm } from '#core/form'
import { inside, outside } from '#core/ids'
import type { App } from '#core/module'
import { languageOf, type Language } from '#core/words'
import { callerOf, mustBeOurPage, postTitle } from '#access'
import { giveSoon, homesToChoose, levelNo, readMessageToken, type HomeToChoose, type LevelName } from '#delivery'
import { findUnit, unitOfTenant, unitTitle } from '#units'
import { cardPage } from './card-page.ts'
import { checkPage } from './check-page.ts'
import { idOf } from './content.ts'
import { fileResponse } from './files.ts'
import { cached } from './feeds/caching.ts'
import { calendarMedia, oneDateOf } from './feeds/calendar.ts'
import { entryOf, words as feedWords } from './entry.ts'
import { findGroupPage, keepOpen } from './group-page.ts'
import { toHtml } from './markdown.ts'
import { keepQuestion } from './questions.ts'
import { versionList } from './read.ts'
import { endsAt } from './rules.ts'
import { findFile } from './store/files.ts'
import { homeByNo, levelOfHome, publicationByNo, villageOfHome } from './store/homes.ts'
import { findNotice, wordingOf, type NoticeRow } from './store/notices.ts'
import { relaysOf } from './store/relays.ts'
import { versionsOf } from './store/versions.ts'
import { traceOf } from './trace.ts'
import { publicPages } from './public-pages.tsx'
import { pageAnswer, pageText, type Share, type Sheet } from './pages/frame.tsx'
import { NoticePage, OneThing, sayIn, type Shown } from './pages/NoticePage.tsx'
import { isReader } from './pages/robots.ts'

interface OwnHome {
  token: string
  /** Undefined where the link went to a number that several homes share. */
  household: string | undefined
  choices: readonly HomeToChoose[]
}

const isPublic = (row: NoticeRow | undefined): row is NoticeRow =>
  Boolean(row?.published_at) && !row!.is_private && !row!.is_internal

async function findPublicRow(db: Db, tenant: number, id: string): Promise<NoticeRow | undefined> {
  const row = await findNotice(db, tenant, id)
  return isPublic(row) ? row : undefined
}

async function findPublic(db: Db, text: string): Promise<NoticeRow | undefined> {
  try {
    const { tenant, id } = inside(text)
    return await findPublicRow(db, tenant, id)
  } catch {
    return undefined
  }
}

/** The notice and the home of a message link. Private messages open by none. */
async function findOwn(app: App, token: string): Promise<{ row: NoticeRow; own: OwnHome | undefined } | undefined> {
  const link = readMessageToken(app.keys, token)
  if (!link) return undefined
  const household = await homeByNo(app.sql, link.tenant, link.homeNo)
  const subject = await publicationByNo(app.sql, link.tenant, link.publicationNo)
  const row = subject ? await findNotice(app.sql, link.tenant, subject) : undefined
  if (!household || !isPublic(row)) return undefined
  const choices = await choicesOf(app, row, household, link.addressMark)
  // The number is nobody's any more: what is left is the public page.
  if (link.addressMark !== undefined && !choices.length) return { row, own: undefined }
  // Whoever alone names the number by now has nothing to choose.
  const only = link.addressMark === undefined ? household : choices.length === 1 ? choices[0]!.id : undefined
  return { row, own: { token, household: only, choices: only ? [] : choices } }
}

async function choicesOf(app: App, row: NoticeRow, household: string, mark: number | undefined) {
  if (mark === undefined || !row.published_id) return []
  return homesToChoose(app.sql, { tenant: row.commune_id, publishedId: row.published_id, household, mark })
}

const isOver = (row: NoticeRow) => {
  const ends = endsAt(wordingOf(row))
  return Boolean(ends && ends <= now())
}

async function ownShown(db: Db, row: NoticeRow, own: OwnHome) {
  const isKnownAt = ({ level, levelAt }: HomeToChoose) =>
    level >= levelNo('acknowledged') && levelAt ? iso(levelAt) : undefined
  const choices = own.choices.map(home => ({ no: home.no, unit: home.unit, acknowledgedAt: isKnownAt(home) }))
  if (!own.household) return { address: `/t/${own.token}`, acknowledgedAt: undefined, choices }
  const level = row.published_id ? await levelOfHome(db, row.commune_id, row.published_id, own.household) : undefined
  const isKnown = level && level.level >= levelNo('acknowledged')
  return { address: `/t/${own.token}`, acknowledgedAt: isKnown ? iso(level.level_at) : undefined, choices }
}

async function localWords(db: Db, row: NoticeRow, own: OwnHome | undefined) {
  if (!own?.household || row.relay !== 'village') return { relay: undefined, words: undefined }
  const unit = await villageOfHome(db, row.commune_id, own.household)
  const relay = (await relaysOf(db, row.commune_id, row.id, today())).find(one => one.unit_id === unit)
  const words =
    relay?.words && relay.passed_at
      ? { words: relay.words, by: relay.by_title ?? '', at: iso(relay.passed_at) }
      : undefined
  return { relay, words }
}

async function shownOf(
  db: Db,
  row: NoticeRow,
  version: number | undefined,
  own: OwnHome | undefined,
  group: string | undefined,
) {
  const versions = await versionsOf(db, row.commune_id, row.id)
  const kept = version === undefined ? versions.at(-1) : versions.find(one => one.version === version)
  if (!kept) return undefined
  const { files, ...wording } = kept.content
  const unit = row.unit_id ? await findUnit(db, row.unit_id) : undefined
  const { relay, words } = await localWords(db, row, own)
  const shown: Omit<Shown, 'hasAsked'> = {
    address: `/n/${outside(row.commune_id, row.id)}`,
    author: row.author_post ? await postTitle(db, row.author_post) : '',
    unit: unit ? unitTitle(unit) : '',
    class: row.class,
    wording,
    html: toHtml(wording.body),
    files,
    publishedAt: iso(row.published_at!),
    isOver: isOver(row),
    trace: await traceOf(db, row, versions, relay, false),
    versions: versionList(versions),
    version: kept.version,
    newest: versions.at(-1)!.version,
    localWords: words,
    own: own && (await ownShown(db, row, own)),
    picture: group ? `/g/${group}/xem.gif` : own?.household ? `/t/${own.token}/xem.gif` : undefined,
  }
  return shown
}

const languageIn = (c: Context): Language => languageOf(c.req.header('accept-language'))

function oneThing(c: Context, status: number, key: string, data: Record<string, unknown> = {}, link?: string) {
  const to = languageIn(c)
  const say = sayIn(to)
  const text = pageText(to, () => ({
    title: say(`${key}_title`),
    isHidden: true,
    body: (
      <OneThing
        to={to}
        place="Loa Làng"
        title={say(`${key}_title`)}
        sentence={say(key, data)}
        link={link ? { href: link, words: say('to_public') } : undefined}
      />
    ),
  }))
  return pageAnswer(text, status, c.req.header('accept-encoding'))
}

/** How a chat shows the link of a public notice. A home's own link shows nothing: it is not for others. */
function shareOf(app: App, row: NoticeRow, shown: Omit<Shown, 'hasAsked'>, group: string | undefined): Share {
  const { title, plain, body } = shown.wording
  const url = `${app.config.publicUrl}${shown.address}`
  return {
    about: plain || body.slice(0, 200),
    place: shown.unit || shown.author,
    // A group's link stays the group's: its openings are counted.
    url: group ? undefined : url,
    picture: `${url}/card.png?v=${row.version}`,
    pictureWords: title,
    publishedAt: shown.publishedAt,
    changedAt: iso(row.changed_at),
  }
}

/** The commune's feeds, found by programs that open the page. */
async function feedsOf(app: App, tenant: number): Promise<Sheet['feeds']> {
  const commune = await unitOfTenant(app.sql, tenant)
  if (commune?.level !== 'commune') return undefined
  const address = `${app.config.publicUrl}/feeds/${commune.id}`
  return { title: feedWords('title', { unit: unitTitle(commune) }), address, query: '' }
}

/** The date of a notice for a calendar; of a withdrawn one, what takes it out again. */
async function dateOf(c: Context, app: App, row: NoticeRow | undefined): Promise<Response> {
  if (!row?.event) return oneThing(c, 404, 'missing')
  const entry = entryOf(app.config.publicUrl, row.commune_id, {
    ...row,
    authorTitle: row.author_post ? await postTitle(app.sql, row.author_post) : null,
    publishedAt: row.published_at!,
    changedAt: row.changed_at,
    withdrawnAt: row.withdrawn_at,
    withdrawnReason: row.withdrawn_reason,
    files: [],
  })
  const disposition = { 'content-disposition': 'attachment; filename="lich.ics"' }
  return cached(c, { text: oneDateOf(entry), media: `${calendarMedia}; charset=utf-8` }, disposition)
}

const versionAsked = (c: Context) => {
  const said = c.req.query('v')
  return said && /^\d{1,6}$/.test(said) ? Number(said) : undefined
}

/** @param group the token of a chat group's link */
async function notice(c: Context, app: App, row: NoticeRow | undefined, own?: OwnHome, group?: string) {
  if (!row) return oneThing(c, 404, 'missing')
  if (row.state === 'withdrawn')
    return oneThing(c, 410, 'withdrawn', { reason: row.withdrawn_reason, title: row.title })
  if (own && isOver(row)) return oneThing(c, 410, 'link_over', {}, `/n/${outside(row.commune_id, row.id)}`)
  const shown = await shownOf(app.sql, row, own ? undefined : versionAsked(c), own, group)
  if (!shown) return oneThing(c, 404, 'missing')
  const to = languageIn(c)
  const feeds = own ? undefined : await feedsOf(app, row.commune_id)
  const text = pageText(to, () => ({
    title: shown.wording.title,
    share: own || shown.version !== shown.newest ? undefined : shareOf(app, row, shown, group),
    feeds,
    isHidden: Boolean(own ?? group),
    body: <NoticePage n={{ ...shown, hasAsked: c.req.query('hoi') === '1' }} to={to} />,
  }))
  return pageAnswer(text, 200, c.req.header('accept-encoding'))
}

/** One piece of evidence of a home's own link; the same one twice is one. */
async function prove(app: App, row: NoticeRow, household: string, level: LevelName) {
  if (!row.published_id || row.state !== 'published' || isOver(row)) return
  const at = now()
  await giveSoon(app, [
    {
      tenant: row.commune_id,
      publishedId: row.published_id,
      id: idOf(`link\n${row.published_id}\n${household}\n${level}\n${row.version}`),
      householdId: household,
      level,
      channel: 'link',
      version: row.version,
      at,
      isOwn: true,
    },
  ])
}

const dot = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

async function keepAsked(c: Context, app: App, row: NoticeRow, own: OwnHome | undefined): Promise<boolean> {
  const { address } = await callerOf(app, c)
  const home = own?.household
  app.limits.spend(`notices.page.ask/${home ?? address}`, { calls: home ? 20 : 60, seconds: 3600 })
  const { words } = await readForm(c)
  const said = typeof words === 'string' ? words.trim().slice(0, 1000) : ''
  if (!said) return false
  await inTransaction(app.sql, tx =>
    keepQuestion(app, tx, { tenant: row.commune_id, notice: row.id, household: own?.household ?? null, words: said }),
  )
  return true
}

/** The home whose "Đã rõ" it is: the link's own, or the one chosen of those that share the number; undefined for any other. */
async function homeThatKnows(c: Context, app: App, own: OwnHome): Promise<string | undefined> {
  // The link itself is the secret that a form of another site does not know; a few homes share a number, so a few presses do.
  mustBeOurPage(c)
  app.limits.spend(`notices.page.know/${own.token}`, { calls: 30, seconds: 3600 })
  if (own.household) return own.household
  const { home } = await readForm(c)
  return own.choices.find(one => String(one.no) === home)?.id
}

const isOpenTo = (row: NoticeRow | undefined): row is NoticeRow => row?.state === 'published' && !isOver(row)

export function pages(app: App): Hono {
  const hono = new Hono()
  const small = bodyLimit({ maxSize: 16_384 })
  checkPage(app, hono)
  publicPages(app, hono)

  hono.get('/n/:id', async c => notice(c, app, await findPublic(app.sql, c.req.param('id'))))

  hono.get('/n/:id/f/:file', async c => {
    const row = await findPublic(app.sql, c.req.param('id'))
    const id = c.req.param('file')
    if (row?.state !== 'published' || !/^[\da-f-]{36}$/.test(id)) return oneThing(c, 404, 'missing')
    const versions = await versionsOf(app.sql, row.commune_id, row.id)
    const isShown = versions.some(one => one.content.files.some(file => file.id === id))
    const file = isShown ? await findFile(app.sql, row.commune_id, row.id, id) : undefined
    return file ? fileResponse(app.sql, row.commune_id, file, true) : oneThing(c, 404, 'missing')
  })

  hono.get('/n/:id/card.png', async c => {
    const row = await findPublic(app.sql, c.req.param('id'))
    return cardPage(app, c, row?.state === 'published' ? row : undefined)
  })

  hono.get('/n/:id/lich.ics', async c => dateOf(c, app, await findPublic(app.sql, c.req.param('id'))))

  hono.post('/n/:id/hoi', small, async c => {
    const row = await findPublic(app.sql, c.req.param('id'))
    if (!isOpenTo(row)) return notice(c, app, row)
    const isKept = await keepAsked(c, app, row, undefined)
    return c.redirect(`/n/${c.req.param('id')}${isKept ? '?hoi=1' : ''}#hoi`, 303)
  })

  hono.get('/t/:token', async c => {
    const found = await findOwn(app, c.req.param('token'))
    return notice(c, app, found?.row, found?.own)
  })

  hono.post('/t/:token/ro', small, async c => {
    const found = await findOwn(app, c.req.param('token'))
    if (!found?.own || !isOpenTo(found.row)) return notice(c, app, found?.row, found?.own)
    const home = await homeThatKnows(c, app, found.own)
    if (home) await prove(app, found.row, home, 'acknowledged')
    return c.redirect(`/t/${c.req.param('token')}`, 303)
  })

  hono.post('/t/:token/hoi', small, async c => {
    const found = await findOwn(app, c.req.param('token'))
    if (!found || !isOpenTo(found.row)) return notice(c, app, found?.row, found?.own)
    const isKept = await keepAsked(c, app, found.row, found.own)
    return c.redirect(`/t/${c.req.param('token')}${isKept ? '?hoi=1' : ''}#hoi`, 303)
  })

  hono.get('/g/:token', async c => {
    const token = c.req.param('token')
    const found = await findGroupPage(app, token)
    return notice(c, app, found && (await findPublicRow(app.sql, found.tenant, found.notice)), undefined, token)
  })

  hono.get('/g/:token/xem.gif', async c => {
    if (isReader(c.req.method, c.req.raw.headers)) await keepOpen(app, c.req.param('token'))
    // A phone that opens it twice within the hour asks once.
    return c.body(dot, 200, { 'content-type': 'image/gif', 'cache-control': 'private, max-age=3600' })
  })

  hono.get('/t/:token/xem.gif', async c => {
    const found = isReader(c.req.method, c.req.raw.headers) ? await findOwn(app, c.req.param('token')) : undefined
    // Of a shared number nobody knows yet whose eyes they are.
    if (found?.own?.household) await prove(app, found.row, found.own.household, 'seen')
    return c.body(dot, 200, { 'content-type': 'image/gif', 'cache-control': 'no-store' })
  })

  return hono
}
