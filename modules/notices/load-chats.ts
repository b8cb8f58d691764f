// Writes chat groups at once: a demo.
import { nextNumber } from '#core/counter'
import { column, type Tx } from '#core/db'
import { fold } from '#core/fold'
import { newId } from '#core/ids'
import type { Platform } from './chat-rules.ts'

export interface LoadedChat {
  unitId: string
  platform: Platform
  name: string
  members: number
}

export async function loadChats(tx: Tx, tenant: number, chats: readonly LoadedChat[], since: Date): Promise<void> {
  if (!chats.length) return
  const first = await nextNumber(tx, tenant, 'chat', chats.length)
  await tx`
    insert into loa.chat (commune_id, id, no, unit_id, platform, name, folded, members, added_at)
    select ${tenant}, c.*, ${since}
    from unnest(${chats.map(() => newId())}::uuid[], ${chats.map((_, n) => String(first + n))}::text[]::int[], ${column(chats, 'unitId')}::uuid[],
      ${column(chats, 'platform')}::text[], ${column(chats, 'name')}::text[], ${chats.map(chat => fold(chat.name))}::text[],
      ${chats.map(chat => String(chat.members))}::text[]::int[]) as c`
}
