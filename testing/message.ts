// A message as a subject would send it, for tests that need one.
import { now } from '#core/clock'
import { newId } from '#core/ids'
import type { Message } from '#delivery'

export const testMessage = (tenant: number, units: string[], changes: Partial<Message> = {}): Message => {
  const subjectId = newId()
  return {
    tenant,
    subject: 'notice',
    subjectId,
    cardId: subjectId,
    kind: 'home',
    round: 1,
    version: 1,
    class: 'priority',
    ask: 'acknowledged',
    audience: { units, groups: [], attributes: undefined },
    isPrivate: false,
    isInternal: false,
    relay: 'none',
    content: {
      title: 'Dịch tả lợn Châu Phi',
      plain: 'Không mua bán lợn.',
      body: 'Toàn xã dừng mua bán, giết mổ lợn.',
      steps: [{ act: 'Nhốt lợn trong chuồng' }],
      topic: 'chăn nuôi',
      files: [],
    },
    author: { post: undefined, title: 'Ủy ban nhân dân xã' },
    endsAt: undefined,
    lastUsefulAt: undefined,
    originId: undefined,
    publishedAt: now(),
    ...changes,
  }
}
