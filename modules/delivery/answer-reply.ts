// The short answer to an answer: what was understood, and what goes on. It may cost money, so it is sent once and not without end.
import { now } from '#core/clock'
import type { App } from '#core/module'
import { say } from '#core/words'
import { accountKind, addressOfAccount, answerBack } from '#channels'
import { contactsOf, type ContactKind } from '#people'
import { linksFor } from './links.ts'
import { answersTo, beginAnswer } from './store/replies.ts'
import { findPublication, type Publication } from './store/publication.ts'

export interface Answering {
  tenant: number
  account: string
  /** The provider's id of what was said. */
  id: string
  address: string
  says:
    | 'noted'
    | 'choose'
    | 'stopped'
    | 'stopped_home'
    | 'again'
    | 'again_home'
    | 'asked'
    | 'welcome'
    | 'linked'
    | 'code_wrong'
  /** None where no home names the address. */
  household?: string | undefined
  publishedId?: string | undefined
  /** Several homes name the address: its link is no home's own. */
  isShared?: boolean | undefined
  /** Where to, for an address that no home names. */
  sealedTo?: string | undefined
}

/** To one address in an hour: two machines that answer each other come to an end. */
const mostAnswers = 5
const hourMs = 3_600_000

/** Never the address itself in a job: it is looked up with the home, or opened here. */
async function addressOf(app: App, { tenant, household, address, sealedTo }: Answering, kind: ContactKind) {
  if (household === undefined) return sealedTo && app.keys.unseal('reply-to', sealedTo)
  const contacts = await contactsOf(app.sql, tenant, [household], kind, { withReaders: true })
  return contacts.find(one => one.digest.toString('hex') === address && (!one.isDemo || app.config.isDemo))?.value
}

const shortTitle = (title: string) => {
  const flat = title.replaceAll(/\s+/g, ' ').trim()
  return flat.length <= 60 ? flat : `${flat.slice(0, Math.max(flat.lastIndexOf(' ', 57), 20))}...`
}

async function wordsOf(app: App, { says, household, address, isShared }: Answering, p: Publication | undefined) {
  if (!p || household === undefined) return say('vi', `reply.${says}`)
  const linkOf = await linksFor({ app, publication: p }, [household])
  const link = linkOf(household, says === 'choose' || isShared ? { id: address, value: '' } : undefined)
  const title = p.isPrivate ? say('vi', 'reply.private') : shortTitle(p.content.title)
  return say('vi', `reply.${says}`, { link, title })
}

/** The job: an answer is begun once; what goes wrong after that is not tried again. */
export async function answerReply(app: App, answering: Answering) {
  const { tenant, account, id, address, publishedId } = answering
  const at = now()
  const sent = await answersTo(app.sql, tenant, account, address, new Date(at.getTime() - hourMs))
  if (sent >= mostAnswers || !(await beginAnswer(app.sql, tenant, account, id, at))) return
  const kind = await accountKind(app.sql, tenant, account)
  const to = kind && (await addressOf(app, answering, addressOfAccount[kind]))
  const publication = publishedId ? await findPublication(app.sql, tenant, publishedId) : undefined
  if (!to || (publishedId && !publication)) return
  await answerBack(app, { tenant, account, to, words: await wordsOf(app, answering, publication), about: id })
}
