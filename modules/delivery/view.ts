// Which publications of a notice this caller sees, and how far into them.
import type { Caller } from '#core/caller'
import { dayOf } from '#core/clock'
import { inside, outside } from '#core/ids'
import { Problem } from '#core/problem'
import type { Call } from '#core/serve'
import { scopesOf, seesMembers } from '#access'
import { copiesOf, reachedUnits, type ReachedUnit } from './store/reach.ts'
import { isForMembers, isOfCell, newestRound, type Publication } from './store/publication.ts'

export interface View {
  tenant: number
  subjectId: string
  /** One; of a notice from above the commune one a commune. */
  publications: Publication[]
  isOrigin: boolean
  units: ReachedUnit[]
  /** Villages whose homes the caller may see by name. */
  named: ReadonlySet<string>
  /** A private text that this caller is not shown: figures alone. */
  isKept: boolean
}

/** The commune's own publication, be it named by its own id or by the origin's. */
async function ownPublication({ db, caller }: Call, noticeId: string, round: number | undefined) {
  const found = inside(noticeId)
  for (const tenant of new Set([found.tenant, caller.tenant!])) {
    const publication = await newestRound(db, tenant, found.id, round)
    if (publication) return publication
  }
  return undefined
}

const lies = (units: readonly ReachedUnit[], caller: Caller) =>
  units.filter(unit => Boolean(caller.path && unit.path.startsWith(caller.path)))

const isAuthor = (publications: readonly Publication[], caller: Caller) =>
  Boolean(caller.post) && publications.every(one => one.authorPost === caller.post)

function namedUnits(caller: Caller, first: Publication, units: ReachedUnit[], isMine: boolean): ReachedUnit[] {
  const names = scopesOf(caller, 'reach.names')
  if (isMine && names.length) return names.includes('below') ? lies(units, caller) : units
  if (!names.includes('below') || (isForMembers(first) && !seesMembers(caller))) return []
  return lies(units, caller)
}

/** As notices keep a text: a private one never leaves its commune, one for groups is for who sees their members. */
const isKeptFrom = (caller: Caller, first: Publication, tenant: number, isMine: boolean) =>
  first.isPrivate && !isMine && (tenant !== caller.tenant || (isForMembers(first) && !seesMembers(caller)))

/**
 * Whoever stands over any village of it sees its figures; names only those of his own villages, and nobody outside the commune.
 * @throws Problem not_found, not_allowed
 */
export async function getView(call: Call, noticeId: string, round?: number): Promise<View> {
  const { caller, db } = call
  const own = await ownPublication(call, noticeId, round)
  const { tenant, id: subjectId } = inside(noticeId)
  const publications = own ? [own] : await copiesOf(db, subjectId, outside(tenant, subjectId), round)
  const [first] = publications
  if (!first) throw new Problem('not_found')
  const isMine = isAuthor(publications, caller)
  if (first.isPrivate && !isMine && (await isOfCell(db, first))) throw new Problem('not_found')
  const units = (
    await Promise.all(publications.map(one => reachedUnits(db, one.tenant, one.publishedId, dayOf(one.publishedAt))))
  ).flat()
  const sees = scopesOf(caller, 'reach.see')
  const seesAll = sees.includes('author') && isMine
  if (!seesAll && !(sees.includes('below') && lies(units, caller).length))
    throw new Problem(first.isInternal ? 'not_found' : 'not_allowed')
  const isHere = own?.tenant === caller.tenant
  const named = isHere ? namedUnits(caller, first, units, isMine) : []
  return {
    tenant: own?.tenant ?? tenant,
    subjectId,
    publications,
    isOrigin: !own,
    units,
    named: new Set(named.map(unit => unit.unitId)),
    isKept: isKeptFrom(caller, first, own?.tenant ?? tenant, isMine),
  }
}
