// How a unit is called. Runs in a browser too.

export const levels = ['country', 'province', 'commune', 'village', 'hamlet'] as const
export type Level = (typeof levels)[number]

interface Named {
  kind: string
  name: string
}

const startsWithKind = ({ kind, name }: Named) => name.toLowerCase().startsWith(`${kind.toLowerCase()} `)

/** `xã` + `Sơn Động` → `xã Sơn Động`, inside a sentence. A name that already says its kind stays as it is. */
export const unitInWords = (unit: Named): string => (startsWithKind(unit) ? unit.name : `${unit.kind} ${unit.name}`)

/** `Xã Sơn Động`, at the head of a line. */
export function unitTitle(unit: Named): string {
  const whole = unitInWords(unit)
  return whole.charAt(0).toUpperCase() + whole.slice(1)
}
