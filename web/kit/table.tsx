import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

export interface Column<T> {
  head: string
  cell: (row: T) => ComponentChildren
  /** Figures stand right. */
  isRight?: boolean
  /** What to sort by, where sorting helps. */
  by?: (row: T) => number | string
  /** A drawing that takes what room is left. */
  isWide?: boolean
}

interface TableProps<T> {
  /** Read out, and the finding the table shows. */
  caption: string
  /** The first names the row. */
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  /** 33 villages or 121 homes on one screen. */
  isTight?: boolean
}

const sorted = <T,>(rows: readonly T[], by: (row: T) => number | string, isDown: boolean) => {
  const order = (a: T, b: T) => {
    const [x, y] = [by(a), by(b)]
    return typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'vi')
  }
  return rows.toSorted((a, b) => (isDown ? order(b, a) : order(a, b)))
}

/** Text left, figures right; on a narrow phone each row becomes a block. */
export function Table<T>({ caption, columns, rows, keyOf, isTight }: TableProps<T>) {
  const [sort, setSort] = useState<{ at: number; isDown: boolean }>()
  const by = sort && columns[sort.at]?.by
  const shown = by ? sorted(rows, by, sort.isDown) : rows
  return (
    <table class={isTight ? 'table tight' : 'table'}>
      <caption class="sr">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column, at) => (
            <th
              key={column.head}
              scope="col"
              class={
                [column.isRight && 'r', column.isWide && 'wide', !column.by && 'no-sort'].filter(Boolean).join(' ') ||
                undefined
              }
              aria-sort={sort?.at === at ? (sort.isDown ? 'descending' : 'ascending') : undefined}
            >
              {column.by ? (
                <button
                  type="button"
                  onClick={() => setSort({ at, isDown: sort?.at === at ? !sort.isDown : Boolean(column.isRight) })}
                >
                  {column.head}
                  {sort?.at === at && <span aria-hidden="true">{sort.isDown ? ' ↓' : ' ↑'}</span>}
                </button>
              ) : (
                column.head
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map(row => (
          <tr key={keyOf(row)}>
            {columns.map((column, at) =>
              at ? (
                <td
                  key={column.head}
                  data-head={column.isRight ? column.head : undefined}
                  class={column.isRight ? 'r' : column.isWide ? 'bar-cell' : undefined}
                >
                  {column.cell(row)}
                </td>
              ) : (
                <th key={column.head} scope="row">
                  {column.cell(row)}
                </th>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
