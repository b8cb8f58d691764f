// Homes go with their village when it is merged or split: a new stay begins, the old one keeps its dates.
import type { App } from '#core/module'
import type { Tx } from '#core/db'
import { Problem } from '#core/problem'
import { homesIn, takeOver, villagesBefore } from './store-follow.ts'

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

interface Undone {
  tenant: number
  kind: 'merge' | 'split'
  actAt: Date
  from: string[]
  into: string[]
  at: Date
}

/** Taken back: a merger's homes return each to the village it was taken over from, a split's all to the one. @throws Problem unit_undo_homes */
export async function followUndo(_: App, tx: Tx, { tenant, kind, actAt, from, into, at }: Undone) {
  const homes = await homesIn(tx, tenant, from)
  const before = kind === 'merge' ? await villagesBefore(tx, tenant, homes, into, actAt) : undefined
  const back = homes.map(household => ({ household, unit: before ? before.get(household) : into[0] }))
  const known = back.filter((one): one is { household: string; unit: string } => one.unit !== undefined)
  if (known.length < back.length) throw new Problem('unit_undo_homes', { count: back.length - known.length })
  await takeOver(tx, tenant, known, at)
}

/** A village where somebody lives is not closed. @throws Problem unit_has_homes */
export async function mustBeEmpty(_: App, tx: Tx, { tenant, unit }: { tenant: number; unit: string }) {
  if ((await homesIn(tx, tenant, [unit])).length) throw new Problem('unit_has_homes')
}
