// What a browser may use of delivery.
export { Attributes, hasAttributes, isSensitive } from './audience.ts'
export { classes, levels, type LevelName, type MessageClass } from './levels.ts'
