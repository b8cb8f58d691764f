// Homes go with their village when it is merged or split: a new stay begins, the old one keeps its dates.
import type { App } from '#core/module'
import type { Tx } from '#core/db'
import { Problem } from '#core/problem'
import { homesIn, takeOver } from './store-follow.ts'

/** Everybody who lives in the old villages lives in the new one from that moment. */
export async function followMerge(_: App, tx: Tx, merged: { tenant: number; from: string[]; to: string; at: Date }) {
  const { tenant, from, to, at } = merged
  const homes = await homesIn(tx, tenant, from)
  await takeOver(
    tx,
    tenant,
    homes.map(household => ({ household, unit: to })),
    at,
  )
}

/** Homes named go to their part, all others to the rest. @throws Problem not_found for a home that does not live there */
export async function followSplit(
  _: App,
  tx: Tx,
  split: { tenant: number; from: string; into: { unit: string; households: string[] }[]; rest: string; at: Date },
) {
  const homes = await homesIn(tx, split.tenant, [split.from])
  const partOf = new Map(split.into.flatMap(({ unit, households }) => households.map(home => [home, unit] as const)))
  const living = new Set(homes)
  for (const home of partOf.keys()) if (!living.has(home)) throw new Problem('not_found')
  await takeOver(
    tx,
    split.tenant,
    homes.map(household => ({ household, unit: partOf.get(household) ?? split.rest })),
    split.at,
  )
}

/** A village where somebody lives is not closed. @throws Problem unit_has_homes */
export async function mustBeEmpty(_: App, tx: Tx, { tenant, unit }: { tenant: number; unit: string }) {
  if ((await homesIn(tx, tenant, [unit])).length) throw new Problem('unit_has_homes')
}
