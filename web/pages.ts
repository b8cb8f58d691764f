// A list that goes on by a tap, and is asked for anew as far as it was read.
import { useRef } from 'preact/hooks'
import { joined, pagesOf, type Page } from './every-page.ts'
import { useLoaded, type HowLoaded, type Loaded } from './load.ts'

export interface Pages<P> extends Loaded<P> {
  /** Absent: there is no more. */
  more: (() => Promise<void>) | undefined
}

/** `const homes = usePages(cursor => api.people.list({ unit, ...cursor }), [unit])` */
export function usePages<P extends Page<unknown>>(
  ask: (cursor: { cursor?: string }) => Promise<P>,
  deps: readonly unknown[],
  how?: HowLoaded<P>,
): Pages<P> {
  const of = JSON.stringify(deps)
  const now = useRef({ of, count: 1 })
  if (now.current.of !== of) now.current = { of, count: 1 }
  const list = useLoaded(() => pagesOf(ask, () => now.current.count), deps, how)
  const { value } = list
  const more = async () => {
    const page = await ask({ cursor: value!.next! })
    // Another list was chosen meanwhile.
    if (now.current.of !== of) return
    now.current.count++
    list.set(joined(value!, page))
  }
  return { ...list, more: value?.next ? more : undefined }
}
