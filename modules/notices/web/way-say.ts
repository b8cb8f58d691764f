import { useWords } from '#web/words.ts'
import { vi } from './way-words.vi.ts'

export const say = useWords(vi, () => import('./way-words.en.ts'))

type Key = Parameters<typeof say>[0]
/** The name of a channel; one that has no word yet stands as it is. */
export const channelName = (channel: string) => (`way_${channel}` in vi ? say(`way_${channel}` as Key) : channel)
