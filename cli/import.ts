import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import * as v from 'valibot'
import type { App } from '#core/module'
import { Day } from '#core/shapes'
import { insideOf, outside } from '#core/ids'
import { importHouseholds, takeBackImport, type ImportResult } from '#people'
import { getUnit, unitsReport } from '#units'
import { needed, optional, Refused, type Command, type Said, type Values } from './command.ts'
import { withInstallation } from './installation.ts'

/** As large as the file that a screen takes. */
const mostBytes = 20 * 1024 * 1024

function readList(file: string | undefined): Buffer {
  if (!file) throw new Refused('which file? loa import households FILE --commune CODE')
  if (!existsSync(file) || !statSync(file).isFile()) throw new Refused(`there is no file ${file}`)
  if (statSync(file).size > mostBytes) throw new Refused(`${file} is larger than 20 MB`)
  return readFileSync(file)
}

const counted = ({ new: fresh, changed, unchanged, refused }: ImportResult) =>
  `new ${fresh}, changed ${changed}, unchanged ${unchanged}, refused ${refused.length}`

function tell(said: Said, result: ImportResult & { isWritten: boolean }, isDry: boolean, id: string) {
  const { new: fresh, changed, unchanged, refused, villages, dropped } = result
  const what = isDry ? 'Dry run, nothing is written' : result.isWritten ? 'Written' : 'Nothing is written'
  const lines = [
    `${what}: ${counted(result)}`,
    ...(result.isWritten ? [`  to take it back: loa import undo ${id} --commune CODE`] : []),
    ...refused.slice(0, 50).map(one => `  ${one.row}${one.column ? `, ${one.column}` : ''}: ${one.message}`),
    ...villages.map(one => `  village not in the book: ${one.kind} ${one.name} (${one.homes} homes)`),
  ]
  const written = result.isWritten
  said.give(
    { new: fresh, changed, unchanged, refused, villages, dropped, written, ...(written && { id }) },
    lines.join('\n'),
  )
}

async function tenantOf(app: App, code: string): Promise<number> {
  const commune = await getUnit(app.sql, code)
  if (commune.level !== 'commune') throw new Refused(`${code} is not a commune`)
  return commune.tenant
}

async function undo(id: string | undefined, values: Values, said: Said) {
  if (!id) throw new Refused('which import? loa import undo ID --commune CODE')
  const code = needed(values, 'commune')
  const gone = await withInstallation({ say: said.say }, async ({ running: { app } }) => {
    const tenant = await tenantOf(app, code)
    return takeBackImport(app, tenant, insideOf(tenant, id))
  })
  said.give({ undone: true, ...gone }, `Taken back: ${gone.homes} homes and ${gone.villages} villages are gone`)
}

async function importHomes(file: string | undefined, values: Values, said: Said) {
  const bytes = readList(file)
  const code = needed(values, 'commune')
  const isDry = values['dry-run'] === true
  const vintage = optional(values, 'vintage')
  if (vintage && !v.safeParse(Day, vintage).success)
    throw new Refused(`--vintage is a day like 2024-12-31, not ${vintage}`)
  const { result, id } = await withInstallation({ say: said.say }, async ({ running: { app } }) => {
    const tenant = await tenantOf(app, code)
    const imported = await importHouseholds(app, {
      tenant,
      bytes,
      fileName: basename(file!),
      createVillages: values['create-villages'] === true,
      skipRefused: values['skip-refused'] === true,
      keepIds: values['keep-ids'] === true,
      vintage: vintage ?? null,
      dryRun: isDry,
      onProgress(passed, total) {
        said.say(`${passed} of ${total} homes`)
      },
    })
    return { result: imported, id: outside(tenant, imported.importId) }
  })
  tell(said, result, isDry, id)
  if (!isDry && !result.isWritten)
    throw new Refused(
      `${result.refused.length} rows are refused, so nothing is written. Put them right, or say --skip-refused.`,
    )
}

function reportUnits(values: Values, { give }: Said) {
  if (values['report'] !== true)
    throw new Refused(
      'the table of units is shipped and loads itself; loa import units --report shows what it leaves open',
    )
  const rows = unitsReport()
  const lines = rows.map(row => `${row.reason}\t${row.old}\t${row.new.code} ${row.new.title}\trows ${row.rows}`)
  give(rows, [`${rows.length} lines of the conversion table prove nothing:`, ...lines].join('\n'))
}

export const importing: Command = {
  usage: 'households FILE --commune CODE | undo ID --commune CODE | units --report',
  about: 'Reads a list of homes (.xlsx, .csv); --dry-run, --create-villages, --skip-refused, --vintage DAY, --keep-ids',
  options: {
    commune: { type: 'string' },
    vintage: { type: 'string' },
    'create-villages': { type: 'boolean' },
    'skip-refused': { type: 'boolean' },
    'keep-ids': { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    report: { type: 'boolean' },
  },
  async run({ values, words }, said) {
    if (words[0] === 'households') await importHomes(words[1], values, said)
    else if (words[0] === 'undo') await undo(words[1], values, said)
    else if (words[0] === 'units') reportUnits(values, said)
    else throw new Refused('loa import knows households, undo and units')
  },
}
