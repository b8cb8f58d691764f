// Which home a helper means: by its id, or by the card that the home hands over.
import type { Db } from '#core/db'
import { inside } from '#core/ids'
import { Problem } from '#core/problem'
import { digest } from '#core/secrets'
import { splitToken } from './caller.ts'
import { cardNumber } from './card-number.ts'
import { findCard, findCardByDigits } from './store/cards.ts'

export interface HomeMeant {
  household: string
  isByCard: boolean
}

const isId = (text: string) => /^[0-9a-z]{1,7}-[\w-]{22}$/.test(text)
/** A card's token: the same form as an id, but not the same bytes, so it comes with the address it was printed in. */
const cardToken = (text: string) => /\/card\/([0-9a-z]{1,7}-[\w-]{20,100})\/?$/.exec(text)?.[1]

/** Of the helper's own commune only. @throws Problem digits_unknown, card_ended, not_found */
export async function homeMeant(db: Db, tenant: number, text: string): Promise<HomeMeant> {
  const said = text.trim()
  const token = splitToken(cardToken(said) ?? '')
  if (token) {
    const card = token.tenant === tenant ? await findCard(db, tenant, digest(token.secret)) : undefined
    if (!card) throw new Problem('card_ended')
    return { household: card.household_id, isByCard: true }
  }
  if (isId(said)) {
    const found = inside(said)
    if (found.tenant !== tenant) throw new Problem('not_found')
    return { household: found.id, isByCard: false }
  }
  const number = cardNumber(said)
  const card = number && (await findCardByDigits(db, tenant, number.digits, number.village))
  if (!card) throw new Problem('digits_unknown')
  return { household: card.household_id, isByCard: true }
}
