// What a push carries, encrypted for one device. The app's worker reads it.
import type { Outgoing } from '../channel.ts'
import { say, type Language } from '#core/words'

export interface PushPayload {
  title: string
  body?: string
  /** A later push of the same matter takes the place of the earlier. */
  tag: string
  /** Where a tap leads. */
  url: string
  class: Outgoing['class']
  /** The device tells the server that it has this notice. Absent: a task of an officer's. */
  noticeId?: string
  version?: number
}

/** A private message names no subject: a phone that lies on a table shows it to everybody. */
export function payloadOf(m: Outgoing, language: Language = 'vi'): PushPayload {
  const about = { tag: m.topic, class: m.class, noticeId: m.subjectId, version: m.version }
  if (m.isPrivate)
    return { title: say(language, 'push.private_title'), body: say(language, 'push.private_body'), url: '/', ...about }
  return { title: m.title, body: m.words, url: `/n/${m.subjectId}`, ...about }
}
