import type { Caller } from '#core/caller'
import { now, startOfDay, today } from '#core/clock'
import type { Db, Tx } from '#core/db'
import { fold } from '#core/fold'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import type { GroupNow } from './store.ts'
import { endMembership, insertMember, lockGroups, resumeMember } from './store-change.ts'
import { findPerson, isMember, peopleOfHomeNo, type Candidate } from './store.ts'

/** By whom a new member is named: an id, or what stands on the home's card. */
export interface Joining {
  person?: string | undefined
  householdNo?: number | undefined
  name?: string | undefined
}

/**
 * Who may not list people of other homes can still enrol one whose home number and name he knows: nothing is shown but a yes or no.
 * @throws Problem person_not_there, person_gone
 */
async function personNamed(db: Db, tenant: number, { person, householdNo, name }: Joining): Promise<Candidate> {
  const found = person
    ? await findPerson(db, tenant, person)
    : householdNo && name
      ? (await peopleOfHomeNo(db, tenant, householdNo)).find(one => one.folded === fold(name))
      : undefined
  if (!found) throw new Problem('person_not_there')
  if (found.isGone) throw new Problem('person_gone')
  return found
}

/** Who was taken out by mistake and comes back within this time has been in all along. */
const undoMs = 10 * 60_000

/** In a confidential group the trail does not say who. */
const about = (group: GroupNow, person: string) => ({
  tenant: group.tenant,
  about: { kind: 'group', id: group.id },
  data: group.isConfidential ? {} : { person },
})

/** @throws Problem group_closed, person_not_there, person_gone, member_already, date_ahead */
export async function addMember(
  tx: Tx,
  group: GroupNow,
  joining: Joining & { part?: string | undefined; from?: string | undefined },
  by: Caller,
): Promise<Candidate> {
  const { tenant, id } = group
  if (group.closedAt) throw new Problem('group_closed', { name: group.name })
  if (joining.from && joining.from > today()) throw new Problem('date_ahead')
  await lockGroups(tx, tenant)
  const person = await personNamed(tx, tenant, joining)
  if (await isMember(tx, tenant, id, person.id)) throw new Problem('member_already', { group: group.name })
  const isUndo = !joining.from && (await resumeMember(tx, tenant, id, person.id, new Date(now().getTime() - undoMs)))
  const from = joining.from ? startOfDay(joining.from) : now()
  const isNew =
    isUndo || (await insertMember(tx, { tenant, group: id, person: person.id, from, part: joining.part ?? '' }))
  if (!isNew) throw new Problem('member_already', { group: group.name })
  await record(tx, { what: 'group.joined', by, ...about(group, person.id) })
  return person
}

/** The membership ends now. @throws Problem not_found when there is none */
export async function endMember(tx: Tx, group: GroupNow, person: string, by: Caller) {
  if (!(await endMembership(tx, group.tenant, group.id, person, now()))) throw new Problem('not_found')
  await record(tx, { what: 'group.left', by, ...about(group, person) })
}
