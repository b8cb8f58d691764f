// Import of homes: a dry run that says what would happen, then all of it in one transaction, or nothing.
import type { Caller } from '#core/caller'
import { inTransaction, type Db, type Tx } from '#core/db'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import type { Language } from '#core/words'
import { unitsByIds, unitTitle } from '#units'
import {
  planImport,
  resultOf,
  summaryOf,
  type ImportOptions,
  type ImportPlan,
  type ImportResult,
} from './import-plan.ts'
import { undoImport } from './import-undo.ts'
import { communeOf, writeImport } from './import-write.ts'
import { bytesOf, findRun, finishRun, insertRun, setPassed, setRun, type RunRow } from './store-import.ts'

/** As whom an import writes when no session stands behind it: a command on the server. */
const machine: Caller = { kind: 'anyone', key: 'import', language: 'vi', address: '' }

export interface Importing extends Partial<ImportOptions> {
  tenant: number
  bytes: Buffer
  fileName: string
  /** Rows that are refused are left out; without it one refused row keeps everything out. */
  skipRefused?: boolean
  dryRun?: boolean
  by?: Caller
  language?: Language
  /** Told how many homes are in, of how many. */
  onProgress?: (passed: number, total: number) => void
}

const optionsOf = ({ createVillages, keepIds, vintage, village }: Partial<ImportOptions>): ImportOptions => ({
  createVillages: createVillages ?? false,
  keepIds: keepIds ?? false,
  vintage: vintage ?? null,
  village: village ?? null,
})

/** One import of a tenant at a time: the second plans against what the first wrote. */
const hold = (tx: Tx, tenant: number) => tx`select pg_advisory_xact_lock(7102, ${tenant})`

interface Written {
  plan: ImportPlan
  result: ImportResult
  isWritten: boolean
}

async function writePlan(app: App, tx: Tx, run: RunRow, plan: ImportPlan, how: Importing, result: ImportResult) {
  const { tenant } = how
  const by = how.by ?? machine
  const undo = await writeImport(app, tx, plan, await communeOf(tx, tenant), {
    tenant,
    importId: run.id,
    fileName: how.fileName,
    by,
    async passed(count) {
      await setPassed(app.sql, tenant, run.id, count)
      how.onProgress?.(count, plan.total)
    },
  })
  const made = (await unitsByIds(tx, undo.villages ?? [])).map(unit => ({ unitId: unit.id, title: unitTitle(unit) }))
  await finishRun(tx, tenant, run.id, { ...summaryOf(plan, result), made }, undo, plan.total)
  await record(tx, {
    tenant,
    what: 'households.imported',
    by,
    about: { kind: 'import', id: run.id },
    data: { new: result.new, changed: result.changed, unchanged: result.unchanged, refused: result.refused.length },
  })
}

/** Plans anew and writes, unless a refused row forbids it. */
async function runImport(app: App, runId: string, how: Importing): Promise<Written> {
  return inTransaction(app.sql, async tx => {
    await hold(tx, how.tenant)
    const run = await findRun(tx, how.tenant, runId)
    if (!run) throw new Problem('not_found')
    const plan = await planImport(tx, how.tenant, how.bytes, optionsOf(how))
    const result = resultOf(plan, how.language ?? 'vi')
    const isRefused = result.refused.length > 0 && !how.skipRefused
    if (isRefused) return { plan, result, isWritten: false }
    await writePlan(app, tx, run, plan, how, result)
    return { plan, result, isWritten: true }
  })
}

/**
 * The whole import in this process, for the command line: nothing is written when a row is refused, unless `skipRefused`.
 * @returns `{new, changed, unchanged, refused}` and what was proposed; `isWritten` tells whether it was done
 * @throws Problem import_* for a file that is no list of homes
 */
export async function importHouseholds(
  app: App,
  how: Importing,
): Promise<ImportResult & { isWritten: boolean; importId: string }> {
  const importId = newId()
  if (how.dryRun) {
    const plan = await planImport(app.sql, how.tenant, how.bytes, optionsOf(how))
    return { ...resultOf(plan, how.language ?? 'vi'), isWritten: false, importId }
  }
  await insertRun(app.sql, how.tenant, {
    id: importId,
    fileName: how.fileName,
    state: 'running',
    options: { ...optionsOf(how) },
    byAccount: how.by?.account ?? null,
    byPost: how.by?.post ?? null,
    bytes: null,
  })
  try {
    const { result, isWritten } = await runImport(app, importId, how)
    if (!isWritten) await setRun(app.sql, how.tenant, importId, 'failed', counts(result), result.refused.length)
    return { ...result, isWritten, importId }
  } catch (error) {
    await setRun(app.sql, how.tenant, importId, 'failed', {}, 0)
    throw error
  }
}

/**
 * Takes an import back, for the command line.
 * @returns how many homes and villages are gone
 * @throws Problem not_found, import_not_done, import_undo_late
 */
export const takeBackImport = (app: App, tenant: number, importId: string) =>
  inTransaction(app.sql, tx => undoImport(app, tx, tenant, importId, machine))

const counts = ({ new: fresh, changed, unchanged, refused }: ImportResult) => ({
  new: fresh,
  changed,
  unchanged,
  refused: refused.length,
})

/** A run that a screen began: read first, written when its officer says so. */
export interface ImportJob {
  tenant: number
  importId: string
}

async function jobOf(app: App, { tenant, importId }: ImportJob, state: RunRow['state']) {
  const run = await findRun(app.sql, tenant, importId)
  const bytes = run?.state === state ? await bytesOf(app.sql, tenant, importId) : undefined
  return run && bytes ? { run, bytes } : undefined
}

/** What went wrong stays readable in the run; only what nobody foresaw is tried again. */
async function noted(db: Db, { tenant, importId }: ImportJob, work: () => Promise<void>) {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await setRun(db, tenant, importId, 'failed', { problem: { code: error.code, data: error.data } }, 0)
  }
}

const byOf = (run: RunRow): Caller => ({
  ...machine,
  ...(run.byAccount ? { account: run.byAccount } : {}),
  ...(run.byPost ? { post: run.byPost } : {}),
})

export async function readJob(app: App, job: ImportJob) {
  const found = await jobOf(app, job, 'reading')
  if (!found) return
  await noted(app.sql, job, async () => {
    const plan = await planImport(app.sql, job.tenant, found.bytes, optionsOf(found.run.options))
    await setRun(app.sql, job.tenant, job.importId, 'dry', summaryOf(plan), plan.total)
  })
}

export async function writeJob(app: App, job: ImportJob) {
  const found = await jobOf(app, job, 'running')
  if (!found) return
  const { run, bytes } = found
  await noted(app.sql, job, async () => {
    const how = { ...run.options, tenant: job.tenant, bytes, fileName: run.fileName, by: byOf(run) }
    const { plan, isWritten } = await runImport(app, run.id, how)
    if (!isWritten) await setRun(app.sql, job.tenant, run.id, 'dry', summaryOf(plan), run.total)
  })
}
