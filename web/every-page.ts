// Whole lists that fit on one screen: 33 villages, 121 homes.

export interface Page<T> {
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

/** The first `count` pages as one; what the list says beside its items is the first page's. */
export async function pagesOf<P extends Page<unknown>>(
  load: (cursor: { cursor?: string }) => Promise<P>,
  count: () => number,
): Promise<P> {
  const first = await load({})
  let all = first
  for (let n = 1; n < count() && all.next; n++) all = joined(all, await load({ cursor: all.next }))
  return all
}

export const joined = <P extends Page<unknown>>(before: P, page: P): P => ({
  ...before,
  items: [...before.items, ...page.items],
  next: page.next,
})
