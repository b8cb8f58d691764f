import { useWords } from '#web/words.ts'
import { vi } from './words.vi.ts'

export const say = useWords(vi, () => import('./words.en.ts'))

type Key = Parameters<typeof say>[0]
/** A word by a name that the server gives: an adapter, a field, a health. What has no word stands as it is. */
export const term = (prefix: string, name: string) => {
  const key = `${prefix}_${name}`
  return key in vi ? say(key as Key) : name
}
