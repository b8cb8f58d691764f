// Look-ups of one kind that come at the same time, or while the last ones are under way, go to the database together.
import type { App } from './module.ts'

interface Asked<K, V> {
  key: K
  found: (value: V) => void
  failed: (error: unknown) => void
}
interface Gathered<K, V> {
  asked: Asked<K, V>[]
  isUnderWay: boolean
}

/** Keys that one statement takes. */
const most = 100

/** @param look finds a value for each key, in their order @returns the look-up of one key */
export function gathering<K, V>(look: (app: App, keys: readonly K[]) => Promise<readonly V[]>) {
  const byApp = new WeakMap<App, Gathered<K, V>>()

  async function run(app: App, mine: Gathered<K, V>) {
    while (mine.asked.length) {
      const some = mine.asked.splice(0, most)
      try {
        const values = await look(
          app,
          some.map(one => one.key),
        )
        for (const [n, one] of some.entries()) one.found(values[n]!)
      } catch (error) {
        for (const one of some) one.failed(error)
      }
    }
    mine.isUnderWay = false
  }

  return (app: App, key: K) =>
    new Promise<V>((found, failed) => {
      const mine = byApp.get(app) ?? { asked: [], isUnderWay: false }
      byApp.set(app, mine)
      mine.asked.push({ key, found, failed })
      if (mine.isUnderWay) return
      mine.isUnderWay = true
      // What else arrived in this turn comes along.
      setImmediate(() => void run(app, mine))
    })
}
