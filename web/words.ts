// Words of screens: Vietnamese comes with the screen, English is fetched when somebody reads English.
import { signal, type Signal } from '@preact/signals'
import { bind } from './bind.ts'

export type Language = 'vi' | 'en'
export type Table = Readonly<Record<string, string>>
type Data = Record<string, string | number>

const stored = typeof localStorage === 'undefined' ? null : localStorage.getItem('loa.language')
export const language = signal<Language>(stored === 'en' ? 'en' : 'vi')

export function speak(to: Language) {
  localStorage.setItem('loa.language', to)
  document.documentElement.lang = to
  language.value = to
}

const english = new WeakMap<Table, Signal<Table | undefined>>()

function englishOf(vi: Table, load: () => Promise<{ en: Table }>): Table | undefined {
  let table = english.get(vi)
  if (!table) {
    const made = signal<Table | undefined>(undefined)
    english.set(vi, made)
    table = made
    void load().then(
      ({ en }) => (made.value = en),
      () => english.delete(vi),
    )
  }
  return table.value
}

/** Fills `{name}` in a text. */
const fill = (text: string, data: Data) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (data[name] === undefined ? whole : `${data[name]}`))

const bound = new Map<string, string>()
function boundOnce(text: string) {
  let done = bound.get(text)
  if (done === undefined) bound.set(text, (done = bind(text)))
  return done
}

export type Say<W extends Table> = (key: keyof W & string, data?: Data) => string

/**
 * `const say = useWords(vi, () => import('./words.en.ts'))`, where words.vi.ts exports `vi` and words.en.ts exports `en` with
 * the same keys. `say('title', { village })` fills the blanks and keeps words together that belong on one line.
 * Until the English table is here the Vietnamese text stands.
 */
export const useWords =
  <W extends Table>(vi: W, load: () => Promise<{ en: Record<keyof W, string> }>): Say<W> =>
  (key, data = {}) => {
    if (language.value === 'en') {
      const text = englishOf(vi, load)?.[key]
      if (text !== undefined) return fill(text, data)
    }
    const text = vi[key] ?? key
    return key in vi && text.includes('{') ? bind(fill(text, data)) : boundOnce(text)
  }
