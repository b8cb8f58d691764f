import '../more.ts'
import '../styles/desk.css'
import { useLocation } from '../router.tsx'
import { Icon, Mark } from '../kit/icon.tsx'
import type { PageProps } from '../kit/page.tsx'
import { linkTo } from '../links.ts'
import { me } from '../me.ts'
import { shellWords } from '../shell-words.ts'
import { clock, date, hour, weekday } from '../time.ts'
import { language } from '../words.ts'
import { DemoMark, ViewButton } from './bar.tsx'
import { Keys } from './keys.tsx'
import { myTabs, tabOf } from './phone-frame.tsx'
import { Strip } from './strip.tsx'

function Rail() {
  const say = shellWords()
  const { path } = useLocation()
  const tabs = myTabs()
  const here = tabOf(tabs, path)
  return (
    <nav class="rail" id="muc" aria-label={say('tabs')}>
      <ul>
        {tabs.map(({ path: to, tab }) => (
          <li key={to}>
            <a href={to} aria-current={to === here ? 'page' : undefined}>
              <Icon name={tab.icon} isSmall />
              {tab[language.value]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Officers: a rail beside the page, the title at the head of the page. */
export function DeskFrame({ title, sub, back, foot, hasOwnTitle, children }: PageProps) {
  const say = shellWords()
  const now = new Date(clock.value)
  const account = linkTo('/account')
  return (
    <div class="desk">
      <a class="skip" href="#main">
        {say('skip')}
      </a>
      <header class="bar">
        <Mark />
        <div class="bar-name">
          <b>{me.value?.unit?.title ?? me.value?.group?.name ?? 'Loa Làng'}</b>
        </div>
        <a class="to-rail" href="#muc">
          {say('sections')}
        </a>
        <span class="bar-time n">
          {hour(now)} {weekday(now)}
          <br />
          {date(now)}
        </span>
        <ViewButton />
        {account && (
          <a href={account}>
            <Icon name="nguoi" />
            <span>
              {me.value?.name}
              <br />
              {me.value?.title}
            </span>
          </a>
        )}
      </header>
      <Keys />
      <Rail />
      <div class="desk-page">
        <DemoMark />
        {me.value?.alarm && (
          <p class="alarm-line" role="alert">
            <Icon name="khan" isSmall />
            {me.value.alarm}
          </p>
        )}
        <Strip />
        <main id="main" tabIndex={-1}>
          {(back || !hasOwnTitle) && (
            <div class="head-row">
              {back && (
                <a class="act act-plain act-flush" href={back} data-back>
                  <Icon name="lui" isSmall />
                  {say('back')}
                </a>
              )}
              {!hasOwnTitle && <h1>{title}</h1>}
              {sub && <p class="by">{sub}</p>}
            </div>
          )}
          {children}
        </main>
        {foot && <div class="foot">{foot}</div>}
      </div>
    </div>
  )
}
