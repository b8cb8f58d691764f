import { useWords } from '../words.ts'
import { vi } from './posting-words.vi.ts'

/** Words of posting in chat groups, wherever it stands. */
export const say = useWords(vi, () => import('./posting-words.en.ts'))
