// Who walks to doors, and to which: a head in his own village, whoever was given a home to that home.
import type { Db } from '#core/db'
import { Problem } from '#core/problem'
import type { Call } from '#core/serve'
import { homesByIds } from '#people'
import { holdersOf, permissions } from '#access'
import { unitsBelow, unitsByIds } from '#units'

/** To whom doors are given: each of them is shown the doors that he has. */
export const walkerRoles = ['village_head', 'party_secretary', 'front_head', 'digital_team_member'] as const

interface Walker {
  account: string
  name: string
  title: string
  /** Below these he may knock; null: at every door that is given to him. */
  paths: string[] | null
}

const visiting: Partial<Record<string, readonly string[]>> = permissions['door.visit']
const visitsWhatIsGiven = (role: string) => visiting[role]?.includes('assigned') ?? false

/** Each person once, with all that his posts open. */
async function walkersOf(db: Db, of: { tenant: number; unitIds?: readonly string[] }): Promise<Walker[]> {
  const holders = await holdersOf(db, { ...of, roles: walkerRoles })
  const units = await unitsByIds(db, [...new Set(holders.flatMap(({ unitId }) => unitId ?? []))])
  const paths = new Map(units.map(unit => [unit.id, unit.path]))
  return [...Map.groupBy(holders, one => one.account).values()].map(held => {
    const { account, name, title } = held.at(-1)!
    const own = held.flatMap(({ unitId }) => paths.get(unitId ?? '') ?? [])
    return { account, name, title, paths: held.some(({ role }) => visitsWhatIsGiven(role)) ? null : own }
  })
}

const mayKnock = ({ paths }: Walker, path: string | undefined) =>
  !paths || Boolean(path && paths.some(own => path.startsWith(own)))

/** The walkers of the caller's units, each with the units whose doors he may take; null: any. */
export async function walkersHere({ db, caller }: Call) {
  const own = caller.unit ? await unitsByIds(db, [caller.unit]) : []
  const units = [...own, ...(caller.path && own.length ? await unitsBelow(db, caller.path) : [])]
  const walkers = await walkersOf(db, { tenant: caller.tenant!, unitIds: units.map(unit => unit.id) })
  return walkers.map(walker => ({
    account: walker.account,
    name: walker.name,
    title: walker.title,
    units: walker.paths && units.filter(unit => mayKnock(walker, unit.path)).map(unit => unit.id),
  }))
}

/** @throws Problem walker_unknown for somebody without a post that walks to doors here */
async function getWalker({ db, caller }: Call, account: string): Promise<Walker> {
  const walker = (await walkersOf(db, { tenant: caller.tenant! })).find(one => one.account === account)
  if (!walker) throw new Problem('walker_unknown')
  return walker
}

/** Would this person's visits to all of these homes be taken? @throws Problem walker_unknown, walker_elsewhere */
export async function mustWalkTo(call: Call, account: string, households: readonly string[]): Promise<void> {
  const walker = await getWalker(call, account)
  if (!walker.paths) return
  const { db, caller } = call
  const homes = await homesByIds(db, caller.tenant!, households)
  const units = await unitsByIds(db, [...new Set(homes.map(home => home.unitId))])
  if (!units.every(unit => mayKnock(walker, unit.path))) throw new Problem('walker_elsewhere')
}
