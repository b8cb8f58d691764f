// What a card opens to whoever holds it in his hand, and what its page offers beside the app.
import type { Context } from 'hono'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { digest } from '#core/secrets'
import { callerOf, splitToken } from './caller.ts'
import { mustBeOurPage } from './cookie.ts'
import { limitTries } from './sign-in.ts'
import { findCard } from './store/cards.ts'
import { findHome } from './store/places.ts'

const tokenIn = (c: Context) => c.req.param('token') ?? ''

/** @throws Problem card_ended for a card that was replaced, or never was one */
export async function getCard(app: App, c: Context) {
  const token = splitToken(tokenIn(c))
  const card = token && (await findCard(app.sql, token.tenant, digest(token.secret)))
  const home = card && (await findHome(app.sql, token.tenant, card.household_id))
  if (!home) throw new Problem('card_ended')
  return { tenant: token.tenant, card, home }
}

/** A button on the card's own page was pressed. @throws Problem card_ended, cross_site, too_many_requests */
export async function useHeldCard(app: App, c: Context) {
  mustBeOurPage(c)
  const caller = await callerOf(app, c)
  limitTries(app, 'card', tokenIn(c).slice(0, 60), caller.address)
  return { ...(await getCard(app, c)), caller }
}

/** Names of the commune's accounts, which a home can follow from its card. */
type AccountsOf = (app: App, tenant: number) => Promise<string[]>
let accountsOf: AccountsOf = () => Promise.resolve([])

/** Told by the part that has the accounts; it stands above and answers `POST /card/:token/follow`. */
export const offerOnCards = (find: AccountsOf) => void (accountsOf = find)
export const accountsOnCards: AccountsOf = (app, tenant) => accountsOf(app, tenant)
