import { say, type Language } from '#core/words'
import type { WholeRows } from './import/whole-rows.ts'
import type { ImportResult } from './import-plan.ts'

type Refused = ImportResult['refused'][number]

/**
 * The refused rows whole, each with what is to be put right at its end, so that the table can be corrected and sent again. A run
 * from before whole rows were kept names the cells alone.
 */
export function refusedTable(
  language: Language,
  refused: readonly Refused[],
  whole: WholeRows | undefined,
): string[][] {
  const head = (...names: string[]) => names.map(name => say(language, `import.head.${name}`))
  if (!whole?.rows.length)
    return [
      head('sheet', 'row', 'column', 'value', 'message'),
      ...refused.map(one => [one.sheet, String(one.row), one.column, one.value, one.message]),
    ]
  const byRow = Map.groupBy(refused, one => `${one.sheet}/${one.row}`)
  return [
    [...whole.columns, ...head('sheet', 'row', 'column', 'message')],
    ...whole.rows.map(({ sheet, row, cells }) => {
      const here = byRow.get(`${sheet}/${row}`) ?? []
      const columns = [...new Set(here.map(one => one.column).filter(Boolean))]
      return [...cells, sheet, String(row), columns.join(', '), here.map(one => one.message).join(' ')]
    }),
  ]
}
