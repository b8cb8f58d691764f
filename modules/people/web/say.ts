import { useWords } from '#web/words.ts'
import { languages } from '../words-of-homes.ts'
import { vi } from './words.vi.ts'

export const say = useWords(vi, () => import('./words.en.ts'))

type Key = Parameters<typeof say>[0]

/** A word of a closed list, `need_elder_alone`; what the list does not know stands as it is. */
export const term = (list: string, word: string) => (`${list}_${word}` in vi ? say(`${list}_${word}` as Key) : word)

/** What a language is called: `Sán Chí`. */
export const languageName = (tag: string) => languages[tag]?.[0] ?? tag
