// Plays a message through made-up homes, moment by moment, with the product's own decisions and nothing stored or sent: what
// properties are shown on, and how a ladder is reckoned before it is used.
import { grantedOf, type Address, type HandedOver } from '#channels'
import {
  isEmptyTurn,
  isPaid,
  keptOf,
  leftOf,
  nextTurn,
  outcomeOf,
  resultFor,
  type Named,
  type Outcome,
  type Turn,
} from './carry.ts'
import { endedInVain, isTooLong } from './go-on.ts'
import { haltOf } from './halt.ts'
import { channelsOf, nextLook, patienceOf, rungOf, type Step } from './ladder.ts'
import { levelNo, type LevelName } from './levels.ts'
import { endOf } from './outgoing.ts'
import { Agenda } from './play-agenda.ts'
import { PlayAccount } from './play-account.ts'
import type { Call, Delivery, Home, PlayChannel, World } from './play-world.ts'
import { isInHand, nameOf, sharedIn } from './play-shared.ts'
import { isAboveBudget, openPurse } from './purse.ts'
import { stepsWith } from './show-in.ts'
import type { AddressResult } from './store/addresses.ts'
import type { Result } from './store/delivery.ts'
import { passedOn, wayFor, waysFrom, type Way } from './ways.ts'

interface Carried extends AddressResult {
  carrier: string
}

export class Play {
  readonly world: World
  readonly homes: Home[]
  readonly steps: Step[]
  readonly calls: Call[] = []
  readonly doors = new Set<string>()
  spent = 0
  planned = 0
  readonly #ask: number
  readonly #isEmergency: boolean
  readonly #end: number
  readonly #byId: ReadonlyMap<string, Home>
  readonly #sharing: ReadonlySet<string>
  readonly #accounts = new Map<string, PlayAccount>()
  /** By step and channel: addresses to which the network could not bring it, by home. */
  readonly #failed = new Map<string, Map<string, string>>()
  readonly #carried = new Map<string, Carried>()
  /** Homes that have a text when an address has it, by step, channel and address. */
  readonly #riders = new Map<string, Set<string>>()
  /** Texts that are on the phones already, by step, channel and address: who rides on one later has it with the batch's results. */
  readonly #delivered = new Set<string>()
  readonly #agenda = new Agenda()
  readonly #wakes = new Map<string, number>()
  /** When a rung of several channels is looked at again. */
  readonly #looks = new Map<number, number>()

  constructor(world: World) {
    this.world = world
    this.#ask = levelNo(world.ask)
    this.#isEmergency = world.class === 'emergency'
    this.#end = endOf({ ...world, publishedAt: world.visibleAt })
    this.homes = world.homes.map(({ id, closed, addresses }) => {
      return { id, level: 0, isClosed: closed ?? false, addresses, deliveries: [] }
    })
    this.#byId = new Map(this.homes.map(home => [home.id, home]))
    this.#sharing = sharedIn(world.homes)
    for (const { kind, pace } of world.channels)
      if (pace) this.#accounts.set(kind, new PlayAccount(pace, this.#isEmergency))
    const about = { ...world, ladder: { steps: world.rungs } }
    this.steps = stepsWith(about, world.visibleAt, kind => this.#speaks(kind))
    for (const step of this.steps) this.#agenda.add(step.dueAt.getTime(), at => this.#step(step, at))
  }

  /** Until nothing is left to happen. */
  run(): this {
    this.#agenda.run()
    return this
  }

  isThere = (home: Home) => home.level >= this.#ask || home.isClosed

  #channel = (kind: string) => this.world.channels.find(channel => channel.kind === kind)
  #speaks(kind: string) {
    const channel = this.#channel(kind)
    return !channel?.speaksThrough || this.#accounts.has(kind)
  }

  #wake(kind: string, at: number) {
    if ((this.#wakes.get(kind) ?? Infinity) <= at) return
    this.#wakes.set(kind, at)
    this.#agenda.add(at, due => {
      if (this.#wakes.get(kind) !== due) return
      this.#wakes.delete(kind)
      this.#drain(this.#channel(kind)!, due)
    })
  }

  #ways(step: Pick<Step, 'step' | 'channel'>): Way[] {
    const known = channelsOf(rungOf(this.world.rungs, step) ?? step).flatMap(kind => this.#channel(kind) ?? [])
    const dongOf = (channel: PlayChannel) => channel.dong || channel.declares.cost
    if (known.length < 2) return waysFrom(known.map(channel => ({ channel, dong: 0 })))
    return waysFrom(known.map(channel => ({ channel, dong: this.#speaks(channel.kind) ? dongOf(channel) : undefined })))
  }

  /** @returns whether it has a delivery more */
  #take(
    home: Home,
    ways: readonly Way[],
    step: number,
    at: number,
    how: { besides?: string; silentSince?: number } = {},
  ) {
    if (this.isThere(home)) return false
    const tried = home.deliveries.filter(one => one.step === step && one.channel !== how.besides)
    const way = wayFor(ways, kind => Boolean(home.addresses[kind]?.length), tried, how.silentSince)
    if (!way) return false
    const planned = { state: 'planned', changedAt: at, dueAt: at } as const
    const before = home.deliveries.find(one => one.step === step && one.channel === way.channel)
    if (before) Object.assign(before, planned)
    else home.deliveries.push({ channel: way.channel, step, ...planned, tries: 0 })
    this.planned++
    this.#wake(way.channel, at)
    return true
  }

  #step(step: Step, at: number) {
    if (step.channel === 'door') {
      for (const home of this.homes) if (!this.isThere(home)) this.doors.add(home.id)
      return
    }
    const ways = this.#ways(step)
    let news = 0
    for (const home of this.homes) news += Number(this.#take(home, ways, step.step, at))
    if (ways.length > 1) this.#lookLater(step, at, news > 0)
  }

  #lookLater(step: Pick<Step, 'step' | 'channel'>, at: number, isNews: boolean) {
    const patience = patienceOf(rungOf(this.world.rungs, step)!, this.world.class)
    const silentSince = at - patience
    const mine = (home: Home) => home.deliveries.some(one => one.step === step.step && isInHand(one, silentSince))
    const next = nextLook(isNews || this.homes.some(home => !this.isThere(home) && mine(home)), at, patience, this.#end)
    if (next !== undefined) this.#lookBy(step, next)
  }

  #lookBy(step: Pick<Step, 'step' | 'channel'>, at: number) {
    if ((this.#looks.get(step.step) ?? Infinity) <= at) return
    this.#looks.set(step.step, at)
    this.#agenda.add(at, then => {
      if (this.#looks.get(step.step) !== then) return
      this.#looks.delete(step.step)
      const ways = this.#ways(step)
      const silentSince = then - patienceOf(rungOf(this.world.rungs, step)!, this.world.class)
      let news = 0
      for (const home of this.homes) news += Number(this.#take(home, ways, step.step, then, { silentSince }))
      this.#lookLater(step, then, news > 0)
    })
  }

  #waiting = (kind: string, isWanted: (one: Delivery) => boolean) =>
    this.homes.flatMap(home =>
      home.deliveries
        .filter(one => one.channel === kind && one.state === 'planned' && isWanted(one))
        .map(delivery => ({ home, delivery })),
    )

  #drain(channel: PlayChannel, at: number) {
    for (;;) {
      const due = this.#waiting(channel.kind, one => one.dueAt <= at)
      const [first] = due
      if (!first) break
      const batch = due.filter(one => one.delivery.step === first.delivery.step).slice(0, channel.declares.batch)
      const granted = this.#leave(channel, batch.length, at)
      if (granted === 0) return
      const before = this.calls.length
      this.#handOver(channel, batch.slice(0, granted), at)
      const unused = granted - (this.calls.length - before)
      if (unused > 0) this.#accounts.get(channel.kind)?.giveBack(unused, at)
    }
    const next = Math.min(...this.#waiting(channel.kind, () => true).map(one => one.delivery.dueAt))
    if (next < Infinity) this.#wake(channel.kind, next)
  }

  #leave({ kind, speaksThrough }: PlayChannel, wanted: number, at: number): number {
    const account = speaksThrough && this.#accounts.get(kind)
    if (!account) return wanted
    const room = account.take(wanted, at)
    if ('granted' in room) return room.granted
    if (isTooLong(room, this.#isEmergency, new Date(at))) this.#moveOn(kind, room.why, at)
    if (this.#waiting(kind, () => true).length) this.#wake(kind, room.waitUntil.getTime())
    return 0
  }

  #moveOn(kind: string, why: string, at: number) {
    for (const { home, delivery } of this.#waiting(kind, one => one.dueAt <= at)) {
      const others = this.#ways(delivery).filter(way => way.channel !== kind)
      if (this.#take(home, others, delivery.step, at, { besides: kind }))
        Object.assign(delivery, { state: 'failed', reason: why, changedAt: at })
    }
  }

  #handOver(channel: PlayChannel, batch: readonly { home: Home; delivery: Delivery }[], at: number) {
    const now = new Date(at)
    const { step } = batch[0]!.delivery
    const { endsAt, lastUsefulAt, visibleAt: publishedAt, rungs } = this.world
    const account = this.#accounts.has(channel.kind) ? { id: channel.kind } : undefined
    const about = { withdrawnAt: null, replacedBy: null, publishedAt, endsAt, lastUsefulAt, ladder: { steps: rungs } }
    const halt = haltOf(about, { step, channel: channel.kind }, channel, account, now)
    if (halt) {
      for (const { home, delivery } of batch) this.#write(home, delivery, { householdId: home.id, ...halt }, at)
      return
    }
    for (const { delivery } of batch) delivery.tries++
    const named = batch
      .filter(one => !this.isThere(one.home))
      .map(one => leftOf(this.#namedOf(channel, one.home), this.#failedOf(step, channel)))
    const outcomes = this.#callAll(channel, step, named, batch.length, at)
    for (const { home, delivery } of batch) {
      const mine = named.find(one => one.householdId === home.id)
      const seen = { tries: delivery.tries, isSettled: !mine, isRefused: false, outcomes: outcomes.get(home.id) ?? [] }
      const where = mine && { addresses: this.#namedOf(channel, home).addresses }
      const result = resultFor(home.id, { ...seen, where, notBrought: mine?.notBrought }, { now, end: this.#end })
      if (result) this.#write(home, delivery, result, at)
    }
  }

  #namedOf({ declares: { address: kind } }: PlayChannel, { id, addresses }: Home) {
    const isShared = (to: string) => this.#sharing.has(nameOf(kind, to))
    const mine = addresses[kind] ?? []
    return { householdId: id, addresses: mine.map((to): Address => ({ id: to, value: to, isShared: isShared(to) })) }
  }

  #failedOf = (step: number, channel: PlayChannel) =>
    isPaid(channel)
      ? (this.#failed.get(nameOf(step, channel.kind)) ?? new Map<string, string>())
      : new Map<string, string>()

  #callAll(channel: PlayChannel, step: number, named: readonly Named[], most: number, at: number) {
    const outcomes = new Map<string, Outcome[]>()
    const each = channel.speaksThrough ? channel.dong : 0
    const wish = { each, count: most, isAboveBudget: isAboveBudget(this.world) }
    const granted = each ? grantedOf(wish, { dong: this.spent, budget: this.world.budget }) : Infinity
    const aside = each ? granted * each : 0
    this.spent += aside
    const purse = openPurse(granted, each)
    const said: HandedOver[] = []
    const call = (to: string, homes: readonly string[]): Outcome => {
      if (!purse.take()) return { is: 'refused', why: 'no_budget' }
      const answer = this.#call(channel, step, to, homes, at)
      said.push(answer)
      if (answer.is === 'refused') purse.giveBack()
      return answer
    }
    for (;;) {
      const turn = nextTurn(named, outcomes, isPaid(channel))
      if (isEmptyTurn(turn)) break
      this.#callTurn(channel, step, turn, outcomes, call, at)
    }
    this.spent += purse.cameTo(said).dong - aside
    this.#accounts.get(channel.kind)?.hear(said, at)
    return outcomes
  }

  #callTurn(
    { kind }: PlayChannel,
    step: number,
    turn: Turn,
    outcomes: Map<string, Outcome[]>,
    call: (to: string, homes: readonly string[]) => Outcome,
    at: number,
  ) {
    const now = new Date(at)
    const add = (home: string, outcome: Outcome) => outcomes.set(home, [...(outcomes.get(home) ?? []), outcome])
    for (const { householdId, addresses } of turn.own) {
      const said = addresses.map(({ id }) => call(id, [householdId]))
      add(householdId, said.find(one => one.is === 'accepted') ?? said[0]!)
    }
    for (const { address, homes } of turn.shared) {
      const name = nameOf(step, kind, address.id)
      const known = this.#carried.get(name)
      const isDue = !known || (known.said === 'later' && known.dueAt!.getTime() <= at)
      const outcome = isDue
        ? call(address.id, homes)
        : outcomeOf({ ...known, reason: known.reason ?? null, dueAt: known.dueAt ?? null }, now)
      const carrier = homes[0]!
      if (isDue)
        this.#carried.set(name, { ...keptOf(address.id, outcome, this.#triesOf(carrier, step, kind), now), carrier })
      for (const home of homes) {
        if (outcome.is === 'accepted') this.#ride(name, home)
        add(home, outcome.is === 'accepted' ? { ...outcome, by: carrier } : outcome)
      }
    }
  }

  #triesOf = (home: string, step: number, kind: string) =>
    this.#byId.get(home)!.deliveries.find(one => one.step === step && one.channel === kind)!.tries

  #ride(name: string, home: string) {
    const riders = this.#riders.get(name) ?? new Set()
    this.#riders.set(name, riders.add(home))
  }

  #call(channel: PlayChannel, step: number, to: string, homes: readonly string[], at: number): HandedOver {
    const { kind } = channel
    const { later, ...said } = this.world.says(kind, to, at)
    const isAccepted = said.is === 'accepted'
    const about = {
      at: new Date(at),
      channel: kind,
      to,
      step,
      homes,
      isPaid: isPaid(channel),
      isAccepted,
      spent: this.spent,
    }
    this.calls.push({ ...about, ...this.#watch(kind, step, homes, at) })
    if (said.is === 'refused') return said
    const name = nameOf(step, kind, to)
    for (const home of homes) this.#ride(name, home)
    if (later) this.#agenda.add(at + later.ms, then => this.#tell(kind, step, to, later.is, then))
    return channel.dong ? { ...said, dong: channel.dong } : said
  }

  /** What a call must not find. */
  #watch(kind: string, step: number, ids: readonly string[], at: number): Pick<Call, 'there' | 'beside'> {
    const rung = rungOf(this.world.rungs, { step, channel: kind })!
    const since = at - patienceOf(rung, this.world.class)
    const homes = ids.map(id => this.#byId.get(id)!)
    const isBeside = (one: Delivery) => one.step === step && one.channel !== kind && isInHand(one, since)
    const idsOf = (some: readonly Home[]) => some.map(home => home.id)
    return {
      there: idsOf(homes.filter(this.isThere)),
      beside: idsOf(homes.filter(home => home.deliveries.some(isBeside))),
    }
  }

  /** A provider tells of what it took: it holds for all who ride on it; an answer from a shared number speaks for nobody. */
  #tell(kind: string, step: number, to: string, is: 'delivered' | 'acknowledged' | 'failed', at: number) {
    const name = nameOf(step, kind, to)
    const isShared = this.#sharing.has(nameOf(this.#channel(kind)!.declares.address, to))
    const carried = this.#carried.get(name)
    if (is === 'failed' && carried) Object.assign(carried, { said: 'failed', reason: 'not_delivered' })
    if (is !== 'failed') this.#delivered.add(name)
    for (const id of this.#riders.get(name) ?? [])
      if (is === 'failed') this.#notBrought(this.#byId.get(id)!, kind, step, to, at)
      else this.#raise(id, isShared ? 'delivered' : is)
  }

  #isDelivered({ id, addresses }: Home, { step, channel }: Delivery) {
    const names = addresses[this.#channel(channel)!.declares.address]?.map(to => nameOf(step, channel, to)) ?? []
    return names.some(name => this.#delivered.has(name) && this.#riders.get(name)?.has(id))
  }

  #raise(id: string, level: LevelName) {
    const home = this.#byId.get(id)!
    home.level = Math.max(home.level, levelNo(level))
  }

  #notBrought(home: Home, kind: string, step: number, to: string, at: number) {
    const failed = this.#failed.get(nameOf(step, kind)) ?? new Map<string, string>()
    this.#failed.set(nameOf(step, kind), failed.set(nameOf(home.id, to), 'not_delivered'))
    const delivery = home.deliveries.find(
      one => one.step === step && one.channel === kind && one.state === 'handed_over',
    )
    if (!delivery) return
    const channel = this.#channel(kind)!
    const isLast = this.#namedOf(channel, home).addresses.every(address => failed.has(nameOf(home.id, address.id)))
    const rung = rungOf(this.world.rungs, delivery)!
    const silentSince = at - patienceOf(rung, this.world.class)
    const hasIt = (one: Delivery) => one.step === step && one !== delivery && isInHand(one, silentSince)
    if (isPaid(channel) && home.deliveries.some(hasIt)) {
      Object.assign(delivery, { state: 'failed', reason: passedOn, changedAt: at })
      this.#lookBy(delivery, at + patienceOf(rung, this.world.class))
    } else if (isPaid(channel)) {
      Object.assign(delivery, { state: 'planned', reason: 'not_delivered', dueAt: at, changedAt: at })
      this.#wake(kind, at)
    } else if (isLast) {
      Object.assign(delivery, { state: 'failed', reason: 'not_delivered', changedAt: at })
      this.#take(home, this.#ways(delivery), step, at, { silentSince })
    }
  }

  #write(home: Home, delivery: Delivery, result: Result, at: number) {
    const { state, reason, dueAt, isNoTry } = result
    Object.assign(delivery, { state, reason, changedAt: at, dueAt: dueAt?.getTime() ?? delivery.dueAt })
    if (isNoTry) delivery.tries--
    if (state === 'handed_over') this.#raise(home.id, this.#isDelivered(home, delivery) ? 'delivered' : 'sent')
    if (state === 'planned') this.#wake(delivery.channel, delivery.dueAt)
    if (!endedInVain(result)) return
    const others = this.#ways(delivery).filter(way => way.channel !== delivery.channel)
    this.#take(home, others, delivery.step, at, { besides: delivery.channel })
  }
}
