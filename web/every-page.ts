// Whole lists that fit on one screen: 33 villages, 121 homes.

interface Page<T> {
  items: T[]
  next: string | null
}

/** Asks page after page until there is none. */
export async function everyPage<T>(load: (cursor: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = []
  let page: Page<T> = { items: [], next: null }
  do {
    page = await load(page.next ? { cursor: page.next } : {})
    all.push(...page.items)
  } while (page.next)
  return all
}
