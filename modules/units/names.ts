// How a unit is called. Runs in a browser too.

export const levels = ['country', 'province', 'commune', 'village', 'hamlet'] as const
export type Level = (typeof levels)[number]

interface Named {
  kind: string
  name: string
}

const startsWithKind = ({ kind, name }: Named) => name.toLowerCase().startsWith(`${kind.toLowerCase()} `)

/** `xã` + `Sơn Động` → `Xã Sơn Động`, as it stands at the head of a line. A name that already says its kind stays as it is. */
export function unitTitle(unit: Named): string {
  const whole = startsWithKind(unit) ? unit.name : `${unit.kind} ${unit.name}`
  return whole.charAt(0).toUpperCase() + whole.slice(1)
}
