/** Why a row cannot be taken. Each has its sentence in the words, `import.<code>`. */
export const refusalCodes = [
  'name_missing', 'name_unreadable', 'birth_unreadable', 'birth_future', 'phone_unreadable', 'sex_unreadable', 'language_unknown',
  'phone_kind_unknown', 'id_unreadable', 'cell_error', 'text_unclear', 'text_too_long', 'village_missing', 'village_unknown', 'village_unclear',
  'head_missing', 'head_refused', 'two_heads', 'duplicate', 'ambiguous', 'number_from_before',
] as const // prettier-ignore
export type RefusalCode = (typeof refusalCodes)[number]

export interface Refusal {
  /** As Excel shows it. */
  row: number
  /** The sheet's own heading; empty when the row as a whole is meant. */
  column: string
  code: RefusalCode
  /** The sheet's name, when there are several. */
  sheet: string
  /** What stands in the cell, shortened: fills the sentence. */
  value: string
  /** All rows of the home that is left out for it, or of its household in the sheet; this row alone unless told. */
  homeRows?: number[]
}
