// What a screen shows comes from the phone's copy at once, then from the server.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Refusal } from './api.ts'
import { holder } from './me.ts'

export interface Loaded<T> {
  value: T | undefined
  refusal: Refusal | undefined
  /** Nothing to show yet. */
  isLoading: boolean
  /** When the server was asked for what is shown; milliseconds since 1970. */
  askedAt: number
  /** Set while a copy of the phone stands in: milliseconds since 1970. */
  storedAt: number | undefined
  reload: () => Promise<void>
  /** Puts in what an act has changed, without asking again. */
  set: (value: T) => void
}

export interface HowLoaded<T> {
  /** Name under which the phone keeps a copy for this person. */
  stored?: string
  /** What of it the phone may keep, and until when (milliseconds since 1970); all of it for a month unless told. */
  keep?: (value: T) => { value: T; until: number }
  /** Asks again every so many milliseconds while the page is looked at. */
  every?: number
}

const copyKey = (name: string) => `${holder()}/${name}`

/** `const homes = useLoaded(() => api.people.list({ unit }), [unit])` */
export function useLoaded<T>(load: () => Promise<T>, deps: readonly unknown[], how: HowLoaded<T> = {}): Loaded<T> {
  const [state, setState] = useState<{
    value?: T
    refusal?: Refusal
    askedAt?: number
    storedAt?: number
    isLoading: boolean
  }>({
    isLoading: true,
  })
  const round = useRef(0)
  const { stored, keep, every } = how

  const store = async (key: string, value: T, askedAt: number) => {
    const { keepCopy } = await import('./stored.ts')
    const kept = keep?.(value)
    await keepCopy(key, kept ? kept.value : value, askedAt, kept?.until)
  }

  const reload = async () => {
    const mine = ++round.current
    const askedAt = Date.now()
    const key = stored && copyKey(stored)
    try {
      const value = await load()
      if (mine !== round.current) return
      setState({ value, askedAt, isLoading: false })
      if (key) void store(key, value, askedAt).catch(() => {})
    } catch (error) {
      if (mine === round.current) setState(was => ({ ...was, refusal: error as Refusal, isLoading: false }))
    }
  }

  useEffect(() => {
    setState({ isLoading: true })
    const showCopy = async () => {
      const { findCopy } = await import('./stored.ts')
      const copy = await findCopy<T>(copyKey(stored!))
      if (copy)
        setState(was =>
          was.value === undefined
            ? { ...was, value: copy.value, askedAt: copy.at, storedAt: copy.at, isLoading: false }
            : was,
        )
    }
    if (stored) void showCopy().catch(() => {})
    void reload()
    return () => void round.current++
  }, deps)

  useEffect(() => {
    if (!every) return undefined
    const timer = setInterval(() => {
      if (!document.hidden) void reload()
    }, every)
    return () => clearInterval(timer)
  }, [every, ...deps])

  return {
    value: state.value,
    refusal: state.refusal,
    isLoading: state.isLoading,
    askedAt: state.askedAt ?? 0,
    storedAt: state.storedAt,
    reload,
    set: value => setState(was => ({ value, askedAt: was.askedAt ?? 0, isLoading: false })),
  }
}
