// Whom a notice is for: names become units and groups, and what they mean for the notice.
import * as v from 'valibot'
import type { Caller } from '#core/caller'
import { today } from '#core/clock'
import type { Db } from '#core/db'
import { inside } from '#core/ids'
import type { App, Place, PlaceOf } from '#core/module'
import { Problem } from '#core/problem'
import { may } from '#access'
import { placesOfGroup } from '#groups'
import { getUnit, isOwner, servedTenants, unitsByIds, type UnitNow } from '#units'
import { Audience, type Attributes } from './shapes.ts'
import { hasAttributes } from './rules.ts'
import { groupsByIds, type GroupRow } from './store/groups.ts'
import type { KeptAudience } from './store/notices.ts'

export interface NamedAudience {
  units: UnitNow[]
  groups: GroupRow[]
  attributes?: Attributes | undefined
}

/** A name that means nothing says which, and in which field. */
const unknown = (field: string, ref: string, { code, data }: Problem) =>
  new Problem(code, { ...data, fields: { [`audience.${field}`]: [{ code, requirement: ref }] } })

/** @throws Problem unit_unknown, unit_code_ended */
async function namedUnits(db: Db, refs: readonly string[]): Promise<UnitNow[]> {
  const units: UnitNow[] = []
  for (const ref of refs) {
    const unit = await getUnit(db, ref).catch((error: unknown) => {
      throw error instanceof Problem ? unknown('units', ref, error) : error
    })
    if (!units.some(other => other.id === unit.id)) units.push(unit)
  }
  return withoutInner(units)
}

const noGroup = (ref: string) => unknown('groups', ref, new Problem('group_unknown', { group: ref }))

const idOfGroup = (ref: string) => {
  try {
    return inside(ref)
  } catch {
    throw noGroup(ref)
  }
}

/** @throws Problem group_unknown */
async function namedGroups(db: Db, refs: readonly string[]): Promise<GroupRow[]> {
  const wanted = refs.map(ref => ({ ref, ...idOfGroup(ref) }))
  const tenants = [...new Set(wanted.map(one => one.tenant))]
  const ids = wanted.map(one => one.id)
  const found = ids.length ? await groupsByIds(db, tenants, ids, today()) : []
  return wanted.map(({ ref, tenant, id }) => {
    const group = found.find(one => one.tenant === tenant && one.id === id)
    if (!group) throw noGroup(ref)
    return group
  })
}

/** Attributes alone mean homes of the writer's own unit. @throws Problem unit_unknown, unit_code_ended, group_unknown */
export async function nameAudience(
  db: Db,
  caller: Caller,
  said: v.InferOutput<typeof Audience>,
): Promise<NamedAudience> {
  const refs = [...new Set(said.units)]
  if (!refs.length && !said.groups.length && hasAttributes(said.attributes) && caller.unit) refs.push(caller.unit)
  return {
    units: await namedUnits(db, refs),
    groups: await namedGroups(db, [...new Set(said.groups)]),
    attributes: said.attributes,
  }
}

/** A village beside its commune says nothing more. */
const withoutInner = (units: UnitNow[]) =>
  units.filter(unit => !units.some(other => other !== unit && unit.path.startsWith(other.path)))

/** A group stands where its own part says: a cell in no unit at all. */
async function placesOf(
  app: App,
  { units, groups }: NamedAudience,
  caller: Caller,
  isPosts: boolean,
): Promise<Place[]> {
  const ofGroups = await Promise.all(groups.map(({ tenant, id }) => placesOfGroup(app, tenant, id, caller)))
  const ofUnits = units.map(unit => ({ tenant: unit.tenant, path: unit.path }))
  return [...ofUnits, ...ofGroups.flatMap(found => found ?? [])].map(place => ({ ...place, isPosts }))
}

/** What a body names as its audience. A body that is not one is left to the shapes. */
export const placeOfAudience: PlaceOf = async (app, value, input, caller) => {
  const said = v.safeParse(Audience, value)
  if (!said.success) return []
  const named = await nameAudience(app.sql, caller, said.output)
  return placesOf(app, named, caller, input['internal'] === true)
}

/** @throws Problem not_allowed */
export async function mustReach(app: App, caller: Caller, named: NamedAudience, isInternal: boolean) {
  for (const place of await placesOf(app, named, caller, isInternal))
    if (!(await may(app, caller, 'notice.write', place))) throw new Problem('not_allowed', { needs: 'notice.write' })
}

/** @throws Problem unit_unknown, group_unknown, not_allowed */
export async function allowedAudience(
  app: App,
  db: Db,
  caller: Caller,
  said: v.InferOutput<typeof Audience>,
  isInternal: boolean,
): Promise<NamedAudience> {
  const named = await nameAudience(db, caller, said)
  await mustReach(app, caller, named, isInternal)
  return named
}

/** Groups of the writer's own commune; an owner's of the communes that it serves or served. */
const tenantsOf = async (db: Db, tenant: number) => (isOwner(tenant) ? servedTenants(db, tenant, true) : [tenant])

/** The audience of a kept notice, as its units and groups stand today; what was closed since is left out. */
export async function keptAudience(db: Db, tenant: number, kept: KeptAudience): Promise<NamedAudience> {
  return {
    units: kept.units.length ? await unitsByIds(db, kept.units) : [],
    groups: kept.groups.length ? await groupsByIds(db, await tenantsOf(db, tenant), kept.groups, today()) : [],
    attributes: kept.attributes,
  }
}

export const keep = ({ units, groups, attributes }: NamedAudience): KeptAudience => ({
  units: units.map(unit => unit.id),
  groups: groups.map(group => group.id),
  ...(hasAttributes(attributes) ? { attributes: attributes! } : {}),
})

/** Paths of what it covers, by which others find out whether a notice reaches them. */
export const audiencePaths = ({ units, groups }: NamedAudience) => [
  ...new Set([...units.map(unit => unit.path), ...groups.flatMap(group => group.unitPath ?? [])]),
]

/** Who is in a cell is the cell's own to know: what is for it stands in no unit, so that nobody is over it but its author. */
export const standsAt = (path: string | undefined, { groups }: NamedAudience) =>
  groups.some(group => group.isConfidential) ? '' : (path ?? '')

/** Does it reach beyond the writer's own commune? Then each commune gets a copy. */
export const isAbove = (tenant: number, { units, groups }: Pick<NamedAudience, 'units' | 'groups'>) =>
  units.some(unit => unit.tenant !== tenant || unit.level === 'province' || unit.level === 'country') ||
  groups.some(group => group.tenant !== tenant)
