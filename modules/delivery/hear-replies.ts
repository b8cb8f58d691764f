// Somebody speaks to an account: "1" is "Đã rõ", HỦY stops what is optional, NHẬN LẠI takes that back, a code links a home, everything else is its question.
import { now } from '#core/clock'
import { Counter } from 'prom-client'
import { metrics } from '#core/metrics'
import { sayOptionalAt } from '#people'
import type { Heard } from '#channels'
import { idFrom } from './id-from.ts'
import type { Answering } from './answer-reply.ts'
import { headingOf, type Became, type Heading, type Hearing } from './heading.ts'
import { joins, leaves } from './hear-links.ts'
import { endOf } from './outgoing.ts'
import { give } from './receipt.ts'
import { codeIn, meaningOf } from './reply-meaning.ts'
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

type Said = Extract<Heard, { is: 'said' }>

const isOpen = (p: Publication) => !p.withdrawnAt && !p.replacedBy && endOf(p) > now().getTime()

/** The newest message to this address, while it is open. */
async function openTalk({ tx, tenant, account, address }: Heading) {
  const talk = await findTalk(tx, tenant, account, address, new Date(now().getTime() - talkMs))
  const publication = talk && (await findPublication(tx, tenant, talk.publishedId))
  return publication && isOpen(publication) ? { talk, publication } : undefined
}

type About = { talk: Talk; publication: Publication }

async function known({ app, tx, tenant, account }: Heading, said: Said, about: About): Promise<Became> {
  const { householdId: household, publishedId, channel, isShared } = about.talk
  if (isShared) return { says: 'choose', household, publishedId }
  const id = idFrom(`reply ${account} ${said.id}`)
  const { version } = about.publication
  await give(app, tx, [
    { tenant, publishedId, id, householdId: household, level: 'acknowledged', channel, version, at: said.at },
  ])
  return { says: 'noted', household, publishedId }
}

async function asked({ app, tx, tenant }: Heading, said: Said, { talk, publication: p }: About): Promise<Became> {
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
  const { householdId: household, publishedId, isShared } = talk
  return { says: 'asked', household, publishedId, isShared }
}

/** Who speaks for himself alone is answered so; an address that bears no name speaks for the home. */
async function decides({ tx, tenant, kind, address }: Heading, meaning: 'stop' | 'again'): Promise<Became | undefined> {
  const said = meaning === 'stop' ? 'stop' : 'yes'
  const voices = await sayOptionalAt(tx, tenant, Buffer.from(address, 'hex'), { said, how: kind })
  const household = voices[0]?.householdId
  if (household === undefined) return undefined
  const isHome = voices.some(voice => voice.personId === null)
  if (meaning === 'stop') return { says: isHome ? 'stopped_home' : 'stopped', household }
  return { says: isHome ? 'again_home' : 'again', household }
}

async function saidBecomes(heading: Heading, said: Said): Promise<Became | undefined> {
  const code = codeIn(said.words)
  if (code !== undefined && heading.addressKind !== 'phone') return joins(heading, code)
  const meaning = meaningOf(said.words)
  if (meaning === 'nothing') return undefined
  if (meaning === 'stop' || meaning === 'again') return decides(heading, meaning)
  const about = await openTalk(heading)
  if (!about) return undefined
  return meaning === 'known' ? known(heading, said, about) : asked(heading, said, about)
}

/** A repeat of the provider's changes nothing. Addresses that no home of the commune names are answered only where a home can be linked. */
export async function hearPerson(hearing: Hearing, one: Exclude<Heard, { is: 'part' | 'commented' }>) {
  const { app, tx, tenant, account } = hearing
  const heading = headingOf(hearing, one.from)
  if (!heading) {
    replies.inc({ became: 'no_number' })
    return
  }
  if (one.is === 'left') {
    await leaves(heading, one.at)
    replies.inc({ became: 'left' })
    return
  }
  const { address } = heading
  if (!(await keepReply(tx, tenant, account, { id: one.id, address, at: now() }))) {
    replies.inc({ became: 'repeated' })
    return
  }
  const became = one.is === 'joined' ? await joins(heading, one.code) : await saidBecomes(heading, one)
  replies.inc({ became: became?.says ?? 'about_nothing' })
  if (!became) return
  const answering: Answering = { tenant, account, id: one.id, address, ...became }
  await app.jobs.send(tx, 'delivery.reply', answering)
}
