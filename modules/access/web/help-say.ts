import { useWords } from '#web/words.ts'
import { vi } from './help-words.vi.ts'

export const say = useWords(vi, () => import('./help-words.en.ts'))
