// What a browser may use of delivery.
import { doorOperations } from './contract-doors.ts'
import { homeOperations } from './contract-home.ts'
import { ladderOperations } from './contract-ladder.ts'
import { reachOperations } from './contract-reach.ts'
import { spentOperations } from './contract-spent.ts'

export { Attributes, hasAttributes, isSensitive } from './audience.ts'
export { classes, levels, type LevelName, type MessageClass } from './levels.ts'
export { closings, outcomes, type Closing, type Outcome } from './outcomes.ts'

export const contract = {
  ...homeOperations,
  ...reachOperations,
  ...doorOperations,
  ...ladderOperations,
  ...spentOperations,
}
