// Owners beside the administration: a bank's branch is a tenant of its own and serves communes.
import type { Caller } from '#core/caller'
import type { Db, Tx } from '#core/db'
import type { Place } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { isOwner } from './owner-no.ts'
import {
  communeUnits,
  findOwnerRow,
  insertOwner,
  ownerRows,
  servedBy,
  servedTenants,
  setServed,
} from './store-owners.ts'
import { unitsByIds, type UnitNow } from './store.ts'
import { getUnit, link } from './unit.ts'

/** An owner by its number as people type it. */
export async function findOwner(db: Db, ref: string) {
  const tenant = /^\d{6,9}$/.test(ref) ? Number(ref) : undefined
  return isOwner(tenant) ? findOwnerRow(db, tenant) : undefined
}

/** The communes that an owner serves today (or ever served), as units. */
export async function servedUnits(db: Db, tenant: number, isEver = false): Promise<UnitNow[]> {
  const rows = await communeUnits(db, await servedTenants(db, tenant, isEver))
  const units = await unitsByIds(
    db,
    rows.map(row => row.unitId),
  )
  return units.toSorted((a, b) => a.tenant - b.tenant)
}

/** An owner stands where the provinces of its communes do: no post of a commune is over it. */
export async function placesOfOwner(db: Db, tenant: number): Promise<Place[]> {
  const paths = (await servedUnits(db, tenant)).map(unit => `${unit.path.split('/')[0]!}/`)
  return [...new Set(paths)].map(path => ({ tenant, path }))
}

const shown = async (db: Db, tenant: number, name: string) => ({
  id: String(tenant),
  name,
  communes: (await servedUnits(db, tenant)).map(unit => link(unit)),
})

/** @throws Problem unit_unknown, unit_code_ended, owner_communes */
async function communesOf(db: Db, refs: readonly string[]): Promise<UnitNow[]> {
  const units = await Promise.all(refs.map(ref => getUnit(db, ref)))
  if (units.some(unit => unit.level !== 'commune')) throw new Problem('owner_communes')
  return units
}

type By = Pick<Caller, 'account' | 'post'> | undefined

/** A new owner that serves these communes. @throws Problem unit_unknown, owner_communes */
export async function makeOwner(tx: Tx, { name, communes }: { name: string; communes: readonly string[] }, by?: By) {
  const units = await communesOf(tx, communes)
  const tenant = await insertOwner(tx, name)
  const serves = units.map(unit => unit.tenant)
  await setServed(tx, tenant, serves)
  await record(tx, { tenant, what: 'owner.made', ...(by && { by }), data: { serves } })
  return shown(tx, tenant, name)
}

/** From today an owner serves these communes; what it wrote to others stays theirs to correct. @throws Problem owner_unknown, unit_unknown, owner_communes */
export async function changeOwner(tx: Tx, ref: string, communes: readonly string[], by?: By) {
  const owner = await findOwner(tx, ref)
  if (!owner) throw new Problem('owner_unknown', { owner: ref })
  const serves = (await communesOf(tx, communes)).map(unit => unit.tenant)
  await setServed(tx, owner.tenant, serves)
  await record(tx, { tenant: owner.tenant, what: 'owner.changed', ...(by && { by }), data: { serves } })
  return shown(tx, owner.tenant, owner.name)
}

/** @throws Problem not_allowed, unit_unknown, owner_communes */
export async function mustServeBelow(db: Db, path: string | undefined, refs: readonly string[]) {
  const units = await communesOf(db, refs)
  if (!path || !units.every(unit => unit.path.startsWith(path)))
    throw new Problem('not_allowed', { needs: 'owner.manage' })
}

/** Owners all of whose communes lie below a path; one whose communes have all closed or left is judged by those it had. */
export async function ownersBelow(db: Db, path: string) {
  const owners = await ownerRows(db)
  const served = await servedBy(
    db,
    owners.map(owner => owner.tenant),
  )
  const rows = await communeUnits(db, [...new Set(served.map(one => one.serves))])
  const units = await unitsByIds(
    db,
    rows.map(row => row.unitId),
  )
  const unitOf = new Map(units.map(unit => [unit.tenant, unit]))
  const unitsOf = (tenant: number, isEver: boolean) =>
    served
      .filter(one => one.tenant === tenant && (isEver || one.isNow))
      .flatMap(one => unitOf.get(one.serves) ?? [])
      .toSorted((a, b) => a.tenant - b.tenant)
  return owners.flatMap(({ tenant, name }) => {
    const now = unitsOf(tenant, false)
    const judged = now.length ? now : unitsOf(tenant, true)
    if (!judged.length || !judged.every(unit => unit.path.startsWith(path))) return []
    return [{ id: String(tenant), name, communes: now.map(unit => link(unit)) }]
  })
}
