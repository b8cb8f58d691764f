// Pages and groups in which an account of the commune posts by itself.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Id, line } from '#core/shapes'
import { Chat, Platform } from './contract-chats.ts'

const Outlet = v.object({
  accountId: Id,
  account: v.string(),
  platform: Platform,
  /** As the provider names it. */
  id: v.string(),
  name: v.string(),
  members: v.nullable(v.number()),
  /** The chat group that it is noted as. */
  chatId: v.nullable(Id),
})
export type Outlet = v.InferOutput<typeof Outlet>

export const outletOperations = {
  outlets: operation({
    method: 'GET',
    path: '/outlets',
    summary: 'Pages and groups in which the commune’s accounts can post by themselves',
    who: 'channel.manage',
    takes: v.object({}),
    gives: v.object({
      items: v.array(Outlet),
      /** Accounts that did not say where they post, each with what is wrong. */
      silent: v.array(v.object({ account: v.string(), words: v.string() })),
    }),
  }),
  tieChat: operation({
    method: 'PUT',
    path: '/chats/:chatId/outlet',
    summary: 'From now on the account posts there by itself; what it cannot do is a person’s task, with the reason',
    who: 'channel.manage',
    at: 'chatId',
    transaction: false,
    takes: v.object({ chatId: Id, accountId: Id, outlet: line(200) }),
    gives: Chat,
    problems: ['outlet_unknown', 'outlet_taken', 'chat_closed'],
  }),
  untieChat: operation({
    method: 'DELETE',
    path: '/chats/:chatId/outlet',
    summary: 'A person posts there again; a repeat changes nothing',
    who: 'channel.manage',
    at: 'chatId',
    takes: v.object({ chatId: Id }),
    gives: Chat,
  }),
}
