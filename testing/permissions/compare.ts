// Holds what was measured against the twin written by hand, and against what no role may ever do.
import type { Line, Measured } from './walk.ts'
import type { May, RoleName, Sensitive } from './twin.ts'

const isYes = (...answers: (boolean | undefined)[]) => answers.some(answer => answer === true)

const agrees: Record<May, (m: Measured) => boolean> = {
  none: m => !isYes(m.anywhere, m.own, m.child, m.mine),
  below: m => m.own === true && m.child !== false,
  own: m => m.own === true && m.child !== true,
  written: m => m.mine === true && !isYes(m.own, m.child),
  given: m => m.mine === true && !isYes(m.own, m.child),
  yes: m => m.anywhere === true,
}

const words = (m: Measured) =>
  Object.entries(m)
    .map(([position, isIn]) => `${position} ${isIn ? 'let in' : 'refused'}`)
    .join(', ')

/** Sentences, one for each role whose rights are not those of the twin. */
export function differences(lines: readonly Line[], twin: readonly Sensitive[]): string[] {
  return twin.flatMap(({ operations, may, isReached }) =>
    operations.flatMap(operation => {
      const line = lines.find(one => one.operation === operation)
      if (!line) return [`${operation}: the rules name it, and the product does not have it`]
      return Object.entries(line.roles).flatMap(([role, measured]) => {
        const wanted = may[role as RoleName] ?? 'none'
        const isBeyond = isYes(measured.other) || (!isReached && isYes(measured.parent))
        return agrees[wanted](measured) && !isBeyond
          ? []
          : [`${operation}: ${role} should have “${wanted}”, but: ${words(measured)}`]
      })
    }),
  )
}

/** What holds for every operation, named by the twin or not. */
export function leaks(lines: readonly Line[]): string[] {
  return lines.flatMap(({ operation, who, subject, isPlaced, roles, isOpen, broken }) => {
    const open = isOpen && who !== 'anyone' ? [`${operation}: answers without a sign-in`] : []
    const failed = broken.map(where => `${operation}: fails with 500 for ${where}`)
    if (!isPlaced) return [...open, ...failed]
    const beyond = Object.entries(roles).flatMap(([role, m]) => {
      if (m.other) return [`${operation}: ${role} is let in beside its own place`]
      // A notice from above reaches those below: what it lets them do there is the twin's to say.
      if (m.parent && subject !== 'noticeId') return [`${operation}: ${role} is let in above its own place`]
      return []
    })
    return [...open, ...failed, ...beyond]
  })
}
