// A few words back to a number, as every way of sending short messages says them.
import type { Answering } from '../account.ts'
import { lookOf, priceOf } from './look.ts'
import { sendShort } from './sms.ts'
import { weigh } from './text.ts'

export const shortAnswer: Answering = {
  dong: (settings, words) => weigh(words, lookOf(settings)).parts * priceOf(settings),
  say: (app, account, { to, words, key }) => sendShort(app, account, to, weigh(words, lookOf(account.settings)), key),
}
