/**
 * The levels of the product, lowest first. A part may use only parts of lower levels; parts on one level never see each other.
 * The lint makes its direction rules from this list, and a test holds the SQL against it.
 */
export const levels = [
  ['core'],
  ['units'],
  ['people'],
  ['groups'],
  ['access'],
  ['channels'],
  ['delivery'],
  ['notices'],
] as const

/** For each part, the parts it may use. */
export const mayUse: Record<string, string[]> = Object.fromEntries(
  levels.flatMap((parts, level) => parts.map(part => [part, levels.slice(0, level).flat() as string[]])),
)
