import { now } from '#core/clock'
import type { App } from '#core/module'
import { forgetSent, forgetSpoken } from './store-heard.ts'

const dayMs = 86_400_000
/** Who has not spoken for so long is greeted as if for the first time; what was sent before is told of no more. */
const daysSpoken = 400
const daysSent = 8

export async function forgetHeard(app: App) {
  const at = now().getTime()
  await forgetSpoken(app.sql, new Date(at - daysSpoken * dayMs))
  await forgetSent(app.sql, new Date(at - daysSent * dayMs))
}
