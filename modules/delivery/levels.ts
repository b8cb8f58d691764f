/**
 * How far a message got at a home, lowest first; a row keeps the number, everything outside the name.
 * `sent` and `exposed` are not reach: a provider took it, a speaker played. From `delivered` on it is.
 */
export const levels = ['none', 'sent', 'exposed', 'delivered', 'seen', 'acknowledged', 'acted'] as const
export type LevelName = (typeof levels)[number]

export const levelNo = (name: LevelName): number => levels.indexOf(name)
export const levelName = (no: number): LevelName => levels[no] ?? 'none'

/** From this level on a level is evidence of reach. */
export const firstReach: LevelName = 'delivered'

export const classes = ['normal', 'priority', 'emergency'] as const
export type MessageClass = (typeof classes)[number]
