// From the evening before to the last door.
import { chance } from '../../demo/chance.ts'
import { Agenda, playUntil, together } from './agenda.ts'
import { listen, morning, noteMoments, planLooks, planRelays, publish, Timeline, type Plot } from './day.ts'
import { planDoors } from './doors.ts'
import { allowsPush, hour, secondPhone } from './habits.ts'
import { noteMail, planOutage, type Providers } from './channels.ts'
import { wantPush, type Phone, type World } from './phones.ts'
import { callStaff, enter, printCards, readRegisters, type Village } from './staff.ts'

export interface Played {
  plot: Plot
  noticeId: string
  publishedAt: number
}

export interface Script {
  seed: number
  without: ReadonlySet<string>
  /** With accounts at providers. */
  providers: Providers | undefined
  say: (line: string) => void
}

/** A village's phones stand behind one address. */
const addressOf = (village: number) => `10.76.15.${village + 1}`

/** Every home with such a phone comes in with its card, some with two phones. */
async function bringPhones(world: World, villages: readonly Village[], cards: Map<string, string>, script: Script) {
  const phones: Phone[] = []
  for (const [village, { homes }] of villages.entries())
    for (const home of homes.filter(one => one.phoneKind === 'app'))
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

export async function playStory(world: World & { officerLink: string }, script: Script): Promise<Played> {
  const commune = '07615'
  const officer = await enter(world.net, world.officerLink)
  const villages = await callStaff(world.net, officer, commune)
  await readRegisters(world.net, villages)
  const cards = await printCards(world.net, villages)
  script.say(`${villages.length} thôn, ${villages.reduce((n, v) => n + v.homes.length, 0)} hộ, ${cards.size} thẻ`)
  if (script.providers) {
    await script.providers.enter(world.net, officer)
    script.say(`${await noteMail(world.net, villages, script.seed)} hộ nhận thư`)
  }
  const phones = await bringPhones(world, villages, cards, script)
  script.say(`${phones.length} điện thoại đã vào bằng thẻ`)
  const plot: Plot = {
    ...world,
    agenda: new Agenda(),
    timeline: new Timeline(),
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
  if (script.providers) planOutage(plot, script.providers)
  await playUntil(world.time, plot.agenda, morning + 14 * hour, morning + 1.5 * hour)
  await script.providers?.settled()
  await noteMoments(plot, noticeId, publishedAt)
  return { plot, noticeId, publishedAt }
}
