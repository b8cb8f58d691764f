import { useWords } from '#web/words.ts'
import { vi } from './owner-words.vi.ts'

export const say = useWords(vi, () => import('./owner-words.en.ts'))
