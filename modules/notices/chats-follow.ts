// Chat groups follow their village when it is merged, split, or comes back.
import type { Listener } from '#core/events'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { moveChats, moveChatsBack } from './store/chats.ts'

export const chatsFollow: Record<string, Listener> = {
  'unit.merged': (_: App, tx: Tx, m: { tenant: number; act: string; from: string[]; to: string }) =>
    moveChats(tx, m.tenant, m.act, m.from, m.to),
  'unit.split': (_: App, tx: Tx, s: { tenant: number; act: string; from: string; rest: string }) =>
    moveChats(tx, s.tenant, s.act, [s.from], s.rest),
  'unit.undone': (_: App, tx: Tx, u: { tenant: number; act: string; from: string[]; into: string[] }) =>
    moveChatsBack(tx, u.tenant, u.act, u.from, u.into[0]!),
}
