// How an account is, in words.
import type { Answer } from '#core/operation'
import type { Contracts } from '#web/contracts.ts'
import { number } from '#web/numbers.ts'
import { hour } from '#web/time.ts'
import { say, term } from './say.ts'

export type Account = Answer<Contracts['channels']['accounts']>['items'][number]
export type Budget = Answer<Contracts['channels']['budget']>
export type Adapter = Answer<Contracts['channels']['adapters']>['items'][number]

export const stateOf = (account: Account) =>
  account.restsUntil
    ? say('rests_until', { time: hour(account.restsUntil) })
    : (account.trouble ?? term('health', account.health))

export const usedOf = ({ today }: Account) =>
  today.most === null
    ? say('used', { n: number(today.messages) })
    : say('used_of', { n: number(today.messages), most: number(today.most) })
