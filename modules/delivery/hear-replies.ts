// Somebody answers a message: "1" is "Đã rõ", HỦY stops what is optional, everything else is a question of that home.
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { Counter } from 'prom-client'
import { metrics } from '#core/metrics'
import { contactDigest, readPhone, stopOptionalAt } from '#people'
import type { Heard } from '#channels'
import { idFrom } from './id-from.ts'
import type { Answering } from './answer-reply.ts'
import { endOf } from './outgoing.ts'
import { give } from './receipt.ts'
import { meaningOf } from './reply-meaning.ts'
import { findPublication, type Publication } from './store/publication.ts'
import { findTalk, keepReply, type Talk } from './store/replies.ts'

const replies = new Counter({
  name: 'loa_replies_total',
  help: 'What people answered to messages, by what came of it',
  labelNames: ['became'],
  registers: [metrics],
})

/** How long an answer is taken to be about the newest message. */
export const talkMs = 72 * 3_600_000
const mostLetters = 1000

export type Said = Extract<Heard, { is: 'said' }>

interface Heading {
  app: App
  tx: Tx
  tenant: number
  account: string
  said: Said
  address: string
}

const isOpen = (p: Publication) => !p.withdrawnAt && !p.replacedBy && endOf(p) > now().getTime()

/** The newest message to this number, while it is open. */
async function openTalk({ tx, tenant, account, address }: Heading) {
  const talk = await findTalk(tx, tenant, account, address, new Date(now().getTime() - talkMs))
  const publication = talk && (await findPublication(tx, tenant, talk.publishedId))
  return publication && isOpen(publication) ? { talk, publication } : undefined
}

type About = { talk: Talk; publication: Publication }
type Became = { says: Answering['says']; household: string | undefined; publishedId?: string }

async function known({ app, tx, tenant, account, said }: Heading, { talk, publication: p }: About): Promise<Became> {
  const { householdId: household, publishedId } = talk
  if (talk.isShared) return { says: 'choose', household, publishedId }
  const id = idFrom(`reply ${account} ${said.id}`)
  const { version } = p
  await give(app, tx, [
    { tenant, publishedId, id, householdId: household, level: 'acknowledged', channel: 'sms', version, at: said.at },
  ])
  return { says: 'noted', household, publishedId }
}

async function asked({ app, tx, tenant, said }: Heading, { talk, publication: p }: About): Promise<Became> {
  await app.events.announce(app, tx, 'reply.arrived', {
    tenant,
    subject: p.subject,
    subjectId: p.subjectId,
    household: talk.isShared ? null : talk.householdId,
    words: said.words
      .normalize('NFC')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, mostLetters),
  })
  return { says: 'asked', household: talk.householdId, publishedId: talk.publishedId }
}

async function becomes(heading: Heading): Promise<Became | undefined> {
  const { tx, tenant, said, address } = heading
  const meaning = meaningOf(said.words)
  if (meaning === 'nothing') return undefined
  if (meaning === 'stop') {
    const [household] = await stopOptionalAt(tx, tenant, Buffer.from(address, 'hex'), 'sms')
    return household === undefined ? undefined : { says: 'stopped', household }
  }
  const about = await openTalk(heading)
  if (!about) return undefined
  return meaning === 'known' ? known(heading, about) : asked(heading, about)
}

/** A repeat of the provider's changes nothing. Numbers that no home of the commune names are not answered. */
export async function hearReply(app: App, tx: Tx, tenant: number, account: string, said: Said) {
  const number = readPhone(said.from.startsWith('84') ? `+${said.from}` : said.from)
  if (!number) {
    replies.inc({ became: 'no_number' })
    return
  }
  const address = contactDigest('phone', number).toString('hex')
  if (!(await keepReply(tx, tenant, account, { id: said.id, address, at: now() }))) {
    replies.inc({ became: 'repeated' })
    return
  }
  const became = await becomes({ app, tx, tenant, account, said, address })
  replies.inc({ became: became?.says ?? 'about_nothing' })
  if (!became) return
  const { says, household, publishedId } = became
  const answering: Answering = { tenant, account, id: said.id, address, says, household: household!, publishedId }
  await app.jobs.send(tx, 'delivery.reply', answering)
}
