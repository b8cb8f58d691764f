import { useWords } from '#web/words.ts'
import { vi } from './spent-words.vi.ts'

export const say = useWords(vi, () => import('./spent-words.en.ts'))

type Key = Parameters<typeof say>[0]
/** The name of a channel or kind of account; one that has no word yet stands as it is. */
export const wayName = (channel: string) => (`way_${channel}` in vi ? say(`way_${channel}` as Key) : channel)
