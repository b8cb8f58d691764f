// A notice stands in a chat group or outlet: the homes there may have come by it.
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { expose } from '#delivery'
import { homesOfGroup } from '#groups'
import type { ChatRow } from './store/chats.ts'

/** Everybody in the unit may have come by it; of an association its members' homes. */
async function shownTo(tx: Tx, chat: ChatRow) {
  if (!chat.group_id) return { path: chat.path }
  const homes = await homesOfGroup(tx, chat.tenant, [chat.group_id])
  return { households: homes.map(home => home.household) }
}

/** @param of `by`: the posting, by which its receipts are found again @returns how many homes */
export const exposeIn = async (
  app: App,
  tx: Tx,
  chat: ChatRow,
  of: { publishedId: string; by: string; version: number; at: Date },
) => expose(app, tx, { tenant: chat.tenant, channel: 'group', to: await shownTo(tx, chat), ...of })
