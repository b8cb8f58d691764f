// Whose chat groups a caller keeps, and where one stands.
import type { Caller } from '#core/caller'
import { today } from '#core/clock'
import type { Db } from '#core/db'
import { inside, insideOf } from '#core/ids'
import type { PlaceOf } from '#core/module'
import { Problem } from '#core/problem'
import { scopesOf } from '#access'
import { groupsBelow, placesOfGroup } from '#groups'
import { findChat, type ChatRow, type ChatScope } from './store/chats.ts'

/** His unit with what lies below it; of an association's officer the association with its branches. */
export async function scopeOf(db: Db, caller: Caller): Promise<ChatScope> {
  if (scopesOf(caller, 'chat.keep').includes('below')) return { path: caller.path ?? null, groups: null }
  return { path: null, groups: caller.group ? await groupsBelow(db, caller.tenant!, [caller.group]) : [] }
}

/** A village's stands in its unit; an association's also with the post that leads it. */
export const placeOfChat: PlaceOf = async (app, value, _, caller) => {
  if (typeof value !== 'string') return undefined
  const { tenant, id } = inside(value)
  const chat = tenant === caller.tenant ? await findChat(app.sql, tenant, id, today()) : undefined
  if (!chat) return undefined
  const ofGroup = chat.group_id ? await placesOfGroup(app, tenant, chat.group_id, caller) : undefined
  return ofGroup ?? [{ tenant, path: chat.path }]
}

/** @throws Problem not_found */
export async function getChat(db: Db, caller: Caller, text: string): Promise<ChatRow> {
  const chat = await findChat(db, caller.tenant!, insideOf(caller.tenant!, text), today())
  if (!chat) throw new Problem('not_found')
  return chat
}
