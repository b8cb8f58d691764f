import { iso } from '#core/clock'
import { insideOf, newId, outside } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { say, type Language } from '#core/words'
import { getUnit } from '#units'
import { unitAsked } from './answers-homes.ts'
import type { importContract, ImportRun } from './contract-import.ts'
import { exportTable } from './export.ts'
import { writeCsv } from './import/csv.ts'
import type { Refusal } from './import/refusal.ts'
import { refusedTable } from './refused-table.ts'
import { refusalWords, type ImportResult, type ImportSummary } from './import-plan.ts'
import { undoImport } from './import-undo.ts'
import { findRun, holdRun, insertRun, runsOf, startRun, wholeRowsOf, type RunRow } from './store-import.ts'

const shownMost = 200

/** What went wrong with the file, in words. */
const problemOf = (problem: unknown, language: Language) => {
  const { code, data } = problem as { code: string; data: Record<string, unknown> }
  return { code, message: say(language, `problem.${code}`, data) }
}

function shownRun(tenant: number, run: RunRow, language: Language): ImportRun {
  const { problem, ...found } = run.summary as Partial<ImportSummary> & { problem?: unknown }
  const refused: Refusal[] = Array.isArray(found.refused) ? found.refused : []
  return {
    id: outside(tenant, run.id),
    fileName: run.fileName,
    state: run.state,
    at: iso(run.at),
    total: run.total,
    passed: run.passed,
    new: found.new ?? 0,
    changed: found.changed ?? 0,
    unchanged: found.unchanged ?? 0,
    refused: refusalWords(language, refused.slice(0, shownMost)),
    refusedCount: refused.length,
    villages: found.villages ?? [],
    made: run.state === 'done' ? (found.made ?? []) : [],
    dropped: found.dropped ?? [],
    problem: problem ? problemOf(problem, language) : null,
  }
}

/** @throws Problem not_found */
async function runAsked({ caller, db }: Call, importId: string): Promise<RunRow> {
  const run = await findRun(db, caller.tenant!, insideOf(caller.tenant!, importId))
  if (!run) throw new Problem('not_found')
  return run
}

/** A name that may stand in a header, whatever it holds. */
const attachment = (name: string) => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

export const importAnswers = {
  async startImport(input, call) {
    const { app, db, caller } = call
    const unit = await (input.unit ? getUnit(db, input.unit) : unitAsked(call, undefined))
    const id = newId()
    const village = unit.level === 'village' || unit.level === 'hamlet' ? unit.id : null
    const { createVillages, keepIds, vintage } = input
    await insertRun(db, unit.tenant, {
      id,
      fileName: (input.file instanceof File ? input.file.name : 'danh sách').slice(0, 200),
      state: 'reading',
      options: { createVillages, keepIds, vintage: vintage ?? null, village },
      bytes: Buffer.from(await input.file.arrayBuffer()),
      byAccount: caller.account ?? null,
      byPost: caller.post ?? null,
    })
    await app.jobs.send(db, 'people.import.read', { tenant: unit.tenant, importId: id })
    return { id: outside(unit.tenant, id), state: 'reading' as const }
  },

  async imports(_, { db, caller }) {
    const runs = await runsOf(db, caller.tenant!, 20)
    return { items: runs.map(run => ({ ...shownRun(caller.tenant!, run, caller.language), refused: [] })), next: null }
  },

  async getImport(input, call) {
    return shownRun(call.caller.tenant!, await runAsked(call, input.importId), call.caller.language)
  },

  async importRefused(input, call) {
    const run = await runAsked(call, input.importId)
    const { refused = [] } = run.summary as Partial<ImportResult>
    const words = refusalWords(call.caller.language, refused)
    const whole = await wholeRowsOf(call.db, call.caller.tenant!, run.id)
    return new Response(writeCsv(refusedTable(call.caller.language, words, whole)), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': attachment('dong-chua-nhan.csv'),
        'cache-control': 'no-store',
      },
    })
  },

  async runImport(input, { app, db, caller }) {
    const tenant = caller.tenant!
    const id = insideOf(tenant, input.importId)
    const run = await holdRun(db, tenant, id)
    if (!run) throw new Problem('not_found')
    if (run.state !== 'dry') throw new Problem('import_not_ready')
    const { refused = [] } = run.summary as Partial<ImportResult>
    const left = input.createVillages ? refused.filter(one => one.code !== 'village_unknown') : refused
    if (left.length && !input.skipRefused) throw new Problem('import_refused', { count: left.length })
    await startRun(db, tenant, id, {
      ...run.options,
      createVillages: input.createVillages,
      skipRefused: input.skipRefused,
    })
    await app.jobs.send(db, 'people.import.write', { tenant, importId: id })
    return { id: input.importId, state: 'running' as const }
  },

  async undoImport(input, { app, db, caller }) {
    const tenant = caller.tenant!
    await undoImport(app, db, tenant, insideOf(tenant, input.importId), caller)
    return { done: true as const }
  },

  async exportHomes(input, call) {
    const unit = await unitAsked(call, input.unit)
    return exportTable(call, unit, input.format, input.phones)
  },
} satisfies Answers<typeof importContract>
