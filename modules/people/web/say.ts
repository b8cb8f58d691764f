import { useWords } from '#web/words.ts'
import { vi } from './words.vi.ts'

export const say = useWords(vi, () => import('./words.en.ts'))

type Key = Parameters<typeof say>[0]

/** A word of a closed list, `need_elder_alone`; what the list does not know stands as it is. */
export const term = (list: string, word: string) => (`${list}_${word}` in vi ? say(`${list}_${word}` as Key) : word)

/** Nobody was asked where a duty of the law is the basis: then it is a use, not a yes. */
export const saidWords = ({ said, basis }: { said: string; basis: string }) =>
  said === 'yes' && basis !== 'consent' ? say('used_for') : term('said', said)
