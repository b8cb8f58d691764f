import { useWords } from '#web/words.ts'
import { vi } from './public-words.vi.ts'

export const say = useWords(vi, () => import('./public-words.en.ts'))
