import type { Tx } from '#core/db'

export interface SpentOn {
  tenant: number
  publishedId: string
  channel: string
  messages: number
  parts: number
  dong: number
}

export async function addSpent(tx: Tx, s: SpentOn) {
  await tx`
    insert into loa.publication_spent as p (commune_id, published_id, channel, messages, parts, dong)
    values (${s.tenant}, ${s.publishedId}, ${s.channel}, ${s.messages}, ${s.parts}, ${s.dong})
    on conflict (commune_id, published_id, channel) do update set messages = p.messages + excluded.messages,
      parts = p.parts + excluded.parts, dong = p.dong + excluded.dong`
}
