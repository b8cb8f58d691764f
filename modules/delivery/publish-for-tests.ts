// A notice that went out a minute ago, for tests of what comes after.
import { now } from '#core/clock'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import type { Message } from './message.ts'
import { send } from './send.ts'

export interface Published {
  tenant: number
  publishedId: string
  noticeId: string
  cardId: string
  at: Date
}

export async function publishForTests(
  app: App,
  {
    tenant,
    villages,
    title = 'Dịch tả lợn',
    ...wish
  }: Partial<Message> & { tenant: number; villages: string[]; title?: string },
): Promise<Published> {
  const message: Message = {
    tenant,
    subject: 'notice',
    subjectId: newId(),
    cardId: newId(),
    kind: 'home',
    round: 1,
    version: 1,
    class: 'normal',
    ask: 'acknowledged',
    audience: { units: villages, groups: [], attributes: undefined },
    isPrivate: false,
    isInternal: false,
    relay: 'none',
    content: { title, plain: 'Nhốt lợn lại.', body: 'Nhốt lợn lại.', steps: [], topic: 'animals', files: [] },
    author: { post: undefined, title: 'UBND xã' },
    endsAt: undefined,
    lastUsefulAt: undefined,
    originId: undefined,
    publishedAt: new Date(now().getTime() - 60_000),
    ...wish,
  }
  const { publishedId } = await inTransaction(app.sql, tx => send(app, tx, message))
  return { tenant, publishedId, noticeId: message.subjectId, cardId: message.cardId, at: message.publishedAt }
}
