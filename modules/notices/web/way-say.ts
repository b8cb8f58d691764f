import { useWords } from '#web/words.ts'
import { vi } from './way-words.vi.ts'

export const say = useWords(vi, () => import('./way-words.en.ts'))
