// A home that another commune says comes here: accepted, it is made with its people; declined, what was sent along is forgotten.
import type { Caller } from '#core/caller'
import { now } from '#core/clock'
import { inTransaction, type Tx } from '#core/db'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import type { UnitNow } from '#units'
import { addHomes } from './add.ts'
import { luggagePurpose, type Answered } from './leave.ts'
import type { Ground } from './life.ts'
import { contactDigest } from './phone.ts'
import type { Luggage } from './removal.ts'
import type { RemovalState } from './shapes.ts'
import { insertEvent } from './store-life.ts'
import { forgotten, holdArrival, setArrivalAnswer, type ArrivalRow } from './store-removal.ts'
import { insertConsents, insertContacts } from './store.ts'

/** Days that an arrival waits before it is forgotten. */
const waitingDays = 60

/** @throws Problem not_found, arrival_answered */
async function waiting(tx: Tx, tenant: number, id: string): Promise<ArrivalRow> {
  const arrival = await holdArrival(tx, tenant, id)
  if (!arrival) throw new Problem('not_found')
  if (arrival.state !== 'waiting') throw new Problem('arrival_answered')
  return arrival
}

/** @throws Problem arrival_unreadable where the installation's key is another by now */
function opened(app: App, { sealed }: ArrivalRow): Luggage {
  try {
    return JSON.parse(app.keys.unseal(luggagePurpose, sealed ?? '')) as Luggage
  } catch {
    throw new Problem('arrival_unreadable')
  }
}

/** The commune that the home left learns what became of it. */
async function tell(
  app: App,
  tx: Tx,
  arrival: ArrivalRow,
  state: RemovalState,
  words: string,
  household: string | null,
) {
  const job: Answered = { tenant: arrival.from, id: arrival.id, state, words, household, at: now().toISOString() }
  await app.jobs.send(tx, 'people.removal.answer', job)
}

/** Numbers with the basis on which each may be used here, and every no that was said of them. */
async function writeContacts(on: Ground, home: string, persons: readonly string[], luggage: Luggage, wording: string) {
  const { tx, tenant, by } = on
  const contacts = luggage.contacts.map(({ person, kind, value, isDemo, stops }) => ({
    row: {
      id: newId(),
      householdId: home,
      personId: person === null ? null : (persons[person] ?? null),
      kind,
      value,
      digest: contactDigest(kind, value),
      isDemo,
    },
    stops,
  }))
  const rows = contacts.map(contact => contact.row)
  await insertContacts(tx, tenant, rows)
  const account = by.account ?? null
  const yes = { purpose: 'village_notices', basis: 'agency_duty', said: 'yes' as const, how: 'transfer', wording }
  const said = rows.map(({ id, personId }) => {
    const whose = { householdId: home, personId, contactId: id }
    return { ...yes, ...whose, id: newId(), by: account }
  })
  const noes = [
    ...luggage.stops.map(({ person = null, ...stop }) => {
      const personId = person === null ? null : (persons[person] ?? null)
      return { stop, personId, contactId: null }
    }),
    ...contacts.flatMap(({ row, stops }) => stops.map(stop => ({ stop, personId: row.personId, contactId: row.id }))),
  ].map(({ stop, ...whose }) => ({ ...stop, ...whose, id: newId(), householdId: home, basis: 'consent', by: account }))
  await insertConsents(tx, tenant, said)
  // Later than the yes: the last word counts.
  await insertConsents(tx, tenant, noes, new Date(now().getTime() + 1))
}

/**
 * @param wording what the ledger says of the numbers: from where they came
 * @returns the home's id
 * @throws Problem not_found, arrival_answered, arrival_unreadable
 */
export async function acceptArrival(on: Ground, id: string, village: UnitNow, wording: string): Promise<string> {
  const { app, tx, tenant, by } = on
  const arrival = await waiting(tx, tenant, id)
  const luggage = opened(app, arrival)
  const { languages, listener, phoneKind, persons } = luggage
  const basis = { basis: 'agency_duty', how: 'transfer', wording, by: by.account ?? null, isDemo: app.config.isDemo }
  const added = await addHomes(tx, tenant, [{ unitId: village.id, languages, listener, phoneKind, persons }], basis)
  const [home] = added.homes as [string]
  await writeContacts(on, home, added.persons, luggage, wording)
  const [account, post] = [by.account ?? null, by.post ?? null]
  await insertEvent(tx, tenant, { id: newId(), household: home, kind: 'arrived', data: { arrival: id }, account, post })
  await setArrivalAnswer(tx, tenant, { id, state: 'received', household: home, account, post })
  await tell(app, tx, arrival, 'received', '', home)
  const data = { arrival: id, from: arrival.from, unit: village.id }
  await record(tx, { tenant, what: 'household.arrived', by, about: { kind: 'household', id: home }, data })
  return home
}

async function refuse(app: App, tx: Tx, tenant: number, id: string, state: RemovalState, words: string, by?: Caller) {
  const arrival = await waiting(tx, tenant, id)
  await setArrivalAnswer(tx, tenant, {
    id,
    state,
    household: null,
    account: by?.account ?? null,
    post: by?.post ?? null,
  })
  await tell(app, tx, arrival, state, words, null)
  const data = { from: arrival.from, state }
  await record(tx, { tenant, what: 'arrival.declined', ...(by && { by }), about: { kind: 'arrival', id }, data })
}

/** @throws Problem not_found, arrival_answered */
export const declineArrival = ({ app, tx, tenant, by }: Ground, id: string, words: string) =>
  refuse(app, tx, tenant, id, 'declined', words, by)

/** Nobody answered for so long: the names go, and the other commune is told. */
export async function lapseArrivals(app: App) {
  for (const { tenant, id } of await forgotten(app.sql, new Date(now().getTime() - waitingDays * 86_400_000)))
    await inTransaction(app.sql, tx => refuse(app, tx, tenant, id, 'lapsed', '')).catch((error: unknown) => {
      // Somebody answered it in this very moment.
      if (!(error instanceof Problem)) throw error
    })
}
