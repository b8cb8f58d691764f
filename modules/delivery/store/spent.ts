import type { Db, Tx } from '#core/db'

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

/** What a message has cost so far, by channel. */
export async function spentOn(db: Db, tenant: number, publishedId: string) {
  return db<Omit<SpentOn, 'tenant' | 'publishedId'>[]>`
    select channel, messages, parts, dong::float8 as dong from loa.publication_spent
    where commune_id = ${tenant} and published_id = ${publishedId} order by channel`
}
