import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from 'preact-iso'
import { Act } from './kit/act.tsx'
import { Dots } from './kit/icon.tsx'
import { frame, Page } from './kit/page.tsx'
import { Empty } from './kit/state.tsx'
import { Toast } from './kit/sheet.tsx'
import { isDesk, me } from './me.ts'
import { isFor, type Screen } from './screen.ts'
import { appPaths, screens } from './screens.ts'
import { shellWords } from './shell-words.ts'
import { ViewSheet } from './shell/bar.tsx'
import { PhoneFrame } from './shell/phone-frame.tsx'

/** Officers' frame and style sheet come only to officers. */
export async function chooseFrame() {
  if (!isDesk()) {
    frame.value = PhoneFrame
    delete document.documentElement.dataset['face']
    return
  }
  const { DeskFrame } = await import('./shell/desk-frame.tsx')
  document.documentElement.dataset['face'] = 'desk'
  frame.value = DeskFrame
}

/** A screen failed: what was saved is safe, and opening again is the one act. */
function Broken() {
  const say = shellWords()
  return (
    <Page title={say('broken')}>
      <Empty
        title={say('broken')}
        words={say('broken_words')}
        icon="khan"
        act={<Act onClick={() => window.location.reload()}>{say('reopen')}</Act>}
      />
    </Page>
  )
}

const components = new Map<Screen, ReturnType<typeof lazy>>()

/** After a new version the old files are gone from the server: the page is opened anew, once. */
async function orReopen<T>(load: () => Promise<T>): Promise<T> {
  try {
    const found = await load()
    sessionStorage.removeItem('loa.reopened')
    return found
  } catch (error) {
    if (!navigator.onLine || sessionStorage.getItem('loa.reopened')) throw error
    sessionStorage.setItem('loa.reopened', 'yes')
    window.location.reload()
    return new Promise(() => {})
  }
}

/** A resident's first screen needs only the first load; every other brings the rest of style and drawings. */
const loadScreen = (screen: Screen) =>
  orReopen(async () => {
    const isFirst = screen.path === '/' && screen.for.includes('resident')
    const [found] = await Promise.all([screen.load(), isFirst ? undefined : import('./more.ts')])
    return found
  })

const componentOf = (screen: Screen) => {
  let found = components.get(screen)
  if (!found) components.set(screen, (found = lazy(() => loadScreen(screen).catch(() => Broken))))
  return found as unknown as ComponentType
}

/** Fetches every screen of this person while nothing else happens, so that each opens without a network. */
export function fetchScreens() {
  for (const screen of screens) if (isFor(screen, me.value?.role)) void screen.load().catch(() => {})
  void import('./more.ts').catch(() => {})
}

const scope = new RegExp(appPaths)

/** Nobody signed in, somebody else's page, or no page at all: each says what to do. */
function Missing() {
  const say = shellWords()
  const { path } = useLocation()
  const why = !me.value ? 'sign_in' : scope.test(path) ? 'no_right' : 'nothing_here'
  return (
    <Page title={say(why)}>
      <Empty title={say(why)} words={say(`${why}_words`)} icon="khoa" act={<Act href="/">{say('to_home')}</Act>} />
    </Page>
  )
}

/** A reader of screens hears the title of a new one. */
function arrive() {
  const heading = document.querySelector<HTMLElement>('h1')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
}

export function App() {
  const [isBroken, setBroken] = useState(false)
  useEffect(() => void chooseFrame(), [me.value?.role])
  const mine = screens.filter(screen => isFor(screen, me.value?.role))
  return (
    <LocationProvider scope={scope}>
      <Dots />
      <ErrorBoundary onError={() => setBroken(true)}>
        {isBroken ? (
          <Broken />
        ) : (
          <Router onLoadEnd={arrive} onRouteChange={arrive}>
            {[
              ...mine.map(screen => <Route key={screen.path} path={screen.path} component={componentOf(screen)} />),
              <Route key="missing" default component={Missing} />,
            ]}
          </Router>
        )}
      </ErrorBoundary>
      <ViewSheet />
      <Toast />
    </LocationProvider>
  )
}
