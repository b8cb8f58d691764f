// From the evening before to the last door.
import { chance } from '../../demo/chance.ts'
import { Agenda, playUntil, together } from './agenda.ts'
import { listen, morning, noteMoments, planLooks, planRelays, publish, Timeline, type Plot } from './day.ts'
import { planDoors } from './doors.ts'
import { allowsPush, hour, secondPhone } from './habits.ts'
import { Ledger } from './channels/ledger.ts'
import { joinHomes, openChannels, type Channels } from './channels/open.ts'
import { answerQuestions, planChannels } from './channels/plan.ts'
import { Postman } from './channels/postman.ts'
import type { Street } from './channels/street.ts'
import { wantPush, type Phone, type World } from './phones.ts'
import { callStaff, enter, printCards, readRegisters, type Village } from './staff.ts'

export interface Played {
  plot: Plot
  noticeId: string
  publishedAt: number
  channels: Channels | undefined
}

export interface Script {
  seed: number
  without: ReadonlySet<string>
  /** With accounts at every provider. */
  withChannels: boolean
  /** What has to be stopped, whatever happens. */
  atEnd: (() => unknown)[]
  say: (line: string) => void
}

/** A village's phones stand behind one address. */
const addressOf = (village: number) => `10.76.15.${village + 1}`

interface Bringing {
  villages: readonly Village[]
  cards: Map<string, string>
  script: Script
  /** Homes that an account of the commune tells. */
  followers: ReadonlySet<string>
}

/** Every home with such a phone comes in with its card, some with two phones. */
async function bringPhones(world: World, { villages, cards, script, followers }: Bringing) {
  const phones: Phone[] = []
  for (const [village, { homes }] of villages.entries())
    for (const home of homes.filter(one => one.phoneKind === 'app' && !followers.has(one.id)))
      for (let n = 0; n < (chance(script.seed, home.no, 'second').is(secondPhone) ? 2 : 1); n++)
        phones.push({
          home: home.id,
          village,
          from: addressOf(village),
          cookie: '',
          by: chance(script.seed, 'phone', home.no, n),
          push: undefined,
          holds: new Map(),
        })
  const { publicKey } = await world.net.get<{ publicKey: string }>('GET', '/api/v1/push-key')
  await together(phones, 24, async phone => {
    phone.cookie = await enter(world.net, cards.get(phone.home)!, phone.from)
    const isAllowed = phone.by.is(allowsPush)
    if (isAllowed && !script.without.has('push')) await wantPush(world, phone, publicKey)
  })
  return phones
}

/** Nobody does anything after it. */
const end = morning + 14 * hour

function streetOf(
  world: World,
  cast: { officer: string; villages: readonly Village[] },
  agenda: Agenda,
  script: Script,
) {
  const isLost = script.without.has('callbacks')
  const homes = cast.villages.flatMap(village => village.homes.map(home => home.id))
  return {
    ...world,
    seed: script.seed,
    agenda,
    timeline: new Timeline(),
    page: world.book.dispatch,
    ledger: new Ledger(),
    postman: new Postman({ agenda, time: world.time, end: end - 10 * 60_000, isLost }),
    officer: () => cast.officer,
    homes: () => homes,
    numbers: new Map(),
  } satisfies Street
}

export async function playStory(world: World & { officerLink: string }, script: Script): Promise<Played> {
  const commune = '07615'
  const officer = await enter(world.net, world.officerLink)
  const villages = await callStaff(world.net, officer, commune)
  await readRegisters(world.net, villages)
  const cards = await printCards(world.net, villages)
  script.say(`${villages.length} thôn, ${villages.reduce((n, v) => n + v.homes.length, 0)} hộ, ${cards.size} thẻ`)
  const agenda = new Agenda()
  const street = streetOf(world, { officer, villages }, agenda, script)
  const channels = script.withChannels ? await openChannels(street, villages, script.atEnd) : undefined
  const followers = channels ? await joinHomes(channels, villages, cards) : new Set<string>()
  if (channels) script.say(`${channels.ways.length} tài khoản, ${followers.size} hộ theo tài khoản của xã`)
  const phones = await bringPhones(world, { villages, cards, script, followers })
  script.say(`${phones.length} điện thoại đã vào bằng thẻ`)
  const plot: Plot = {
    ...world,
    agenda,
    timeline: street.timeline,
    seed: script.seed,
    commune,
    officer,
    villages,
    phones,
    forgetful: chance(script.seed, 'forgets').between(0, villages.length - 1),
  }
  for (const phone of phones) listen(plot, phone)
  await world.time.advance(morning)
  const { id: noticeId } = await publish(plot)
  const publishedAt = world.time.now()
  planRelays(plot, publishedAt)
  planLooks(plot)
  if (!script.without.has('doors')) planDoors(plot)
  if (channels) planChannels(channels, noticeId)
  await playUntil(world.time, agenda, end, morning + 1.5 * hour)
  while (street.postman.isBusy) await playUntil(world.time, agenda, world.time.now() + 60_000, 0)
  if (channels) await answerQuestions(street, noticeId)
  await noteMoments(plot, noticeId, publishedAt)
  return { plot, noticeId, publishedAt, channels }
}
