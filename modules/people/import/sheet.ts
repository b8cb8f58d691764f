// A table as a file holds it, before anybody knows what its columns mean.
export type Cell = string | number | boolean | Date | null

/** A merged block, counted from 0, both ends included. */
export interface Merge {
  top: number
  left: number
  bottom: number
  right: number
}

export interface Sheet {
  name: string
  /** `rows[0]` is the row that Excel calls 1. */
  rows: Cell[][]
  merges: Merge[]
}

/** More than this is no list of a commune's homes. */
export const mostRows = 100_000
