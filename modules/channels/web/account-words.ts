// How an account is, in words.
import type { Answer } from '#core/operation'
import type { Contracts } from '#web/contracts.ts'
import { number } from '#web/numbers.ts'
import { hour } from '#web/time.ts'
import { say, term } from './say.ts'

export type Account = Answer<Contracts['channels']['accounts']>['items'][number]
export type Budget = Answer<Contracts['channels']['budget']>
export type Adapter = Answer<Contracts['channels']['adapters']>['items'][number]

/** What is wrong and what to do, else how it is; with the time until which it waits. */
export const stateOf = ({ trouble, health, restsUntil }: Account) => {
  const words = health === 'off' || !trouble ? term('health', health) : trouble
  return restsUntil && health !== 'off' ? `${words} ${say('rests_until', { time: hour(restsUntil) })}` : words
}

export const usedOf = ({ today }: Account) =>
  today.most === null
    ? say('used', { n: number(today.messages) })
    : say('used_of', {
        n: number(today.messages),
        most: number(today.most),
        left: number(Math.max(0, today.most - today.messages)),
      })
