import { iso, now, today } from '#core/clock'
import { pageOf, readCursor, toCursor, Words } from '#core/cursor'
import type { Tx } from '#core/db'
import { byGivenName, fold, tidy } from '#core/fold'
import { inside, insideOf, outside } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { Uuid } from '#core/shapes'
import { lookAt } from '#people'
import { getUnit, isOwner, servedTenants, unitsByIds, unitTitle } from '#units'
import type { contract, Member } from './contract.ts'
import { getGroup, getOpenGroup } from './groups.ts'
import { closeGroup, makeBranch, makeGroup, renameGroup, reopenGroup } from './make.ts'
import { addMember, endMember } from './members.ts'
import { shownGroup, shownGroups } from './show.ts'
import { groupRows, groupsBelow, groupsOfHome, memberRows, type GroupNow, type MemberRow } from './store.ts'

const first = { name: '', id: '00000000-0000-0000-0000-000000000000' }

/** @throws Problem bad_cursor */
function read(cursor: string | undefined): typeof first {
  const [name, id] = readCursor(cursor, Words, Uuid) ?? []
  return name === undefined || id === undefined ? first : { name, id }
}

const own = ({ caller }: Pick<Call, 'caller'>, id: string) => insideOf(caller.tenant!, id)

/** Posts that see a group because it is theirs; the others see what lies in their unit. */
const rolesOfGroups = new Set(['association_officer', 'credit_group_head', 'party_secretary', 'bank_officer'])

const byMember = (a: MemberRow, b: MemberRow) => byGivenName(a.name, b.name) || (a.personId < b.personId ? -1 : 1)

async function shownMembers({ db, caller }: Call, rows: readonly MemberRow[]): Promise<Member[]> {
  const tenant = caller.tenant!
  const units = new Map((await unitsByIds(db, [...new Set(rows.map(row => row.unitId))])).map(unit => [unit.id, unit]))
  await lookAt(
    db,
    caller,
    tenant,
    rows.map(row => row.householdId),
    'group',
  )
  return rows.map(row => ({
    personId: outside(tenant, row.personId),
    name: row.name,
    birthYear: row.birthYear,
    householdId: outside(tenant, row.householdId),
    unitTitle: units.has(row.unitId) ? unitTitle(units.get(row.unitId)!) : '',
    part: row.part,
    since: iso(row.since),
    group: { id: outside(tenant, row.groupId), name: row.groupName },
  }))
}

/** Who keeps posts hears of a group that is there from now on. */
async function tellMade({ app, db, caller: by }: Call<Tx>, group: GroupNow): Promise<GroupNow> {
  const { tenant, id, kind, unitId: unit } = group
  await app.events.announce(app, db, 'group.made', { tenant, group: id, kind, unit, by })
  return group
}

async function shownPage({ db, caller }: Call, rows: readonly GroupNow[], limit: number) {
  const { items, next } = pageOf(rows, limit, last => [fold(last.name), last.id])
  return { items: await shownGroups(db, items, caller), next }
}

/** A bank's branch sees the credit groups of the communes it serves. */
async function listForOwner(call: Call, kind: string | undefined, cursor: string | undefined, limit: number) {
  if (kind && kind !== 'credit_group') return { items: [], next: null }
  const rows = await groupRows(call.db, await servedTenants(call.db, call.caller.tenant!), {
    within: null,
    path: null,
    parent: null,
    kind: 'credit_group',
    closed: false,
    day: today(),
    after: read(cursor),
    limit: limit + 1,
  })
  return shownPage(call, rows, limit)
}

export const answers = {
  async list({ parent, kind, closed = false, cursor, limit }, call) {
    const { db, caller } = call
    const tenant = caller.tenant!
    if (isOwner(tenant)) return listForOwner(call, kind, cursor, limit)
    const isOfGroup = Boolean(caller.group) || rolesOfGroups.has(caller.role ?? '')
    const rows = await groupRows(db, [tenant], {
      within: isOfGroup ? await groupsBelow(db, tenant, caller.group ? [caller.group] : []) : null,
      path: isOfGroup ? null : (caller.path ?? null),
      parent: parent ? own(call, parent) : null,
      kind: kind ?? null,
      closed,
      day: today(),
      after: read(cursor),
      limit: limit + 1,
    })
    return shownPage(call, rows, limit)
  },
  async mine(_, { db, caller }) {
    const { tenant, household, person } = caller
    const rows = await groupsOfHome(db, tenant!, household!, now())
    const visible = rows.filter(row => !row.isConfidential || row.personId === person)
    return {
      items: visible.map(({ kind, name, person: who, part, id }) => ({
        id: outside(tenant!, id),
        kind,
        name,
        person: who,
        part,
      })),
    }
  },
  async get({ groupId }, call) {
    const { tenant, id } = inside(groupId)
    return shownGroup(call.db, await getGroup(call.db, tenant, id), call.caller)
  },
  async create({ unit, ...making }, call) {
    const { db, caller } = call
    return shownGroup(
      db,
      await tellMade(call, await makeGroup(db, await getUnit(db, unit), making, undefined, caller)),
      caller,
    )
  },
  async addBranch({ groupId, name, unit }, call) {
    const { db, caller } = call
    const parent = await getOpenGroup(db, caller.tenant!, own(call, groupId))
    const at = await getUnit(db, unit ?? parent.unitId ?? '')
    if (at.tenant !== parent.tenant) throw new Problem('not_found')
    return shownGroup(db, await tellMade(call, await makeBranch(db, parent, at, name, caller)), caller)
  },
  async rename({ groupId, name }, call) {
    const { db, caller } = call
    return shownGroup(db, await renameGroup(db, caller.tenant!, own(call, groupId), name, caller), caller)
  },
  async close({ groupId }, call) {
    const { db, caller } = call
    return shownGroup(db, await closeGroup(db, caller.tenant!, own(call, groupId), caller), caller)
  },
  async reopen({ groupId }, call) {
    const { db, caller } = call
    return shownGroup(
      db,
      await tellMade(call, await reopenGroup(db, caller.tenant!, own(call, groupId), caller)),
      caller,
    )
  },
  async members({ groupId, q = '', cursor, limit }, call) {
    const { db, caller } = call
    const tenant = caller.tenant!
    const group = await getGroup(db, tenant, own(call, groupId))
    // Each confidential cell is its own secretary's alone, its branches are not shown with it.
    const groups = group.isConfidential ? [group.id] : await groupsBelow(db, tenant, [group.id])
    const all = (await memberRows(db, tenant, groups, now(), fold(tidy(q)))).toSorted(byMember)
    const after = read(cursor)
    const at = cursor ? all.findIndex(row => row.personId === after.id && row.groupId === after.name) + 1 : 0
    if (cursor && !at) throw new Problem('bad_cursor')
    const some = all.slice(at, at + limit)
    const last = some.at(-1)
    return {
      items: await shownMembers(call, some),
      next: at + limit < all.length && last ? toCursor([last.groupId, last.personId]) : null,
    }
  },
  async addMember({ groupId, personId, ...joining }, call) {
    const { db, caller } = call
    const group = await getGroup(db, caller.tenant!, own(call, groupId))
    const person = await addMember(db, group, { ...joining, person: personId && own(call, personId) }, caller)
    return { personId: outside(group.tenant, person.id), name: person.name }
  },
  async endMember({ groupId, personId }, call) {
    const { db, caller } = call
    const group = await getGroup(db, caller.tenant!, own(call, groupId))
    await endMember(db, group, own(call, personId), caller)
    return { done: true }
  },
} satisfies Answers<typeof contract>
