// The register of chat groups.
import { iso, now, today } from '#core/clock'
import { nextNumber } from '#core/counter'
import { pageOf, readCursor } from '#core/cursor'
import type { Tx } from '#core/db'
import { tidy } from '#core/fold'
import { inside, insideOf, newId, outside } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { Whole } from '#core/shapes'
import { record } from '#core/trail'
import { getOpenGroup, type GroupNow } from '#groups'
import { getUnit, unitTitle } from '#units'
import { getChat, scopeOf } from './chat-scope.ts'
import { linkOf, type Platform } from './chat-rules.ts'
import type { Chat, chatOperations } from './contract-chats.ts'
import * as store from './store/chats.ts'
import type { ChatRow, ChatSaid } from './store/chats.ts'
import { untieIfTaken } from './store/outlets.ts'

/** What is said where an association's members talk about money or the Party stays there. */
const isSecret = ({ isConfidential, kind }: GroupNow) => isConfidential || kind === 'credit_group'

export const shownChat = (row: ChatRow): Chat => ({
  id: outside(row.tenant, row.id),
  platform: row.platform,
  name: row.name,
  members: row.members,
  link: row.link,
  level: row.group_id ? 'association' : row.unit_level === 'commune' ? 'commune' : 'village',
  unit: { id: row.unit_id, title: unitTitle({ name: row.unit_name, kind: row.unit_kind }) },
  group: row.group_id ? { id: outside(row.tenant, row.group_id), name: row.group_name ?? '' } : null,
  post: row.post_id ? { id: outside(row.post_tenant ?? row.tenant, row.post_id), title: row.post_title ?? '' } : null,
  outlet:
    row.account_id && row.outlet
      ? { accountId: outside(row.tenant, row.account_id), account: row.account_name ?? '', id: row.outlet }
      : null,
  closedAt: row.closed_at ? iso(row.closed_at) : null,
})

interface Typed {
  platform: Platform
  name: string
  members: number | null
  link: string
  postId: string | null
}

/** @throws Problem chat_link_wrong, chat_post_unknown, chat_name_taken */
async function checked(
  tx: Tx,
  tenant: number,
  typed: Typed,
  at: { unit: string; except: string | null },
): Promise<ChatSaid> {
  const link = linkOf(typed.platform, typed.link)
  if (link === undefined) throw new Problem('chat_link_wrong')
  const named = typed.postId === null ? undefined : inside(typed.postId)
  if (named && (named.tenant !== tenant || !(await store.isPostOf(tx, tenant, named.id))))
    throw new Problem('chat_post_unknown')
  const name = tidy(typed.name)
  const { platform, members } = typed
  if (await store.hasNamesake(tx, tenant, { ...at, platform, name })) throw new Problem('chat_name_taken', { name })
  return { platform, name, members, link, post: named?.id ?? null }
}

const note = ({ db, caller }: Call<Tx>, what: string, id: string) =>
  record(db, { tenant: caller.tenant!, what, by: caller, about: { kind: 'chat', id } })

async function make(call: Call<Tx>, typed: Typed, at: { unit: string; group: string | null }) {
  const { db, caller } = call
  const tenant = caller.tenant!
  const said = await checked(db, tenant, typed, { unit: at.unit, except: null })
  const id = newId()
  await store.insertChat(db, { tenant, id, no: await nextNumber(db, tenant, 'chat'), ...at }, said)
  await note(call, 'chat.made', id)
  return shownChat((await store.findChat(db, tenant, id, today()))!)
}

export const chats = {
  async chats({ closed = false, cursor, limit }, { db, caller }) {
    const of = {
      ...(await scopeOf(db, caller)),
      isClosed: closed,
      after: readCursor(cursor, Whole)?.[0] ?? 0,
      limit: limit + 1,
      day: today(),
    }
    const { items, next } = pageOf(await store.listChats(db, caller.tenant!, of), limit, row => [row.no])
    return { items: items.map(shownChat), next }
  },

  async chatOverlap(_, { db, caller }) {
    const { path } = await scopeOf(db, caller)
    const tenant = caller.tenant!
    const rows = path === null ? [] : await store.overlapOf(db, tenant, path, today())
    const items = rows.map(({ unit_id: unitId, name, kind, homes, chats: n, members }) => ({
      unitId,
      title: unitTitle({ name, kind }),
      homes,
      chats: n,
      members,
    }))
    return { shared: await store.sharedChats(db, tenant), items, next: null }
  },

  async makeChat({ unit, ...typed }, call) {
    return make(call, typed, { unit: (await getUnit(call.db, unit)).id, group: null })
  },

  async makeChatOfGroup({ groupId, ...typed }, call) {
    const { db, caller } = call
    const group = await getOpenGroup(db, caller.tenant!, insideOf(caller.tenant!, groupId))
    if (isSecret(group) || !group.unitId) throw new Problem('chat_group_secret')
    return make(call, typed, { unit: group.unitId, group: group.id })
  },

  async changeChat({ chatId, ...typed }, call) {
    const { db, caller } = call
    const chat = await getChat(db, caller, chatId)
    if (chat.closed_at) throw new Problem('chat_closed', { name: chat.name })
    const said = await checked(db, chat.tenant, typed, { unit: chat.unit_id, except: chat.id })
    await store.updateChat(db, chat.tenant, chat.id, said)
    await note(call, 'chat.changed', chat.id)
    return shownChat(await getChat(db, caller, chatId))
  },

  async closeChat({ chatId }, call) {
    const chat = await getChat(call.db, call.caller, chatId)
    if (chat.closed_at) return shownChat(chat)
    await store.setClosed(call.db, chat.tenant, chat.id, now())
    await note(call, 'chat.closed', chat.id)
    return shownChat(await getChat(call.db, call.caller, chatId))
  },

  async reopenChat({ chatId }, call) {
    const { db, caller } = call
    const chat = await getChat(db, caller, chatId)
    if (!chat.closed_at) return shownChat(chat)
    const { unit_id: unit, platform, name } = chat
    if (await store.hasNamesake(db, chat.tenant, { unit, platform, name, except: chat.id }))
      throw new Problem('chat_name_taken', { name })
    await untieIfTaken(db, chat.tenant, chat.id)
    await store.setClosed(db, chat.tenant, chat.id, null)
    await note(call, 'chat.reopened', chat.id)
    return shownChat(await getChat(db, caller, chatId))
  },
} satisfies Answers<typeof chatOperations>
