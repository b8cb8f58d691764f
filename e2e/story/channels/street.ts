// What the providers of the day have in common: the story's clock, the homes behind addresses, and how people take a message.
import { fold } from '#core/fold'
import type { Chance } from '../../../demo/chance.ts'
import type { Agenda } from '../agenda.ts'
import { dispatchMark, type Timeline } from '../day.ts'
import { acknowledges, openDelay, readingTime } from '../habits.ts'
import type { Network } from '../http.ts'
import type { LevelName, Page } from '../phones.ts'
import type { Time } from '../time.ts'
import type { Ledger } from './ledger.ts'
import type { Call, Postman } from './postman.ts'

const minute = 60_000

/** Providers tell late, and not at once of what goes on. [own] */
const late = (by: Chance) => by.delay(2 * minute, 0.8)
/** Writes back instead of "Đã rõ". [own] */
const asks = 0.06

export interface Street {
  seed: number
  net: Network
  time: Time
  agenda: Agenda
  timeline: Timeline
  /** What homes have of the dispatch, as it happened there. */
  page: Page
  ledger: Ledger
  postman: Postman
  /** Signed in from the evening on. */
  officer: () => string
  /** Everybody's. */
  homes: () => string[]
  /** Homes by number, as they were looked up. */
  numbers: Map<string, Promise<string[]>>
}

/** What provider and person may do about a message, each told to the product by one call. */
export interface Doings {
  delivered?: Call
  seen?: Call
  known?: Call
  asks?: Call
  /** What people write has no name by which a repeat is known. */
  isNameless?: true
}

const mark = fold(dispatchMark)
/** The dispatch itself, and not a word back to somebody who wrote. */
export const isDispatch = (words: string) => fold(words).includes(mark)

export const linkIn = (words: string) => /https?:\/\/\S+\/t\/[\w-]+/.exec(words)?.[0]

/** Whose number it is, as an officer looks it up: of some, several homes'. */
export function homesOfNumber({ net, officer, numbers }: Street, number: string): Promise<string[]> {
  const q = number.replace(/^84/, '0')
  const known = numbers.get(q)
  if (known) return known
  const found = net
    .list<{ id: string }>(`/api/v1/households?unit=07615&q=${q}`, { cookie: officer() })
    .then(homes => homes.map(home => home.id))
  numbers.set(q, found)
  return found
}

/** A message lies where its provider brought it. @param homesOf who has it there: only one alone can answer for his home */
export function arrives(street: Street, by: Chance, homesOf: () => Promise<string[]>, doings: Doings) {
  const { time, agenda, page, postman, ledger } = street
  const at = time.now()
  const rise = (level: LevelName) => async () => {
    const homes = await homesOf()
    if (level === 'sent' || level === 'delivered' || homes.length === 1)
      for (const home of homes) page.rise(home, level)
  }
  agenda.plan(at, rise('sent'))
  const asked = () => {
    ledger.asked++
    return Promise.resolve()
  }
  if (doings.delivered) postman.plan(at + late(by), doings.delivered, rise('delivered'))
  const opened = openDelay(by)
  if (opened === undefined) return
  if (doings.seen) postman.plan(at + opened, doings.seen, rise('seen'))
  const answered = at + opened + readingTime(by)
  if (doings.asks && by.is(asks)) postman.plan(answered, doings.asks, asked, doings.isNameless)
  else if (doings.known && by.is(acknowledges))
    postman.plan(answered, doings.known, rise('acknowledged'), doings.isNameless)
}

/** The telephone's own browser: previews and scanners name themselves otherwise. */
const browser = { 'user-agent': 'Mozilla/5.0 (Linux; Android 14; SM-A055F) AppleWebKit/537.36 Chrome/126.0 Mobile' }

/** The link of a message is opened, and "Nhà tôi đã rõ" pressed there. */
export const linkDoings = (link: string | undefined): Pick<Doings, 'seen' | 'known'> =>
  link === undefined
    ? {}
    : {
        seen: async () => (await fetch(`${link}/xem.gif`, { headers: browser })).status,
        known: async () => {
          const headers = { ...browser, 'content-type': 'application/x-www-form-urlencoded' }
          return (await fetch(`${link}/ro`, { method: 'POST', headers, body: '', redirect: 'manual' })).status
        },
      }
