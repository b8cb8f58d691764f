import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from '../router.tsx'
import { Icon } from '../kit/icon.tsx'
import type { PageProps } from '../kit/page.tsx'
import { me } from '../me.ts'
import { isFor, type Screen } from '../screen.ts'
import { screens } from '../screens.ts'
import { shellWords } from '../shell-words.ts'
import { language } from '../words.ts'
import { BackOrMark, DemoMark, ViewButton } from './bar.tsx'
import { Strip } from './strip.tsx'

/** What this person finds in the tabs or the rail: only screens that exist and are theirs. */
export const myTabs = (): (Screen & { tab: NonNullable<Screen['tab']> })[] => {
  const role = me.value?.role
  if (!role) return []
  return screens
    .filter(
      (screen): screen is Screen & { tab: NonNullable<Screen['tab']> } => Boolean(screen.tab) && isFor(screen, role),
    )
    .toSorted((a, b) => a.tab.order - b.tab.order)
}

/** The tab that an address belongs to: the longest whose path it begins with. */
export const tabOf = (tabs: readonly Screen[], at: string) =>
  tabs
    .map(tab => tab.path)
    .filter(path => (path === '/' ? at === '/' : at === path || at.startsWith(`${path}/`)))
    .toSorted((a, b) => b.length - a.length)[0]

/** More than four do not fit a thumb; the rest stands in the sheet and on the first screen. */
export const mostTabs = 4

function Tabs() {
  const say = shellWords()
  const { path } = useLocation()
  const tabs = myTabs().slice(0, mostTabs)
  if (tabs.length < 2) return null
  const here = tabOf(tabs, path)
  return (
    <nav class="tabs" aria-label={say('tabs')}>
      <ul>
        {tabs.map(({ path: to, tab }) => (
          <li key={to}>
            <a href={to} aria-current={to === here ? 'page' : undefined}>
              <Icon name={tab.icon} />
              {tab[language.value]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** While somebody acts for a home: whose, how long still, and the way back. */
function Assisted() {
  const [Bar, setBar] = useState<ComponentType>()
  const isAssisted = Boolean(me.value?.assist)
  useEffect(() => {
    if (isAssisted) void import('../../modules/access/web/AssistBar.tsx').then(m => setBar(() => m.AssistBar))
  }, [isAssisted])
  return isAssisted && Bar ? <Bar /> : null
}

/** Residents and heads: one column, one thumb. */
export function PhoneFrame({ title, sub, back, foot, hasOwnTitle, children }: PageProps) {
  const say = shellWords()
  const below = sub ?? me.value?.title ?? me.value?.name
  return (
    <>
      <a class="skip" href="#main">
        {say('skip')}
      </a>
      <header class="bar">
        <BackOrMark back={back} />
        <div class="bar-name">
          {hasOwnTitle ? <b>{title}</b> : <h1>{title}</h1>}
          {below && <span>{below}</span>}
        </div>
        <ViewButton />
      </header>
      <DemoMark />
      <Assisted />
      <Strip />
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {foot ? <footer class="foot">{foot}</footer> : <Tabs />}
    </>
  )
}
