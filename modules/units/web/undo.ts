// Right after a merger or split: one tap takes it back; a refusal is said in the server's words.
import { api, type Refusal } from '#web/api.ts'
import { newId } from '#web/id.ts'
import { toast } from '#web/kit.tsx'
import { say } from './say.ts'

/** @param unit one that the merger or split made @param after what to do once its villages stand again */
export const undoOf = (unit: string, after: () => unknown) => async () => {
  try {
    const { units } = await api.units.undo({ unit }, { once: newId() })
    toast(say('undone', { titles: units.map(one => one.title).join(', ') }))
    await after()
  } catch (error) {
    toast((error as Refusal).message)
  }
}
