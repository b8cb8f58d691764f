// Which pages and groups the commune's accounts can post in, and which of them do.
import type { Caller } from '#core/caller'
import { inTransaction, type Tx } from '#core/db'
import { inside, insideOf, outside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import type { Answers } from '#core/serve'
import { record } from '#core/trail'
import { say, type Language } from '#core/words'
import { outletsOf, type AccountOutlets } from '#channels'
import { getChat } from './chat-scope.ts'
import { shownChat } from './chats.ts'
import type { outletOperations } from './contract-outlets.ts'
import { wakeOutlets } from './post-in-outlets.ts'
import { tie, tiedChats, untie } from './store/outlets.ts'

async function shownOutlets(app: App, tenant: number, language: Language) {
  const [all, tied] = await Promise.all([outletsOf(app, tenant), tiedChats(app.sql, tenant)])
  const chatOf = (account: string, outlet: string) => tied.find(one => one.account === account && one.outlet === outlet)
  const itemsOf = ({ account, outlets, platform }: AccountOutlets) =>
    outlets.map(outlet => {
      const chat = chatOf(account.id, outlet.id)
      return {
        accountId: outside(tenant, account.id),
        account: account.name,
        platform,
        id: outlet.id,
        name: outlet.words ? say(language, outlet.words) : outlet.name,
        members: outlet.members ?? null,
        chatId: chat ? outside(tenant, chat.id) : null,
      }
    })
  return {
    items: all.flatMap(itemsOf),
    silent: all.flatMap(({ account, why }) =>
      why ? [{ account: account.name, words: say(language, `channel.${why}`) }] : [],
    ),
  }
}

const note = (tx: Tx, caller: Caller, what: string, id: string) =>
  record(tx, { tenant: caller.tenant!, what, by: caller, about: { kind: 'chat', id } })

export const outlets = {
  outlets: (_, { app, caller }) => shownOutlets(app, caller.tenant!, caller.language),

  async tieChat({ chatId, accountId, outlet }, call) {
    const { app, caller } = call
    const chat = await getChat(app.sql, caller, chatId)
    if (chat.closed_at) throw new Problem('chat_closed', { name: chat.name })
    const named = inside(accountId)
    const mine = (await outletsOf(app, chat.tenant)).find(({ account }) => account.id === named.id)
    const found = named.tenant === chat.tenant ? mine?.outlets.find(one => one.id === outlet) : undefined
    if (!mine || !found || mine.platform !== chat.platform) throw new Problem('outlet_unknown')
    const to = { account: mine.account.id, outlet, link: found.url ?? null }
    // The provider was asked first: nothing of ours was held meanwhile.
    return inTransaction(app.sql, async tx => {
      if (!(await tie(tx, chat.tenant, chat.id, to))) throw new Problem('outlet_taken', { name: found.name })
      await note(tx, caller, 'chat.tied', chat.id)
      await wakeOutlets(app, tx, chat.tenant)
      return shownChat(await getChat(tx, caller, chatId))
    })
  },

  async untieChat({ chatId }, { db, caller }) {
    const id = insideOf(caller.tenant!, chatId)
    const chat = await getChat(db, caller, chatId)
    if (chat.account_id) {
      await untie(db, chat.tenant, id)
      await note(db, caller, 'chat.untied', id)
    }
    return shownChat(await getChat(db, caller, chatId))
  },
} satisfies Answers<typeof outletOperations>
