// A letter that came back: RFC 3464 reports, and whatever an old server writes instead. The return address says which letter.
import type { App } from '#core/module'
import { buryContact } from '#people'
import { findBounceMark } from './mark.ts'

/** The status of a delivery report; a report without one is read by its own words. */
const statusOf = (text: string) =>
  /^Status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(text)?.[1] ?? /\b(5\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1]

const isFailed = (text: string) => /^Action:\s*failed/im.test(text) || !/^Action:/im.test(text)

/** A mailbox that is not there, closed or moved (RFC 3463 5.1.x, 5.2.1): what is full or slow today is not dead. */
const isDead = (status: string | undefined) => /^5\.(1\.[1-36]|2\.1)$/.test(status ?? '')

/** @param raw the message as the mail server got it @returns what became of it, for the log */
export async function hearBounce(app: App, tenant: number, raw: string): Promise<'buried' | 'not_ours' | 'kept'> {
  const marked = findBounceMark(app, raw)
  if (!marked || marked.tenant !== tenant) return 'not_ours'
  if (!isFailed(raw) || !isDead(statusOf(raw))) return 'kept'
  await buryContact(app.sql, tenant, marked.contactId)
  return 'buried'
}
