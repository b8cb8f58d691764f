import { useWords } from '#web/words.ts'
import { vi } from './chat-words.vi.ts'

export const say = useWords(vi, () => import('./chat-words.en.ts'))
