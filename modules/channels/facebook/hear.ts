// The page hears: who read what, who says what, who comes by a link, and what is written under its posts.
import { createHash } from 'node:crypto'
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { isSame } from '#core/secrets'
import { say } from '#core/words'
import { contactDigest } from '#people'
import type { Account, Called } from '../account.ts'
import { together } from '../hear-together.ts'
import { announceHeard, type Heard } from '../heard.ts'
import { keepSpoken, sentUntil } from '../store-heard.ts'
import { pageIdOf } from './graph.ts'
import { knownPayload } from './messenger-text.ts'
import { eventsIn, isFromMeta, type Change, type Messaging } from './webhook.ts'

/** What is older was told long ago: a call that somebody recorded and plays again. */
const oldestMs = 7 * 86_400_000

const addressOf = (psid: string) => contactDigest('facebook', psid).toString('hex')
/** Their clock may be ahead of ours. */
const momentOf = (ms: number | undefined) => new Date(Math.min(ms ?? now().getTime(), now().getTime()))
const isFresh = (at: Date) => now().getTime() - at.getTime() < oldestMs

interface Spoken {
  psid: string
  at: Date
  heard: Heard[]
}

const digits = (ref: string | undefined) => /(?:^|\D)(\d{6})(?:\D|$)/.exec(ref ?? '')?.[1]

function joined(psid: string, at: Date, ref: string | undefined): Heard {
  const code = digits(ref)
  const id = createHash('sha256')
    .update(`${psid}/${at.getTime()}/${ref ?? ''}`)
    .digest('base64url')
  return { is: 'joined', id, from: psid, at, ...(code === undefined ? {} : { code }) }
}

/** A sticker says nothing that could be answered; other things are looked at in the page's inbox. */
function wordsOf({ text, quick_reply: button, attachments = [] }: NonNullable<Messaging['message']>) {
  if (button?.payload === knownPayload) return '1'
  if (text?.trim()) return text.normalize('NFC')
  return attachments.some(one => one.type !== 'sticker') ? say('vi', 'facebook.attachment') : undefined
}

/** Undefined for what nobody said: receipts, and the page's own words. */
function spokenIn({ sender, timestamp, message, postback, referral }: Messaging): Spoken | undefined {
  if (!sender || message?.is_echo) return undefined
  const [psid, at] = [sender.id, momentOf(timestamp)]
  if (!isFresh(at)) return undefined
  if (message) {
    const words = wordsOf(message)
    return { psid, at, heard: words === undefined ? [] : [{ is: 'said', id: message.mid, from: psid, words, at }] }
  }
  if (postback?.payload === knownPayload) {
    const id = postback.mid ?? `${psid}/${at.getTime()}`
    return { psid, at, heard: [{ is: 'said', id, from: psid, words: '1', at }] }
  }
  if (postback || referral) return { psid, at, heard: [joined(psid, at, (postback?.referral ?? referral)?.ref)] }
  return undefined
}

/** Who writes for the first time, and no code, hears once how a home is linked. */
function greeting({ psid, at, heard }: Spoken): Heard[] {
  const isGreeted = heard.some(one => one.is === 'joined' || (one.is === 'said' && digits(one.words) !== undefined))
  return isGreeted ? [] : [{ is: 'joined', id: `hello/${addressOf(psid)}`, from: psid, at }]
}

async function told(tx: Tx, { tenant, id: account }: Account, { sender, timestamp, delivery, read }: Messaging) {
  const heard: Heard[] = []
  const at = momentOf(timestamp)
  for (const providerId of delivery?.mids ?? []) heard.push({ is: 'part', providerId, state: 'delivered', at })
  for (const [state, mark] of [
    ['delivered', delivery?.watermark],
    ['seen', read?.watermark],
  ] as const) {
    if (mark === undefined || !sender) continue
    const until = { address: addressOf(sender.id), at: new Date(mark), state }
    for (const providerId of await sentUntil(tx, tenant, account, until))
      heard.push({ is: 'part', providerId, state, at: momentOf(mark) })
  }
  return heard
}

/** Under our posts; not what the page itself wrote. */
function commentIn(page: string, { field, value: c }: Change): Heard[] {
  const words = c.message?.normalize('NFC').trim()
  if (field !== 'feed' || c.item !== 'comment' || c.verb !== 'add' || !c.comment_id || !c.post_id || !words) return []
  const at = momentOf(c.created_time === undefined ? undefined : c.created_time * 1000)
  if (c.from?.id === page || !isFresh(at)) return []
  return [{ is: 'commented', id: c.comment_id, post: c.post_id, words, at }]
}

async function take(
  app: App,
  tx: Tx,
  account: Account,
  { messaging, changes }: NonNullable<ReturnType<typeof eventsIn>>,
) {
  const spoken = messaging.flatMap(one => spokenIn(one) ?? [])
  const people = spoken.map(({ psid, at }) => ({ address: addressOf(psid), at }))
  const strangers = await keepSpoken(tx, account.tenant, account.id, people)
  const heard: Heard[] = []
  for (const one of messaging) heard.push(...(await told(tx, account, one)))
  for (const one of spoken) {
    heard.push(...one.heard)
    // Of several words in one call the first greets.
    if (strangers.delete(addressOf(one.psid))) heard.push(...greeting(one))
  }
  heard.push(...changes.flatMap(change => commentIn(pageIdOf(account), change)))
  if (heard.length) await announceHeard(app, tx, account, heard)
}

/** When the address is entered at Meta, it asks whether it is ours. */
function challenged(account: Account, query: Record<string, string>): string {
  const word = Buffer.from(String(account.settings['verifyWord'] ?? ''))
  const isOurs = query['hub.mode'] === 'subscribe' && isSame(Buffer.from(query['hub.verify_token'] ?? ''), word)
  const challenge = query['hub.challenge'] ?? ''
  if (!isOurs || !/^[\w.-]{1,200}$/.test(challenge)) throw new Problem('not_found')
  return challenge
}

/** @throws Problem not_found for what Meta did not sign */
export async function hear(app: App, account: Account, { raw, headers, query }: Called): Promise<string> {
  if (!raw.length) return challenged(account, query)
  if (!isFromMeta(raw, headers.get('x-hub-signature-256'), account.secrets['appSecret'] ?? ''))
    throw new Problem('not_found')
  const events = eventsIn(raw, pageIdOf(account))
  if (events) await together(app, account.tenant, tx => take(app, tx, account, events))
  return 'EVENT_RECEIVED'
}
