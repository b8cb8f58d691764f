import { useWords } from '#web/words.ts'
import { vi } from './spent-words.vi.ts'

export const say = useWords(vi, () => import('./spent-words.en.ts'))
