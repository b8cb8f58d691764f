// Imports and exports: a file in, a dry run, then all of it or nothing; the register out again.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Day, Done, Flag, Id, UnitRef } from '#core/shapes'

export const Refused = v.object({
  /** As Excel shows it. */
  row: v.number(),
  /** The sheet's own heading. */
  column: v.string(),
  code: v.string(),
  message: v.string(),
  sheet: v.string(),
  /** What stands in the cell, shortened. */
  value: v.string(),
})

export const ImportState = v.picklist(['reading', 'dry', 'running', 'done', 'undone', 'failed'])

export const ImportRun = v.object({
  id: Id,
  fileName: v.string(),
  /** `reading` → `dry` (nothing is written yet) → `running` → `done` → `undone`; `failed` says why in `problem`. */
  state: ImportState,
  at: v.string(),
  /** Homes and refused rows of the file, and how many are written. */
  total: v.number(),
  passed: v.number(),
  new: v.number(),
  changed: v.number(),
  unchanged: v.number(),
  /** The first 200; all of them stand in the download. */
  refused: v.array(Refused),
  refusedCount: v.number(),
  /** Villages that the commune does not have. */
  villages: v.array(v.object({ name: v.string(), kind: v.string(), homes: v.number(), like: v.nullable(v.string()) })),
  /** Villages that it made, once it is done. */
  made: v.array(v.object({ unitId: v.string(), title: v.string() })),
  /** Columns that are not kept. */
  dropped: v.array(v.string()),
  problem: v.nullable(v.object({ code: v.string(), message: v.string() })),
})
export type ImportRun = v.InferOutput<typeof ImportRun>

const FileField = v.instance(Blob)
const Yes = v.optional(Flag, 'false')

export const importContract = {
  startImport: operation({
    method: 'POST',
    path: '/imports',
    summary: 'Reads a list of homes (Excel or separated text) and says what it would change; nothing is written yet',
    who: 'people.import',
    at: 'unit',
    takes: v.object({
      file: FileField,
      /** The commune, or the village of homes whose file names none. Without one: the caller's commune. */
      unit: v.optional(UnitRef),
      /** Villages that the commune does not have are counted as to be made. */
      createVillages: Yes,
      /** Identity numbers are kept, sealed. */
      keepIds: Yes,
      /** The day on which the village names of the file were right. */
      vintage: v.optional(Day),
    }),
    gives: v.object({ id: Id, state: ImportState }),
    problems: ['unit_unknown', 'unit_needed'],
    files: ['file'],
    maxBytes: 25_000_000,
    status: 202,
  }),
  imports: operation({
    method: 'GET',
    path: '/imports',
    summary: 'The last imports of the commune',
    who: 'people.import',
    takes: v.object({}),
    gives: v.object({ items: v.array(ImportRun), next: v.nullable(v.string()) }),
  }),
  getImport: operation({
    method: 'GET',
    path: '/imports/:importId',
    summary: 'How far an import is, and what it found',
    who: 'people.import',
    at: 'importId',
    takes: v.object({ importId: Id }),
    gives: ImportRun,
  }),
  importRefused: operation({
    method: 'GET',
    path: '/imports/:importId/refused.csv',
    summary:
      'The refused rows whole, as a table to put right and send again; no column that the register does not keep',
    who: 'people.import',
    at: 'importId',
    takes: v.object({ importId: Id }),
    gives: v.any(),
    media: 'text/csv',
  }),
  runImport: operation({
    method: 'POST',
    path: '/imports/:importId/run',
    summary: 'Writes what the dry run showed, in one transaction',
    who: 'people.import',
    at: 'importId',
    takes: v.object({
      importId: Id,
      createVillages: v.optional(v.boolean(), false),
      /** Leaves the refused rows out; without it one refused row keeps everything out. */
      skipRefused: v.optional(v.boolean(), false),
    }),
    gives: v.object({ id: Id, state: ImportState }),
    problems: ['import_not_ready', 'import_refused'],
    status: 202,
  }),
  undoImport: operation({
    method: 'POST',
    path: '/imports/:importId/undo',
    summary: 'Takes an import back while nobody worked on with it',
    who: 'people.import',
    at: 'importId',
    takes: v.object({ importId: Id }),
    gives: Done,
    problems: ['import_not_done', 'import_undo_late'],
  }),
  exportHomes: operation({
    method: 'GET',
    path: '/exports/households',
    summary: 'The register of a unit as Excel or separated text; noted as a look at every home in it',
    who: 'people.export',
    at: 'unit',
    takes: v.object({
      unit: v.optional(UnitRef),
      format: v.optional(v.picklist(['xlsx', 'csv']), 'xlsx'),
      /** Whole telephone numbers instead of masked ones. */
      phones: v.optional(Flag, 'false'),
    }),
    gives: v.any(),
    problems: ['unit_unknown', 'unit_needed'],
    media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }),
}
