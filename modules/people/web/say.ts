import { useWords } from '#web/words.ts'
import { vi } from './words.vi.ts'

export const say = useWords(vi, () => import('./words.en.ts'))

type Key = Parameters<typeof say>[0]

/** A word of a closed list, `need_elder_alone`; what the list does not know stands as it is. */
export const term = (list: string, word: string) => (`${list}_${word}` in vi ? say(`${list}_${word}` as Key) : word)
