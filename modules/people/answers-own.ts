import { iso, now } from '#core/clock'
import { pageOf, readCursor } from '#core/cursor'
import type { Db } from '#core/db'
import { insideOf, newId, outside } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers } from '#core/serve'
import { Moment, Uuid } from '#core/shapes'
import { record } from '#core/trail'
import { unitsBelow, unitsByIds, unitTitle } from '#units'
import { unitAsked } from './answers-homes.ts'
import type { DataRequest, OwnHome, ownContract } from './contract-own.ts'
import { makeLinkCode, unlinkOwn } from './link.ts'
import { lookAt } from './look.ts'
import { sayOptional } from './optional-word.ts'
import { masked, spoken } from './phone.ts'
import { homesThatRefuse } from './refused.ts'
import { shownHome } from './show.ts'
import { noteReader } from './reader.ts'
import { consentLedger, contactRows, endReading } from './store-people.ts'
import * as store from './store-own.ts'
import { answerBy } from './working-days.ts'

const shownRequest = (tenant: number, row: store.RequestRow): DataRequest => ({
  id: outside(tenant, row.id),
  kind: row.kind,
  words: row.words,
  at: iso(row.at),
  answerBy: iso(row.answerBy),
  isLate: !row.answeredAt && row.answerBy < now(),
  answeredAt: row.answeredAt && iso(row.answeredAt),
  answer: row.answer,
})

async function namesOf(db: Db, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = [...new Set(ids.filter(id => id !== null))]
  return new Map((known.length ? await unitsByIds(db, known) : []).map(unit => [unit.id, unitTitle(unit)]))
}

/** Everything that is stored of one home: it is theirs to see, so nothing is masked, but numbers for who acts for them. */
async function ownHome(db: Db, tenant: number, household: string, isHelped = false): Promise<OwnHome> {
  const [home, contacts, ledger, refusing, looks, requests, rules] = await Promise.all([
    shownHome(db, tenant, household),
    contactRows(db, tenant, household),
    consentLedger(db, tenant, household),
    homesThatRefuse(db, tenant, [household], ['optional_topics']),
    store.looksOf(db, tenant, household),
    store.requestsOf(db, tenant, household),
    store.rulesNow(db, tenant),
  ])
  const names = await namesOf(
    db,
    looks.map(look => look.unitId),
  )
  const { id, no, unitName, headName, sheetNo, alley, landmark, way, pin, languages, listener, phoneKind } = home
  const { say, people, readers, events } = home
  const lies = { unitName, sheetNo, alley, landmark, way, pin }
  const known = { id, no, headName, ...lies, languages, listener, phoneKind, say, people, readers, events }
  return {
    ...known,
    needs: home.needs as OwnHome['needs'],
    contacts: contacts.map(row => ({
      id: outside(tenant, row.id),
      kind: row.kind,
      value: isHelped ? masked(row.kind, row.value) : row.kind === 'phone' ? spoken(row.value) : row.value,
      addedAt: iso(row.addedAt),
    })),
    consents: ledger.map(row => ({
      ...row,
      personId: row.personId && outside(tenant, row.personId),
      contactId: row.contactId && outside(tenant, row.contactId),
      at: iso(row.at),
    })),
    isOptionalStopped: refusing.has(household),
    looks: looks.map(({ unitId, ...look }) => ({ ...look, unitName: unitId ? (names.get(unitId) ?? null) : null })),
    requests: requests.map(row => shownRequest(tenant, row)),
    clock: { workingDays: rules.rules.answerWorkingDays, source: rules.source },
  }
}

/** A copy and an erasure are asked for by the home itself. */
const asHelped: ReadonlySet<DataRequest['kind']> = new Set(['correct', 'stop'])

export const ownAnswers = {
  async myHome(_, { db, caller }) {
    const [tenant, household] = [caller.tenant!, caller.household!]
    if (caller.helper) await lookAt(db, caller, tenant, [household], 'home')
    return ownHome(db, tenant, household, Boolean(caller.helper))
  },

  async myCopy(_, { db, caller }) {
    const home = await ownHome(db, caller.tenant!, caller.household!)
    return new Response(JSON.stringify(home, null, 2), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="nha-toi.json"',
        'cache-control': 'no-store',
      },
    })
  },

  async endReader({ personId }, { db, caller }) {
    const [tenant, household] = [caller.tenant!, caller.household!]
    const id = insideOf(tenant, personId)
    const ended = await endReading(db, tenant, id, household)
    if (!ended) throw new Problem('not_found')
    const person = { id, householdId: ended.householdId }
    await noteReader(db, { tenant, person, home: ended.elder, said: 'stop', how: 'app', by: null })
    await record(db, {
      tenant,
      what: 'reader.ended',
      about: { kind: 'household', id: household },
      data: { person: id },
    })
    return ownHome(db, tenant, household)
  },

  async linkCode(_, { db, caller }) {
    const { code, endsAt } = await makeLinkCode(db, caller.tenant!, caller.household!, caller.person ?? null)
    return { code, endsAt: iso(endsAt) }
  },

  async endLink({ contactId }, { db, caller }) {
    const [tenant, household] = [caller.tenant!, caller.household!]
    if (!(await unlinkOwn(db, tenant, household, insideOf(tenant, contactId)))) throw new Problem('not_found')
    return ownHome(db, tenant, household)
  },

  async request({ kind, words }, { db, caller }) {
    const [tenant, household] = [caller.tenant!, caller.household!]
    if (caller.helper && !asHelped.has(kind)) throw new Problem('not_for_helper')
    if (kind === 'correct' && !words) throw new Problem('request_words_needed')
    const { rules } = await store.rulesNow(db, tenant)
    const id = newId()
    await store.insertRequest(db, tenant, { id, householdId: household, kind, words, answerBy: answerBy(now(), rules) })
    if (kind === 'stop') {
      const { helper } = caller
      const word = { said: 'stop', how: helper ? 'spoken' : 'app', by: helper?.account ?? null } as const
      await sayOptional(db, tenant, [{ householdId: household, personId: null }], word)
    }
    await record(db, {
      tenant,
      what: 'data.requested',
      by: caller,
      about: { kind: 'household', id: household },
      data: { request: id, kind },
    })
    return shownRequest(tenant, (await store.findRequest(db, tenant, id))!)
  },

  async hearAgain(_, { db, caller }) {
    const [tenant, household] = [caller.tenant!, caller.household!]
    await sayOptional(db, tenant, [{ householdId: household, personId: null }], { said: 'yes', how: 'app' })
    return ownHome(db, tenant, household)
  },

  async requests(input, call) {
    const { db } = call
    const unit = await unitAsked(call, input.unit)
    const units = [unit.id, ...(await unitsBelow(db, unit.path)).map(one => one.id)]
    const [lastAt, lastId] = readCursor(input.cursor, Moment, Uuid) ?? []
    const after = lastAt && lastId ? { at: lastAt, id: lastId } : undefined
    const rows = await store.requestsIn(db, unit.tenant, units, input.open, after, input.limit + 1)
    const { items: shown, next } = pageOf(rows, input.limit, last => [last.answerBy.toISOString(), last.id])
    const names = await namesOf(
      db,
      shown.map(row => row.unitId),
    )
    return {
      items: shown.map(row => ({
        ...shownRequest(unit.tenant, row),
        householdId: outside(unit.tenant, row.householdId),
        headName: row.headName,
        unitName: names.get(row.unitId) ?? '',
      })),
      next,
    }
  },

  async answerRequest({ requestId, answer }, { db, caller }) {
    const tenant = caller.tenant!
    const id = insideOf(tenant, requestId)
    if (!(await store.setAnswer(db, tenant, id, answer, caller.account ?? null))) throw new Problem('request_answered')
    await record(db, { tenant, what: 'data.answered', by: caller, about: { kind: 'request', id } })
    return shownRequest(tenant, (await store.findRequest(db, tenant, id))!)
  },
} satisfies Answers<typeof ownContract>
