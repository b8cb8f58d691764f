// How people take a notice, in numbers. Where a source is named it is theirs; [own] marks our assumption, since nobody has published it.
import type { Chance } from '../../demo/chance.ts'

const minute = 60_000
export const hour = 60 * minute

/** Phones that may be woken by a push. [own] */
export const allowsPush = 0.8
/** A second phone in the home. Báo Bắc Kạn, 27-5-2023: "households with 2–3 members who all joined the group"; how many is [own]. */
export const secondPhone = 0.08
/** Báo Quảng Trị on Minh Hóa: people "who work far away or go to the forest cannot grasp all the information during the day". How many is [own]. */
const inTheForest = 0.14

/** Until the phone has network and its worker has run. [own] */
export const pushDelay = (by: Chance) => (by.is(inTheForest) ? by.delay(80 * minute, 0.8) : by.delay(8000, 1))

/** Until somebody opens what the phone showed; undefined: nobody does before the evening. [own] */
export const openDelay = (by: Chance) => (by.is(0.86) ? by.delay(24 * minute, 1.3) : undefined)

/** Presses "Đã rõ" right after reading. [own] */
export const acknowledges = 0.84
/** Seconds of reading. [own] */
export const readingTime = (by: Chance) => by.delay(45_000, 0.6)

/** Times of the day at which a home that no push wakes looks into the app. [own] */
export const looks = (by: Chance): number[] =>
  [by.is(0.35) && by.within(8.5, 11), by.is(0.5) && by.within(11.3, 13.2), by.is(0.75) && by.within(18.2, 20.8)].filter(
    at => at !== false,
  )

/** Until the head passes the paper on. Press, An Bình ward: it is "the daily duty of the group leader"; the delay is [own]. */
export const relayDelay = (by: Chance) => Math.min(by.delay(14 * minute, 0.9), 55 * minute)

/** Minutes from door to door. [own] */
export const walk = (by: Chance) => by.within(3, 8) * minute

/** Share of walks on which the phone has no network. Press, Nông Thượng: a large area with poor roads; the share is [own]. */
export const hasNoNetwork = 0.3

/** What happens at a door. [own] */
export const atTheDoor = (by: Chance, round: number) =>
  by.weighted([
    ['told', 0.86],
    ['told_by_neighbour', round > 1 ? 0.12 : 0.03],
    ['nobody_home', round > 2 ? 0 : 0.1],
    ['moved', 0.005],
    ['refused', 0.005],
  ] as const)

export const headsWords = (name: string) =>
  `Nhà nào có lợn ốm hay chết thì gọi tôi ngay, đừng mổ, đừng vứt ra suối. Trưởng thôn ${name}.`
