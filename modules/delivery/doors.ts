// The list of doors, and who walks to which.
import { iso, now } from '#core/clock'
import { pageOf, readCursor, Words } from '#core/cursor'
import { firstIdAt, inside, outside } from '#core/ids'
import type { PlaceOf } from '#core/module'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { Uuid, Whole } from '#core/shapes'
import { say } from '#core/words'
import { record, trailHead } from '#core/trail'
import { contactsOf, languageName, lookAt } from '#people'
import { scopesOf, seesMembers } from '#access'
import { getUnit, unitsByIds, unitTitle } from '#units'
import type { doorOperations } from './contract-doors.ts'
import { insideDoor, outsideDoor } from './door-id.ts'
import { levelName } from './levels.ts'
import { isMonthKept, keptDays } from './months.ts'
import { stateOf } from './outcomes.ts'
import { assign, doorPlace, doorRows, homesBelow, visitsOf, type DoorRow, type VisitRow } from './store/doors.ts'
import { noticesWithDoors, noticesWithDoorsOfCommune } from './store/door-notices.ts'
import type { DoorsWanted } from './store/near-doors.ts'
import { newestRound } from './store/publication.ts'
import { doorAnswer } from './door-state.ts'
import { reasonOf } from './unreached.ts'
import { mustWalkTo, walkersHere } from './walkers.ts'

const day = 86_400_000

/** Erased on the phone two days after it is of use; a week where nothing says until when. */
const keepUntil = (of: Pick<DoorRow, 'publishedAt' | 'endsAt' | 'lastUsefulAt'>) =>
  new Date((of.lastUsefulAt ?? of.endsAt ?? new Date(of.publishedAt.getTime() + 7 * day)).getTime() + 2 * day)

const doorAfter = (cursor: string | undefined): DoorsWanted['after'] => {
  const [publishedId, need, alley, no] = readCursor(cursor, Uuid, Whole, Words, Whole) ?? []
  return publishedId === undefined ? null : { publishedId, need: need!, alley: alley!, no: no! }
}
const placeOf = (row: DoorRow) => [row.publishedId, row.hasNeed ? 0 : 1, row.alley, row.no]

/** Publications older than this have no doors any more. */
export const doorsSince = () => firstIdAt(new Date(now().getTime() - (keptDays - 31) * day))

const wantedBy = ({ caller }: Call, more: Partial<DoorsWanted>): DoorsWanted => ({
  tenant: caller.tenant!,
  path: scopesOf(caller, 'door.see').includes('below') ? (caller.path ?? null) : null,
  account: caller.account ?? null,
  isMine: false,
  seesMembers: seesMembers(caller),
  subjectId: null,
  round: null,
  within: null,
  since: doorsSince(),
  after: null,
  limit: 1,
  ...more,
})

/** A list is read over shoulders and kept on phones: what is private has no subject there. */
const titleOf = ({ isPrivate, content }: Pick<DoorRow, 'isPrivate' | 'content'>, { caller }: Call) =>
  isPrivate ? say(caller.language, 'delivery.private_title') : content.title

function doorOf(row: DoorRow, visits: readonly VisitRow[], call: Call) {
  const { caller } = call
  const { outcome, by, isConflict } = stateOf(visits)
  const tenant = caller.tenant!
  return {
    doorId: outsideDoor({ tenant, publishedId: row.publishedId, householdId: row.householdId }),
    householdId: outside(tenant, row.householdId),
    noticeId: outside(tenant, row.subjectId),
    title: titleOf(row, call),
    class: row.class,
    version: row.version,
    no: row.no,
    headName: row.headName,
    unitId: row.unitId,
    unit: unitTitle({ kind: row.unitKind, name: row.unit }),
    alley: row.alley,
    landmark: row.landmark,
    way: row.way,
    say: row.say,
    listens: row.languages.filter(language => language !== 'vi').map(tag => languageName(tag)),
    hasNeed: row.hasNeed,
    level: levelName(row.level),
    isTold: row.isTold,
    reason: reasonOf({ ...row, outcome: outcome ?? null }, now()),
    outcome: outcome ?? null,
    outcomeAt: by ? iso(visits.find(visit => visit.id === by)!.at) : null,
    visitId: by ?? null,
    isConflict,
    isAccountedFor: row.isReached || row.closed !== null,
    assigned: row.assignedTo
      ? { account: row.assignedTo, name: row.assignedName ?? '', isMine: row.assignedTo === caller.account }
      : null,
    keepUntil: iso(keepUntil(row)),
  }
}

/** Is every door of the commune the caller's to see? */
async function isOverCommune({ db, caller }: Call) {
  if (!caller.unit || !scopesOf(caller, 'door.see').includes('below')) return false
  const [unit] = await unitsByIds(db, [caller.unit])
  return unit?.level === 'commune'
}

/** The notice's newest round here, or the one asked for; the origin's id means this commune's copy. @throws Problem not_found */
async function getPublication(call: Call, noticeId: string, round?: number) {
  const publication = await newestRound(call.db, call.caller.tenant!, inside(noticeId).id, round)
  if (!publication) throw new Problem('not_found')
  return publication
}

export const doorPlaces: PlaceOf = async (app, value, _, caller) => {
  const { tenant, publishedId, householdId } = insideDoor(String(value))
  if (tenant !== caller.tenant) return undefined
  const found = await doorPlace(app.sql, tenant, publishedId, householdId)
  if (!found) return undefined
  return [
    {
      tenant,
      // Who is in the groups of a private message is not the village's to know.
      path: found.isForMembers && !seesMembers(caller) ? undefined : (found.path ?? undefined),
      household: householdId,
      ...(found.account ? { assigned: [found.account] } : {}),
    },
  ]
}

export const doorAnswers = {
  async doors(input, call) {
    const { db, caller } = call
    const { noticeId, round } = input
    const subjectId = noticeId === undefined ? null : (await getPublication(call, noticeId, round)).subjectId
    const wanted = wantedBy(call, {
      subjectId,
      round: round ?? null,
      within: input.unit === undefined ? null : (await getUnit(db, input.unit)).path,
      isMine: input.mine ?? false,
      after: doorAfter(input.cursor),
      limit: input.limit + 1,
    })
    const rows = await doorRows(db, wanted)
    const { items: shown, next } = pageOf(rows, input.limit, placeOf)
    const visits = Map.groupBy(await visitsOf(db, wanted.tenant, shown), v => `${v.publishedId}/${v.householdId}`)
    await lookAt(
      db,
      caller,
      wanted.tenant,
      shown.map(row => row.householdId),
      'doors',
    )
    return {
      items: shown.map(row => doorOf(row, visits.get(`${row.publishedId}/${row.householdId}`) ?? [], call)),
      next,
    }
  },

  async doorNotices(_, call) {
    const { db, caller } = call
    const wanted = wantedBy(call, {})
    const notices = await ((await isOverCommune(call)) ? noticesWithDoorsOfCommune : noticesWithDoors)(db, wanted)
    return {
      items: notices.map(notice => ({
        noticeId: outside(caller.tenant!, notice.subjectId),
        title: titleOf(notice, call),
        class: notice.class,
        left: notice.left,
        lastUsefulAt: notice.lastUsefulAt && iso(notice.lastUsefulAt),
      })),
    }
  },

  async walkers(_, call) {
    return { items: await walkersHere(call) }
  },

  async doorSheet(_, { db, caller }) {
    await record(db, { tenant: caller.tenant!, what: 'doors.printed', by: caller })
    return { trailHead: await trailHead(db, caller.tenant!), at: iso(now()) }
  },

  async assignDoors(input, call) {
    const { db, caller } = call
    const tenant = caller.tenant!
    const publication = await getPublication(call, input.noticeId)
    const doors = input.doorIds.map(id => insideDoor(id))
    const homes = [...new Set(doors.map(door => door.householdId))]
    const near = new Set(await homesBelow(db, tenant, caller.path ?? '~', homes))
    if (!doors.every(d => d.tenant === tenant && d.publishedId === publication.publishedId && near.has(d.householdId)))
      throw new Problem('door_elsewhere')
    if (input.account !== null) await mustWalkTo(call, input.account, homes)
    await assign(db, {
      tenant,
      publishedId: publication.publishedId,
      householdIds: homes,
      account: input.account,
      by: caller.account,
    })
    await record(db, {
      tenant,
      what: 'doors.assigned',
      by: caller,
      about: { kind: 'notice', id: publication.subjectId },
      data: { households: homes, account: input.account },
    })
    return { assigned: input.account === null ? 0 : homes.length }
  },

  async door(input, { db, caller }) {
    const door = insideDoor(input.doorId)
    await lookAt(db, caller, door.tenant, [door.householdId], 'doors')
    return doorAnswer(db, door)
  },

  async doorPhone(input, { db, caller }) {
    const door = insideDoor(input.doorId)
    if (!isMonthKept(door.publishedId)) throw new Problem('door_closed')
    await lookAt(db, caller, door.tenant, [door.householdId], 'phone')
    const contacts = await contactsOf(db, door.tenant, [door.householdId], 'phone')
    return { phones: contacts.map(contact => ({ phone: contact.value })) }
  },
} satisfies Omit<Answers<typeof doorOperations>, 'outcome'>
