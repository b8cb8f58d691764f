// The chat groups that people have at Zalo, Facebook or elsewhere: who keeps them, where they overlap, where there are none.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Flag, Id, Limit, line, page, text, UnitRef, Uuid, Whole } from '#core/shapes'
import { platforms } from './chat-rules.ts'

export const Platform = v.picklist(platforms)
const Members = v.nullable(v.pipe(Whole, v.minValue(1), v.maxValue(100_000)))

const said = {
  platform: Platform,
  name: line(120),
  /** About how many people are in it. */
  members: v.optional(Members, null),
  /** How one gets into it: `https://zalo.me/g/…`. */
  link: v.optional(text(300), ''),
  /** The post that keeps it. */
  postId: v.optional(v.nullable(Id), null),
}

export const Chat = v.object({
  id: Id,
  platform: Platform,
  name: v.string(),
  members: v.nullable(v.number()),
  link: v.nullable(v.string()),
  /** Whose it is: a village’s, the commune’s, or an association’s. */
  level: v.picklist(['village', 'commune', 'association']),
  unit: v.object({ id: Uuid, title: v.string() }),
  group: v.nullable(v.object({ id: Id, name: v.string() })),
  post: v.nullable(v.object({ id: Id, title: v.string() })),
  /** An account of the commune posts in it by itself: which, and how the provider calls the place. Null: a person posts. */
  outlet: v.nullable(v.object({ accountId: Id, account: v.string(), id: v.string() })),
  closedAt: v.nullable(v.string()),
})
export type Chat = v.InferOutput<typeof Chat>

const chatId = { chatId: Id }
const wrong = ['chat_link_wrong', 'chat_name_taken', 'chat_post_unknown']

export const chatOperations = {
  chats: operation({
    method: 'GET',
    path: '/chats',
    summary: 'Chat groups of the caller’s unit and of what lies below it, or of his association',
    who: 'chat.keep',
    takes: v.object({ closed: v.optional(Flag), cursor: Cursor, limit: Limit }),
    gives: page(Chat),
    problems: ['bad_cursor'],
  }),
  chatOverlap: operation({
    method: 'GET',
    path: '/chats/overlap',
    summary:
      'Village by village: homes, chat groups and people in them; where there is none, and where one home hears it often',
    who: 'chat.keep',
    takes: v.object({}),
    gives: v.object({
      /** Chat groups that every village shares: the commune’s own. */
      shared: v.number(),
      items: v.array(
        v.object({ unitId: Uuid, title: v.string(), homes: v.number(), chats: v.number(), members: v.number() }),
      ),
      next: v.null(),
    }),
  }),
  makeChat: operation({
    method: 'POST',
    path: '/chats',
    summary: 'Notes a chat group of a village or of the commune',
    who: 'chat.keep',
    at: 'unit',
    takes: v.object({ unit: UnitRef, ...said }),
    gives: Chat,
    problems: ['unit_unknown', ...wrong],
    status: 201,
  }),
  makeChatOfGroup: operation({
    method: 'POST',
    path: '/groups/:groupId/chats',
    summary: 'Notes a chat group of an association’s members',
    who: 'chat.keep',
    at: 'groupId',
    takes: v.object({ groupId: Id, ...said }),
    gives: Chat,
    problems: ['group_closed', 'chat_group_secret', ...wrong],
    status: 201,
  }),
  changeChat: operation({
    method: 'PATCH',
    path: '/chats/:chatId',
    summary: 'Puts right what is noted of a chat group',
    who: 'chat.keep',
    at: 'chatId',
    takes: v.object({ ...chatId, ...said }),
    gives: Chat,
    problems: ['chat_closed', ...wrong],
  }),
  closeChat: operation({
    method: 'POST',
    path: '/chats/:chatId/close',
    summary: 'The chat group is no more, or is no longer kept: nothing is asked for it; a repeat changes nothing',
    who: 'chat.keep',
    at: 'chatId',
    takes: v.object(chatId),
    gives: Chat,
  }),
  reopenChat: operation({
    method: 'POST',
    path: '/chats/:chatId/reopen',
    summary: 'Undoes a closing',
    who: 'chat.keep',
    at: 'chatId',
    takes: v.object(chatId),
    gives: Chat,
    problems: ['chat_name_taken'],
  }),
}
