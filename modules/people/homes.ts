// Homes as other parts see them.
import { today } from '#core/clock'
import type { Db } from '#core/db'
import { Problem } from '#core/problem'
import { masked } from './phone.ts'
import { dialable, digestsOf, homeRows, homesNaming, type ContactOfHome } from './store-homes.ts'
import { contactBornBy, type ContactKind, type PhoneKind } from './words-of-homes.ts'

export interface Home {
  /** The row's id. */
  id: string
  /** Small number within the commune. */
  no: number
  unitId: string
  headName: string
  alley: string
  landmark: string
  way: string
  languages: string[]
  needs: string[]
  phoneKind: PhoneKind
  say: string
  maskedPhone?: string
}

/** Homes by id, in no order; ids that name no home of the tenant are left out. Looking at names is the caller's to note. */
export async function homesByIds(db: Db, tenant: number, ids: readonly string[]): Promise<Home[]> {
  const rows = ids.length ? await homeRows(db, tenant, ids) : []
  return rows.map(row => ({
    id: row.id,
    no: row.no,
    unitId: row.unitId,
    headName: row.headName,
    alley: row.alley,
    landmark: row.landmark,
    way: row.way,
    languages: row.languages,
    needs: row.needs,
    phoneKind: row.phoneKind,
    say: row.say,
    ...(row.phone ? { maskedPhone: masked('phone', row.phone) } : {}),
  }))
}

/** @throws Problem not_found */
export async function getHome(db: Db, tenant: number, id: string): Promise<Home> {
  const [home] = await homesByIds(db, tenant, [id])
  if (!home) throw new Problem('not_found')
  return home
}

/**
 * Addresses that a channel may use for these homes, the best first; children's are never among them. `stopped` names purposes they
 * refused. `withReaders`: also of who reads for them.
 */
export async function contactsOf(
  db: Db,
  tenant: number,
  householdIds: readonly string[],
  kind: ContactKind,
  { withReaders = false }: { withReaders?: boolean } = {},
): Promise<ContactOfHome[]> {
  if (!householdIds.length) return []
  return dialable(db, tenant, householdIds, { kind, bornBy: contactBornBy(today()), withReaders })
}

/** Homes that share those of this home's addresses that `isMeant` picks by their digest; the home itself is one of them. */
export async function homesThatShare(
  db: Db,
  tenant: number,
  household: string,
  isMeant: (digest: Buffer) => boolean,
): Promise<string[]> {
  const digests = (await digestsOf(db, tenant, household)).filter(isMeant)
  const homes = await Promise.all(digests.map(digest => homesNaming(db, tenant, digest)))
  return [...new Set(homes.flat())]
}
