import { useWords } from '../words.ts'
import { vi } from './words.vi.ts'

/** Words of the first screens. */
export const say = useWords(vi, () => import('./words.en.ts'))
