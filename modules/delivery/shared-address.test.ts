import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'
import { testMessage } from '#testing/message'
import { addChannel, findContacts, type Channel, type HandedOver, type Piece } from '#channels'
import { contactDigest } from '#people'
import { recount, send, showIn, withdraw, type Message } from '#delivery'
import { drainOthers, drainUrgent } from './next-step.ts'
import { planStep } from './plan.ts'
import { claim } from './store/delivery.ts'

const { app, settle } = await testApp()
const { sql } = app
await settle()

/** Who names which number, and what the provider says of it. */
const numbers = new Map<string, string[]>()
const called: Piece[] = []
let says: (number: string) => HandedOver = () => ({ is: 'accepted' })
beforeEach(() => {
  numbers.clear()
  called.length = 0
  says = () => ({ is: 'accepted' })
})

const channel = (kind: string, declares: Partial<Channel['declares']>, find?: Channel['find']): Channel => ({
  kind,
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address: 'device',
    cost: 0,
    proves: ['sent'],
    phoneKinds: ['voice'],
    batch: 7,
    parallel: 3,
    ...declares,
  },
  find:
    find ??
    ((_app, _tenant, ids) => {
      const named = [...numbers.values()].flat()
      const isShared = (one: string) => named.indexOf(one) !== named.lastIndexOf(one)
      const found = ids.filter(id => numbers.get(id)?.length)
      return Promise.resolve(
        new Map(
          found.map(id => [
            id,
            { addresses: numbers.get(id)!.map(one => ({ id: one, value: one, isShared: isShared(one) })) },
          ]),
        ),
      )
    }),
  handOver(_app, _message, piece) {
    called.push(piece)
    const said = piece.addresses.map(({ value }) => says(value))
    return Promise.resolve(said.find(one => one.is === 'accepted') ?? said[0]!)
  },
})
addChannel(channel('free', {}))
addChannel(channel('paid', { cost: 300 }))
addChannel(channel('keyed_shared', { cost: 300, takesKey: true }))
addChannel(channel('number', { cost: 300, address: 'phone' }, findContacts('phone')))

const calls = () => called.flatMap(piece => piece.addresses.map(address => address.value)).toSorted()

async function communeWith(kind: string, sizes: number[]): Promise<TestCommune> {
  const c = await testCommune(sql, sizes)
  const ladder = [
    { channel: kind, after: 0 },
    { channel: 'door', after: 240 },
  ]
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: ladder, priority: ladder, emergency: ladder })})`
  return c
}
const sent = (message: Message) => inTransaction(sql, tx => send(app, tx, message))
const homesOf = (c: TestCommune) => c.villages.flatMap(village => village.homes)

/** Each home's state, and on whose delivery it rode. */
async function deliveries(tenant: number) {
  const rows = await sql<{ household_id: string; state: string; reason: string | null; rides_on: string | null }[]>`
    select household_id, state, reason, rides_on from loa.delivery where commune_id = ${tenant}`
  return new Map(rows.map(row => [row.household_id, row]))
}
const statesOf = async (c: TestCommune) => {
  const found = await deliveries(c.tenant)
  return homesOf(c).map(home => found.get(home)?.state)
}
/** What was put off is due now. */
const comeBack = async (tenant: number) => {
  const past = new Date(Date.now() - 1000)
  await sql`update loa.delivery set due_at = ${past} where commune_id = ${tenant} and state = 'planned'`
  await sql`update loa.delivery_address set due_at = ${past} where commune_id = ${tenant} and said = 'later'`
  await sql`update loa.delivery_lane set due_at = ${past} where commune_id = ${tenant}`
  await drainUrgent(app)
  await drainOthers(app)
}

/** Two workers may take the homes of one number: whoever rides looks again after two seconds, here at once. */
const settled = async (tenant: number) => {
  await settle()
  await comeBack(tenant)
}

describe('one number, several homes', () => {
  test('a number that homes of two villages name gets the text once, and it counts for each of them', async () => {
    const c = await communeWith('free', [2, 1])
    const [a, b, other] = homesOf(c) as [string, string, string]
    numbers.set(a, ['09']).set(b, ['08']).set(other, ['09'])
    await sent(testMessage(c.tenant, [c.unit]))
    await settled(c.tenant)
    expect(calls()).toEqual(['08', '09'])
    const found = await deliveries(c.tenant)
    expect([...found.values()].map(row => row.state)).toEqual(['handed_over', 'handed_over', 'handed_over'])
    expect(found.get(b)!.rides_on).toBeNull()
    const [carrier, rider] = [a, other].toSorted(
      (x, y) => Number(found.get(x)!.rides_on !== null) - Number(found.get(y)!.rides_on !== null),
    )
    expect([found.get(carrier!)!.rides_on, found.get(rider!)!.rides_on]).toEqual([null, carrier])
    const [row] =
      await sql`select sum(sent)::int as sent, sum(none)::int as none from loa.reach_unit where commune_id = ${c.tenant}`
    expect(row).toEqual({ sent: 3, none: 0 })
    expect((await recount(sql, c.tenant)).differences).toEqual([])
  })

  test('where a village sees it hours later the number is not called again', async () => {
    const c = await communeWith('paid', [1, 1])
    const [first, second] = homesOf(c) as [string, string]
    numbers.set(first, ['09']).set(second, ['09'])
    const { publishedId } = await sent(testMessage(c.tenant, [c.unit], { relay: 'village' }))
    const show = (village: number) =>
      inTransaction(sql, tx =>
        showIn(app, tx, {
          tenant: c.tenant,
          publishedId,
          unitIds: [c.villages[village]!.id],
          localWords: undefined,
          at: new Date(),
        }),
      )
    await show(0)
    await settled(c.tenant)
    expect(await statesOf(c)).toEqual(['handed_over', undefined])
    await show(1)
    await settled(c.tenant)
    expect(calls()).toEqual(['09'])
    expect((await deliveries(c.tenant)).get(second)).toMatchObject({ state: 'handed_over', rides_on: first })
  })

  test('a dead number fails for every home that has no other, and each home’s ladder goes on', async () => {
    const c = await communeWith('paid', [3])
    const [a, b, own] = homesOf(c) as [string, string, string]
    numbers.set(a, ['09']).set(b, ['09']).set(own, ['09', '07'])
    says = number => (number === '09' ? { is: 'refused', why: 'address_dead' } : { is: 'accepted' })
    await sent(testMessage(c.tenant, [c.unit]))
    await settled(c.tenant)
    expect(calls()).toEqual(['07', '09'])
    expect(await statesOf(c)).toEqual(['failed', 'failed', 'handed_over'])
    const steps = await sql`
      select state from loa.ladder_step where commune_id = ${c.tenant} and channel = 'door'`
    expect(steps.map(step => step['state'])).toEqual(['waiting'])
  })

  test('a provider that asks us to slow down is asked once more for all of them', async () => {
    const c = await communeWith('paid', [3])
    for (const home of homesOf(c)) numbers.set(home, ['09'])
    says = () => ({ is: 'refused', why: 'slow_down', againAt: new Date(Date.now() + 90_000) })
    await sent(testMessage(c.tenant, [c.unit]))
    await settle()
    expect([calls(), await statesOf(c)]).toEqual([['09'], ['planned', 'planned', 'planned']])
    says = () => ({ is: 'accepted' })
    await comeBack(c.tenant)
    await comeBack(c.tenant)
    expect([calls(), await statesOf(c)]).toEqual([['09', '09'], Array(3).fill('handed_over')])
  })

  test('a home that is reached already does not keep the others from the text', async () => {
    const c = await communeWith('paid', [2])
    const [knows, not] = homesOf(c) as [string, string]
    numbers.set(knows, ['09']).set(not, ['09'])
    const { publishedId } = await sent(testMessage(c.tenant, [c.unit]))
    await planStep(app, { tenant: c.tenant, publishedId, step: 1, channel: 'paid' })
    await sql`
      insert into loa.reach_home (commune_id, published_id, household_id, unit_id, level, is_reached, level_at)
      values (${c.tenant}, ${publishedId}, ${knows}, ${c.villages[0]!.id}, 5, true, ${new Date()})`
    await comeBack(c.tenant)
    expect([calls(), await statesOf(c)]).toEqual([['09'], ['stopped', 'handed_over']])
  })

  test('a message that was withdrawn calls nobody for anybody', async () => {
    const c = await communeWith('paid', [2])
    for (const home of homesOf(c)) numbers.set(home, ['09'])
    const { publishedId } = await sent(testMessage(c.tenant, [c.unit]))
    await planStep(app, { tenant: c.tenant, publishedId, step: 1, channel: 'paid' })
    await inTransaction(sql, tx => withdraw(app, tx, { tenant: c.tenant, publishedId, reason: 'Gửi nhầm' }))
    await comeBack(c.tenant)
    expect([calls(), await statesOf(c)]).toEqual([[], ['stopped', 'stopped']])
  })

  test('workers side by side call no number twice', async () => {
    const c = await communeWith('free', [40, 40])
    for (const [n, home] of homesOf(c).entries()) numbers.set(home, [`0${n % 5}`, `1${n % 7}`])
    await sent(testMessage(c.tenant, [c.unit]))
    const [{ published_id: publishedId }] = (await sql`
      select published_id from loa.publication where commune_id = ${c.tenant}`) as [{ published_id: string }]
    await planStep(app, { tenant: c.tenant, publishedId, step: 1, channel: 'free' })
    await Promise.all([drainOthers(app), drainOthers(app), drainOthers(app)])
    for (let n = 0; n < 5; n++) await comeBack(c.tenant)
    expect(calls().length).toBe(12)
    expect(new Set(await statesOf(c))).toEqual(new Set(['handed_over']))
    const [row] = await sql`select max(tries) as tries from loa.delivery where commune_id = ${c.tenant}`
    expect(row).toEqual({ tries: 1 })
  })
})

describe('after a crash', () => {
  /** Everything is claimed, the number of the first two homes is taken, and the worker dies. */
  async function dies(kind: string, message: Partial<Message> = {}) {
    const c = await communeWith(kind, [2, 1])
    for (const home of homesOf(c)) numbers.set(home, ['09'])
    const { publishedId } = await sent(
      testMessage(
        c.tenant,
        c.villages.slice(0, 1).map(one => one.id),
        message,
      ),
    )
    const isEmergency = message.class === 'emergency'
    await planStep(app, { tenant: c.tenant, publishedId, step: 1, channel: kind })
    const lane = { tenant: c.tenant, channel: kind, isEmergency }
    const batch = await claim(sql, lane, { most: 50, at: new Date(), leasedUntil: new Date(Date.now() - 1) })
    const { takeAddresses } = await import('./store/addresses.ts')
    const carries = [{ address: '09', carrier: homesOf(c).slice(0, 2).toSorted()[0]! }]
    expect((await takeAddresses(sql, batch!, { carries, isRepeatable: false, at: new Date() })).size).toBe(1)
    await comeBack(c.tenant)
    await comeBack(c.tenant)
    return c
  }

  test('without a key a normal text is not repeated, neither for the one who carried it nor for who rode', async () => {
    const c = await dies('paid')
    expect([calls(), await statesOf(c)]).toEqual([[], ['uncertain', 'uncertain', undefined]])
  })

  test('an emergency is repeated once for all of them', async () => {
    const c = await dies('paid', { class: 'emergency' })
    expect([calls(), await statesOf(c)]).toEqual([['09'], ['handed_over', 'handed_over', undefined]])
  })

  test('a provider that takes a key gets the same one for the number, whichever home’s turn it is', async () => {
    const c = await dies('keyed_shared')
    expect(await statesOf(c)).toEqual(['handed_over', 'handed_over', undefined])
    const [first] = called.map(piece => piece.key)
    await sql`
      update loa.delivery set state = 'intent', leased_until = ${new Date(Date.now() - 1000)} where commune_id = ${c.tenant}`
    await sql`update loa.delivery_address set said = null where commune_id = ${c.tenant}`
    await sql`
      insert into loa.delivery_lane (commune_id, channel, is_emergency, due_at)
      values (${c.tenant}, 'keyed_shared', false, ${new Date(Date.now() - 1000)}) on conflict do nothing`
    await comeBack(c.tenant)
    await comeBack(c.tenant)
    expect(called.map(piece => piece.key)).toEqual([first, first])
  })
})

describe('whose contact is used', () => {
  const addPerson = async (c: TestCommune, home: string, more: { year?: number; day?: string; readsFor?: string }) => {
    const id = newId()
    await sql`
      insert into loa.person (commune_id, id, household_id, name, folded, given, birth_year, birth_day, reads_for)
      values (${c.tenant}, ${id}, ${home}, 'Lò Thị Thử', 'lo thi thu', 'Thử', ${more.year ?? null}, ${more.day ?? null}, ${more.readsFor ?? null})`
    return id
  }
  const addNumber = (c: TestCommune, home: string, value: string, person: string | null = null) => sql`
    insert into loa.contact (commune_id, id, household_id, person_id, kind, value, digest, added_at)
    values (${c.tenant}, ${newId()}, ${home}, ${person}, 'phone', ${value}, ${contactDigest('phone', value)}, ${new Date()})`
  const yearsAgo = (years: number, days = 0) => {
    const day = new Date(Date.now() + days * 86_400_000)
    day.setUTCFullYear(day.getUTCFullYear() - years)
    return day.toISOString().slice(0, 10)
  }

  test('nobody under 16 is ever written to; whoever’s age is not known counts as grown up', async () => {
    const c = await communeWith('number', [4])
    const [child, almost, grown, unknown] = homesOf(c) as [string, string, string, string]
    await addNumber(c, child, '+84900000001', await addPerson(c, child, { year: new Date().getFullYear() - 10 }))
    await addNumber(c, almost, '+84900000002', await addPerson(c, almost, { day: yearsAgo(16, 3) }))
    await addNumber(c, grown, '+84900000003', await addPerson(c, grown, { day: yearsAgo(16, -3) }))
    await addNumber(c, unknown, '+84900000004', await addPerson(c, unknown, {}))
    await sent(testMessage(c.tenant, [c.unit]))
    await settled(c.tenant)
    expect(calls()).toEqual(['+84900000003', '+84900000004'])
    expect(await statesOf(c)).toEqual(['no_address', 'no_address', 'handed_over', 'handed_over'])
  })

  test('who reads for an elder is written to once, for both homes; what is private stays the elder’s', async () => {
    const c = await communeWith('number', [2])
    const [elder, readers] = homesOf(c) as [string, string]
    await addNumber(c, readers, '+84900000005', await addPerson(c, readers, { year: 1990, readsFor: elder }))
    await sent(testMessage(c.tenant, [c.unit]))
    await settled(c.tenant)
    expect([calls(), await statesOf(c)]).toEqual([['+84900000005'], ['handed_over', 'handed_over']])
    await sql`delete from loa.delivery where commune_id = ${c.tenant}`
    await sent(testMessage(c.tenant, [c.unit], { isPrivate: true }))
    await settled(c.tenant)
    expect(calls().length).toBe(2)
    expect(await statesOf(c)).toEqual([undefined, 'handed_over'])
  })

  test('a home that said no to notices is left in peace, except where life is in danger', async () => {
    const c = await communeWith('number', [1])
    const [home] = homesOf(c) as [string]
    await addNumber(c, home, '+84900000006')
    await sql`
      insert into loa.consent (commune_id, id, household_id, contact_id, purpose, basis, said, how, wording, at)
      select ${c.tenant}, ${newId()}, household_id, id, 'village_notices', 'consent', 'no', 'spoken', '', ${new Date()}
      from loa.contact where commune_id = ${c.tenant}`
    await sent(testMessage(c.tenant, [c.unit]))
    await settle()
    expect(await statesOf(c)).toEqual(['opted_out'])
    await sent(testMessage(c.tenant, [c.unit], { class: 'emergency' }))
    await settle()
    expect(calls()).toEqual(['+84900000006'])
  })
})

describe('whoever names which numbers', () => {
  const homes = 6
  const book = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), {
    minLength: homes,
    maxLength: homes,
  })
  /** Sends to homes with these numbers, some of them dead. */
  async function play(kind: string, named: readonly (readonly number[])[], dead: ReadonlySet<number>) {
    numbers.clear()
    called.length = 0
    says = number => (dead.has(Number(number)) ? { is: 'refused', why: 'address_dead' } : { is: 'accepted' })
    const c = await communeWith(kind, [homes / 2, homes / 2])
    for (const [n, home] of homesOf(c).entries()) numbers.set(home, named[n]!.map(String))
    await sent(testMessage(c.tenant, [c.unit]))
    await settle()
    for (let n = 0; n < 3; n++) await comeBack(c.tenant)
    return { states: await statesOf(c), calls: calls() }
  }

  test.each(['free', 'paid'])(
    'each number is called once, and each home with a number alive has the text: %s',
    async kind => {
      await fc.assert(
        fc.asyncProperty(
          book,
          fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 2 }),
          async (named, gone) => {
            const dead = new Set(gone)
            const found = await play(kind, named, dead)
            const shared = found.calls.filter(one => named.filter(mine => mine.includes(Number(one))).length > 1)
            expect(new Set(shared).size).toBe(shared.length)
            expect(found.states).toEqual(
              named.map(mine =>
                mine.some(one => !dead.has(one)) ? 'handed_over' : mine.length ? 'failed' : 'no_address',
              ),
            )
          },
        ),
        { numRuns: 12 },
      )
    },
  )

  test.each(['free', 'paid'])('a shared contact more never makes a home’s reach worse: %s', async kind => {
    await fc.assert(
      fc.asyncProperty(
        book,
        fc.nat(homes - 1),
        fc.nat(4),
        fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
        async (named, at, more, gone) => {
          const dead = new Set(gone)
          const before = await play(kind, named, dead)
          const after = await play(
            kind,
            named.map((mine, n) => (n === at && !mine.includes(more) ? [more, ...mine] : mine)),
            dead,
          )
          const lost = before.states.filter((state, n) => state === 'handed_over' && after.states[n] !== 'handed_over')
          expect(lost).toEqual([])
        },
      ),
      { numRuns: 8 },
    )
  })
})
