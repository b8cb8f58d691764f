import { useWords } from '../words.ts'
import { vi } from './words.vi.ts'

/** Words of the shell that the first load does without. */
export const say = useWords(vi, () => import('./words.en.ts'))
