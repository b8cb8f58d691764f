// Where the reader is and how he gets elsewhere. Links to screens stay inside the app; all others leave it.
import { createContext, type ComponentType } from 'preact'
import { useContext, useEffect, useErrorBoundary, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { signal } from '@preact/signals'
import type { Screen } from './screen.ts'
import { appPaths } from './screens.ts'

const address = () => location.pathname + location.search
const here = signal(typeof location === 'undefined' ? '/' : address())
const isScreen = new RegExp(appPaths)

/** Goes to an address of the app. */
function route(url: string, isReplacing = false) {
  history[isReplacing ? 'replaceState' : 'pushState'](null, '', url)
  here.value = address()
  if (!isReplacing) scrollTo(0, 0)
}

function follow(event: MouseEvent) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const link = (event.target as Element).closest?.('a')
  const href = link?.getAttribute('href')
  if (!link || !href || href.startsWith('#') || link.origin !== location.origin || link.target || link.download) return
  if (!isScreen.test(link.pathname)) return
  event.preventDefault()
  route(link.pathname + link.search)
}

/** Once, at the start. */
export function watchAddress() {
  addEventListener('click', follow)
  addEventListener('popstate', () => (here.value = address()))
}

const parsed = (url: string) => {
  const { pathname, searchParams } = new URL(url, location.origin)
  return { url, path: pathname.replace(/(.)\/+$/, '$1'), query: Object.fromEntries(searchParams) }
}

/** `path`, `query`, and `route('/doors')`. */
export const useLocation = () => ({ ...parsed(here.value), route })

interface Route {
  path: string
  query: Record<string, string>
  /** What the address names: `params.noticeId`. */
  params: Record<string, string>
}
const RouteContext = createContext<Route>({ path: '/', query: {}, params: {} })
export const useRoute = () => useContext(RouteContext)

/** What was cut off in a chat is an address of nothing, and breaks nothing. */
function decoded(part: string) {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [i, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decoded(given[i]!)
    else if (part !== given[i]) return undefined
  }
  return params
}

function find(screens: readonly Screen[], path: string) {
  for (const screen of screens) {
    const params = paramsOf(screen.path, path)
    if (params) return { screen, params }
  }
  return undefined
}

/** A reader of screens hears the title of a new one. */
function arrive() {
  const heading = document.querySelector<HTMLElement>('h1')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
}

const loaded = new Map<Screen, ComponentType>()

interface RouterProps {
  /** Those of this person, the most specific address first. */
  screens: readonly Screen[]
  load: (screen: Screen) => Promise<ComponentType>
  /** For an address that is none of them. */
  Missing: ComponentType
  /** In place of a screen that failed. */
  Broken: ComponentType
}

/** The screen of the address; the one before stays until it is here. */
export function Router({ screens, load, Missing, Broken }: RouterProps) {
  const { path, query } = useLocation()
  const [, redraw] = useState(0)
  const [error] = useErrorBoundary(failure => console.error(failure))
  const shown = useRef<{ Screen: ComponentType; route: Route } | undefined>(undefined)
  const isFirst = useRef(true)
  const match = find(screens, path)
  const ready = match ? loaded.get(match.screen) : Missing
  if (ready) shown.current = { Screen: ready, route: { path, query, params: match?.params ?? {} } }
  useEffect(() => {
    if (!match || ready) return
    void load(match.screen).then(found => {
      loaded.set(match.screen, found)
      redraw(n => n + 1)
    })
  }, [match?.screen])
  const now = shown.current
  useLayoutEffect(() => {
    if (!now) return
    if (!isFirst.current) arrive()
    isFirst.current = false
  }, [now?.route.path])
  if (error) return <Broken />
  if (!now) return null
  return (
    <RouteContext.Provider value={now.route}>
      <now.Screen />
    </RouteContext.Provider>
  )
}
