// What an import would do, before anything is written.
import { today } from '#core/clock'
import type { Db } from '#core/db'
import { say, type Language } from '#core/words'
import { successorsOf, villagesOf } from '#units'
import { matchHomes, type Matched } from './import/match.ts'
import { openFile } from './import/open-file.ts'
import { placeHomes, type Proposal } from './import/place.ts'
import { readHomes } from './import/read-homes.ts'
import type { Refusal } from './import/refusal.ts'
import { wholeRows, type WholeRows } from './import/whole-rows.ts'
import type { KnownVillage } from './import/village-names.ts'
import { knownHomes } from './store-import.ts'

export interface ImportOptions {
  /** Villages that the commune does not have are made. */
  createVillages: boolean
  /** Identity numbers are kept, sealed; without it they are dropped. */
  keepIds: boolean
  /** The day on which the sheet's village names were right. */
  vintage: string | null
  /** The village of homes whose file names none. */
  village: string | null
}

export interface ImportPlan extends Pick<Matched, 'fresh' | 'updates' | 'unchanged'> {
  refused: Refusal[]
  /** The refused rows with all that they say. */
  whole: WholeRows
  proposals: Proposal[]
  dropped: string[]
  /** Homes and refused rows together. */
  total: number
}

/** The villages of today, and the names they or what they were made of had on the sheet's day. */
async function villagesToFind(db: Db, tenant: number, vintage: string | null): Promise<KnownVillage[]> {
  const standing = await villagesOf(db, tenant)
  if (!vintage) return standing
  const then = await villagesOf(db, tenant, vintage)
  const here = new Set(standing.map(village => village.id))
  const gone = then.filter(village => !here.has(village.id))
  const became = gone.length
    ? await successorsOf(
        db,
        gone.map(village => village.id),
        today(),
      )
    : []
  const old = then.flatMap(({ id, kind, name }) => {
    if (here.has(id)) return [{ id, kind, name }]
    // Split into several: the name stands for each, so that a home of it is asked about and not guessed.
    return became
      .filter(pair => pair.then === id && here.has(pair.now))
      .map(pair => ({ id: pair.now, kind, name, was: id }))
  })
  return [...standing, ...old]
}

/** Reads the file and holds it against the register. @throws Problem for a file that is no list of homes */
export async function planImport(db: Db, tenant: number, bytes: Buffer, options: ImportOptions): Promise<ImportPlan> {
  const file = readHomes(await openFile(bytes), options.keepIds, Number(today().slice(0, 4)))
  const villages = await villagesToFind(db, tenant, options.vintage)
  const placed = placeHomes(file.homes, villages, options.village ?? undefined, options.createVillages)
  const matched = matchHomes(placed.homes, await knownHomes(db, tenant))
  const refused = [...file.refused, ...placed.refused, ...matched.refused]
  return {
    fresh: matched.fresh,
    updates: matched.updates,
    unchanged: matched.unchanged,
    whole: wholeRows(file.sources, refused),
    refused: refused.toSorted((a, b) => (a.sheet === b.sheet ? a.row - b.row : 0)),
    proposals: placed.proposals,
    dropped: file.dropped,
    total: placed.homes.length + placed.refused.length + file.refused.length,
  }
}

/** What is kept of a run. */
export interface ImportSummary extends ImportResult {
  whole: WholeRows
  /** Villages that it made. */
  made?: { unitId: string; title: string }[]
}

export interface ImportResult {
  new: number
  changed: number
  unchanged: number
  refused: (Refusal & { message: string })[]
  /** Villages that the commune does not have: to be made, or a slip of the pen. */
  villages: Omit<Proposal, 'key'>[]
  /** Columns that were not kept. */
  dropped: string[]
}

export const refusalWords = (language: Language, refused: readonly Refusal[]) =>
  refused.map(({ row, column, code, sheet, value }) => {
    const message = say(language, `import.${code}`, { value })
    return { row, column, code, sheet, value, message }
  })

export const resultOf = (plan: ImportPlan, language: Language): ImportResult => ({
  new: plan.fresh.length,
  changed: plan.updates.length,
  unchanged: plan.unchanged,
  refused: refusalWords(language, plan.refused),
  villages: plan.proposals.map(({ name, kind, homes, like }) => ({ name, kind, homes, like })),
  dropped: plan.dropped,
})

export const summaryOf = (plan: ImportPlan, result = resultOf(plan, 'vi')): ImportSummary => ({
  ...result,
  whole: plan.whole,
})
