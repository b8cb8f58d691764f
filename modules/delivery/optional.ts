// What a person may stop: by the pack of topics, never what is urgent and never what asks for an answer.
import type { ShippedPack } from '#core/packs'
import { levelNo } from './levels.ts'
import type { Message } from './message.ts'

export interface TopicsPack {
  /** Topics that nobody has to hear of. */
  optional: string[]
}

/** Law, policy, insurance, disease, danger, security, fraud, weather and the village's own work are never among them. */
export const defaultTopics: ShippedPack<TopicsPack> = {
  kind: 'topics',
  from: '2025-07-01',
  basis: 'product, not law',
  source: null,
  body: { optional: ['livelihood', 'education', 'environment', 'fundraising'] },
}

/** Whoever stopped optional topics is not sent it. */
export const isOptional = ({ class: is, ask, content }: Pick<Message, 'class' | 'ask' | 'content'>, pack: TopicsPack) =>
  is === 'normal' && levelNo(ask) < levelNo('acknowledged') && pack.optional.includes(content.topic)
