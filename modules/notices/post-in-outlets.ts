// An account posts in its outlets by itself. Each act is written down before the provider is called; whatever cannot be done is a
// person's task again, with the reason.
import { machineNow, now, today } from '#core/clock'
import { inTransaction, type Tx } from '#core/db'
import { readFile } from '#core/files'
import { newId, outside } from '#core/ids'
import type { App } from '#core/module'
import { record } from '#core/trail'
import { actInOutlet, isKeyedAccount, type Post, type PostSaid } from '#channels'
import type { OutletAct } from './chat-rules.ts'
import { dropLeftovers } from './drop-leftovers.ts'
import { exposeIn } from './expose-in-chat.ts'
import { againAfter, outletActOf, postKey } from './outlet-rules.ts'
import { postText } from './post-text.ts'
import { addressOf, dueOf, factsOf } from './postings.ts'
import { findChat } from './store/chats.ts'
import { findFile } from './store/files.ts'
import {
  beginAct,
  endAct,
  hasOutlets,
  lostActs,
  setGone,
  setVersion,
  tenantsWaiting,
  type ActOf,
  type LostAct,
  type Try,
} from './store/outlets.ts'
import { insertPosting, outletPairs, type PostingRow } from './store/postings.ts'

/** Ten pictures and a post, each with its time-out. */
const leaseMs = 300_000
const mostPictures = 10

/** After the caller's transaction a worker looks at the tenant's outlets. */
export async function wakeOutlets(app: App, tx: Tx, tenant: number) {
  if (await hasOutlets(tx, tenant)) await app.jobs.send(tx, 'notices.outlets', { tenant })
}

async function picturesOf(app: App, tenant: number, row: PostingRow): Promise<Post['pictures']> {
  const shown = row.content.files.filter(file => file.media.startsWith('image/')).slice(0, mostPictures)
  const found = await Promise.all(shown.map(file => findFile(app.sql, tenant, row.notice_id, file.id)))
  return Promise.all(
    found.flatMap(file =>
      file
        ? [
            readFile(app.sql, tenant, file.hash.toString('hex')).then(({ bytes }) => ({
              bytes,
              media: file.media,
              name: file.name,
            })),
          ]
        : [],
    ),
  )
}

/** Public ones alone are posted, so that whoever has the address sees them. */
function addressesOf({ config }: App, tenant: number, { notice_id, version, content }: PostingRow) {
  const page = `${config.publicUrl}/n/${outside(tenant, notice_id)}`
  const pictures = content.files.filter(file => /^image\/(jpeg|png)$/.test(file.media)).slice(0, mostPictures)
  return { card: `${page}/card.png?v=${version}`, pictureAddresses: pictures.map(file => `${page}/f/${file.id}`) }
}

async function postOf(app: App, tenant: number, row: PostingRow, act: OutletAct): Promise<Post> {
  const link = addressOf(app, tenant, row)
  return {
    title: row.content.title,
    text: postText(row, row.was_posted ? 'again' : 'post', link),
    link,
    author: row.author_title,
    isEmergency: row.class === 'emergency',
    ...addressesOf(app, tenant, row),
    pictures: act === 'post' ? await picturesOf(app, tenant, row) : [],
    key: postKey(row.published_id, row.chat_id),
  }
}

interface Doing {
  app: App
  of: ActOf
  row: PostingRow
  account: string
  outlet: string
  tried: Try
}

async function called({ app, of, row, account, outlet }: Doing): Promise<PostSaid> {
  const { tenant, act } = of
  const post = act === 'remove' ? undefined : await postOf(app, tenant, row, act)
  return actInOutlet(app, tenant, account, (speaker, poster) => {
    if (act === 'post') return poster.post(app, speaker, outlet, post!)
    if (act === 'change') return poster.change?.(app, speaker, outlet, row.provider_id!, post!)
    return poster.remove?.(app, speaker, outlet, row.provider_id!)
  })
}

const about = { post: 'notice.posted', change: 'notice.post_changed', remove: 'notice.taken_down' } as const

/** What was done is written together with its evidence: the homes there are exposed, as by a person's post. */
async function done(tx: Tx, { app, of, row, account, outlet }: Doing, said: PostSaid & { is: 'accepted' }) {
  const { tenant, publishedId, chat, act } = of
  let homes: number | undefined
  if (act === 'change') await setVersion(tx, tenant, publishedId, chat, row.version)
  if (act === 'remove') await setGone(tx, tenant, publishedId, chat)
  if (act === 'post') {
    const [id, at] = [newId(), now()]
    const posting = { tenant, publishedId, chat, id, notice: row.notice_id, version: row.version, at }
    const there = { account, outlet, providerId: said.ids?.[0] ?? null, url: said.url ?? null }
    const place = await findChat(tx, tenant, chat, today())
    if (place && (await insertPosting(tx, posting, { account: null, post: null }, there)))
      homes = await exposeIn(app, tx, place, { publishedId, by: id, version: row.version, at })
  }
  await record(tx, {
    tenant,
    what: about[act],
    about: { kind: 'notice', id: row.notice_id },
    data: { chat, publishedId, account, ...(homes === undefined ? {} : { homes }), again: row.was_posted },
  })
}

/** Who knows no key would say it twice: then a person looks. */
const mayRepeat = (act: OutletAct, takesKey: boolean) => act !== 'post' || takesKey

async function ended(tx: Tx, doing: Doing, said: PostSaid, isKeyed: boolean) {
  const { of, row, tried } = doing
  const { no, count: tries } = tried
  if (said.is === 'accepted') {
    if (await endAct(tx, of, no, { state: 'done' })) await done(tx, doing, said)
    return
  }
  const dueAt = dueOf(row, of.act === 'remove' && row.withdrawn_at ? 'down' : 'post')
  if (said.is === 'unknown') {
    const again = mayRepeat(of.act, isKeyed) && againAfter({ why: 'no_line' }, { tries, dueAt, at: now() })
    await endAct(tx, of, no, again ? { state: 'waiting', why: 'no_line', dueAt: again } : { state: 'unsure' })
    return
  }
  const again = againAfter(said, { tries, dueAt, at: now() })
  const { why } = said
  await endAct(tx, of, no, again ? { state: 'waiting', why, dueAt: again } : { state: 'refused', why })
  if (again) return
  const { tenant, publishedId, chat, act } = of
  await record(tx, {
    tenant,
    what: 'notice.post_refused',
    about: { kind: 'notice', id: row.notice_id },
    data: { chat, publishedId, act, why },
  })
}

/** Nothing comes of it any more: a person has it, or it is done. Rows of years are such, so the database is not asked of each. */
function isEnded(act: OutletAct, { acts, version }: PostingRow): boolean {
  const known = acts?.[act]
  if (!known || known.state === 'waiting') return false
  return act !== 'change' || known.version >= version
}

/** @returns whether the provider was asked */
async function actOn(app: App, tenant: number, row: PostingRow): Promise<boolean> {
  const act = outletActOf(factsOf(row), now())
  if (act && isEnded(act, row)) return false
  const account = act === 'post' ? row.account_id : row.posted_account
  const outlet = act === 'post' ? row.outlet : row.posted_outlet
  if (!act || !account || !outlet) return false
  const of: ActOf = { tenant, publishedId: row.published_id, chat: row.chat_id, act }
  const leaseUntil = new Date(machineNow().getTime() + leaseMs)
  const tried = await inTransaction(app.sql, tx => beginAct(tx, of, { version: row.version, account, leaseUntil }))
  if (!tried) return false
  const doing = { app, of, row, account, outlet, tried }
  const said = await called(doing)
  const isKeyed = said.is === 'unknown' && (await isKeyedAccount(app, tenant, account))
  await inTransaction(app.sql, tx => ended(tx, doing, said, isKeyed))
  return true
}

const mostRounds = 10

/**
 * The job: one after the other, since an account has one pace. Looked at again until nothing is left: a round that came up ends an
 * older one's time, and what was withdrawn while it was being posted has to go.
 */
export async function postInOutlets(app: App, { tenant }: { tenant: number }): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    let asked = 0
    for (const row of await outletPairs(app.sql, tenant, today())) asked += Number(await actOn(app, tenant, row))
    if (!asked) break
  }
  await dropLeftovers(app, tenant)
}

/** Of a dead worker's act nobody knows more than that it was begun. */
async function takeUp(app: App, lost: LostAct) {
  const isRepeatable = mayRepeat(lost.act, await isKeyedAccount(app, lost.tenant, lost.account))
  const end = isRepeatable ? ({ state: 'waiting', dueAt: now() } as const) : ({ state: 'unsure' } as const)
  await inTransaction(app.sql, tx => endAct(tx, lost, lost.tries, end))
}

/** The tick: what waits and is due, and what was lost. */
export async function lookAtOutlets(app: App): Promise<void> {
  for (const lost of await lostActs(app.sql)) await takeUp(app, lost)
  for (const { tenant } of await tenantsWaiting(app.sql))
    await inTransaction(app.sql, tx =>
      app.jobs.send(tx, 'notices.outlets', { tenant }, { singletonKey: String(tenant) }),
    )
}
