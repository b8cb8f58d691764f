// The product's texts: one table a module and language, keyed `notices.published`. Vietnamese is complete; English stands beside it.

export type Language = 'vi' | 'en'
export type Words = Readonly<Record<string, string>>

const tables: Record<Language, Map<string, string>> = { vi: new Map(), en: new Map() }

export function addWords(language: Language, words: Words) {
  for (const [key, text] of Object.entries(words)) tables[language].set(key, text)
}

export const hasWords = (language: Language, key: string) => tables[language].has(key)

/** Fills `{name}` in a text. */
export const fill = (text: string, data: Record<string, unknown> = {}) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    data[name] === undefined ? whole : `${data[name] as string | number}`,
  )

/** The text of a key, in the language asked or else in Vietnamese. A missing key shows itself. */
export const say = (language: Language, key: string, data: Record<string, unknown> = {}) =>
  fill(tables[language].get(key) ?? tables.vi.get(key) ?? key, data)

/** The first language of an Accept-Language header that we speak. */
export function languageOf(header: string | undefined): Language {
  for (const part of (header ?? '').split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase()
    if (tag === 'vi' || tag === 'en') return tag
  }
  return 'vi'
}
