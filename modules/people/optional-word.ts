// What somebody says of optional topics: no more of them, or again. It holds on every channel at once, also on what is linked later.
import { inTransaction, type Sql, type Tx } from '#core/db'
import { newId } from '#core/ids'
import { record } from '#core/trail'
import { say } from '#core/words'
import { contactsOfVoice, digestOf, voiceNow, voicesAt, type Voice } from './store-news.ts'
import { insertConsents } from './store.ts'

export interface Word {
  said: 'yes' | 'no' | 'stop'
  /** By which way: `app`, `spoken`, `email`, `sms`. */
  how: string
  basis?: string
  wording?: string
  /** The account that noted it. */
  by?: string | null
  /** Kept in the ledger though it changes nothing: an officer wrote down what was said. */
  isKept?: boolean
}

/** Nothing where the word changes nothing: it was said before, and holds. */
async function rowsFor(tx: Tx, tenant: number, voice: Voice, word: Word) {
  const { personId } = voice
  const [now, contacts] = [await voiceNow(tx, tenant, voice), await contactsOfVoice(tx, tenant, voice)]
  const isYes = word.said === 'yes'
  // A home takes back its own word; what one of its people said for himself stays said.
  const mine = contacts.filter(one =>
    isYes ? one.isStopped && (one.personId === personId || one.isWithHome) : !one.isStopped,
  )
  const isNews = word.isKept || (isYes ? now.isRefused || mine.length > 0 : !(now.isSaid && now.isHomeRefused))
  const about = [
    ...(isNews ? [{ contactId: null, personId }] : []),
    ...mine.map(({ id, ...of }) => ({ contactId: id, personId: of.personId })),
  ]
  const {
    said,
    how,
    basis = 'consent',
    wording = say('vi', isYes ? 'request.again' : 'request.stop'),
    by = null,
  } = word
  return about.map(of => ({
    ...of,
    id: newId(),
    householdId: voice.householdId,
    purpose: 'optional_topics',
    said,
    how,
    basis,
    wording,
    by,
  }))
}

/** In the caller's transaction. What is urgent or a duty goes on whatever is said. */
export async function sayOptional(tx: Tx, tenant: number, voices: readonly Voice[], word: Word) {
  for (const voice of voices) {
    const rows = await rowsFor(tx, tenant, voice, word)
    if (!rows.length) continue
    await insertConsents(tx, tenant, rows)
    await record(tx, {
      tenant,
      what: word.said === 'yes' ? 'consent.resumed' : 'consent.stopped',
      about: { kind: 'household', id: voice.householdId },
      data: { how: word.how },
    })
  }
}

/**
 * Whoever wrote from an address says it, for every home that names it.
 * @returns for whom he speaks; empty where no home names it
 */
export async function sayOptionalAt(tx: Tx, tenant: number, digest: Buffer, word: Word): Promise<Voice[]> {
  const voices = await voicesAt(tx, tenant, digest)
  await sayOptional(tx, tenant, voices, word)
  return voices
}

/** The same by a link that a contact was sent. @returns false when there is no such contact */
export const sayOptionalBy = (sql: Sql, tenant: number, contactId: string, word: Word): Promise<boolean> =>
  inTransaction(sql, async tx => {
    const digest = await digestOf(tx, tenant, contactId)
    if (digest) await sayOptionalAt(tx, tenant, digest, word)
    return Boolean(digest)
  })
