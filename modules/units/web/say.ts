import { useWords } from '#web/words.ts'
import { vi } from './words.vi.ts'

export const say = useWords(vi, () => import('./words.en.ts'))
