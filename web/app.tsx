import type { ComponentType, FunctionComponent } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Act } from './kit/act.tsx'
import { Dots } from './kit/icon.tsx'
import { frame, Page } from './kit/page.tsx'
import { Empty } from './kit/state.tsx'
import { Toast } from './kit/toast.tsx'
import { isDesk, me } from './me.ts'
import { orReopen } from './reopen.ts'
import { Router, useLocation } from './router.tsx'
import { isFor, type Screen } from './screen.ts'
import { appPaths, screens } from './screens.ts'
import { shellWords } from './shell-words.ts'
import { openSheet } from './shell/open-sheet.ts'
import { PhoneFrame } from './shell/phone-frame.tsx'

/** Officers' frame and style sheet come only to officers. */
export async function chooseFrame() {
  if (!isDesk()) {
    frame.value = PhoneFrame
    delete document.documentElement.dataset['face']
    return
  }
  const desk = await orReopen(() => import('./shell/desk-frame.tsx')).catch(() => undefined)
  // Without it every screen still opens, in one column.
  if (!desk) return
  document.documentElement.dataset['face'] = 'desk'
  frame.value = desk.DeskFrame
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

/** A resident's first screen needs only the first load; every other brings the rest of style and drawings. */
const loadScreen = (screen: Screen) =>
  orReopen(async () => {
    const isFirst = screen.path === '/' && screen.for.includes('resident')
    const [found] = await Promise.all([screen.load(), isFirst ? undefined : import('./more.ts')])
    return found
  })

const loadOrSay = (screen: Screen): Promise<ComponentType> => loadScreen(screen).catch(() => Broken)

/** Fetches every screen of this person while nothing else happens, so that each opens without a network. */
export function fetchScreens() {
  for (const screen of screens) if (isFor(screen, me.value?.role)) void screen.load().catch(() => {})
  void import('./more.ts').catch(() => {})
  void import('./shell/sheets.tsx').catch(() => {})
  void import('virtual:more-routes').catch(() => {})
}

const scope = new RegExp(appPaths)

/** The ways in; both are pages that need no script. */
function SignIn() {
  const say = shellWords()
  const ways = (
    <>
      <Act href="/card">{say('sign_in_card')}</Act>
      <Act kind="quiet" href="/sign-in">
        {say('sign_in_staff')}
      </Act>
    </>
  )
  return (
    <Page title={say('sign_in')}>
      <Empty title={say('sign_in')} words={say('sign_in_words')} icon="khoa" act={ways} />
    </Page>
  )
}

/** Nobody signed in, somebody else's page, or no page at all: each says what to do. */
function Missing() {
  const say = shellWords()
  const { path } = useLocation()
  const isScreen = scope.test(path)
  if (isScreen && !me.value) return <SignIn />
  const why = isScreen ? 'no_right' : 'nothing_here'
  return (
    <Page title={say(why)}>
      <Empty title={say(why)} words={say(`${why}_words`)} icon="khoa" act={<Act href="/">{say('to_home')}</Act>} />
    </Page>
  )
}

const loadSheets = () => orReopen(() => import('./shell/sheets.tsx').then(m => m.Sheets))

export function App() {
  useEffect(() => void chooseFrame(), [me.value?.role])
  const [Sheets, setSheets] = useState<FunctionComponent>()
  const isAsked = openSheet.value !== undefined
  useEffect(() => {
    if (isAsked && !Sheets) void loadSheets().then(found => setSheets(() => found))
  }, [isAsked])
  const mine = screens.filter(screen => isFor(screen, me.value?.role))
  return (
    <>
      <Dots />
      <Router screens={mine} load={loadOrSay} Missing={Missing} Broken={Broken} />
      {Sheets && <Sheets />}
      <Toast />
    </>
  )
}
