// Words of the shell and the kit.
import { useWords } from './words.ts'
import { vi } from './words.vi.ts'

const say = useWords(vi, () => import('./words.en.ts'))

export const shellWords = () => say
