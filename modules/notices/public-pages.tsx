// What others may take from us: feeds, calendars, the list for another site's page. Public notices alone; reading changes nothing.
import { Hono, type Context } from 'hono'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { languageOf } from '#core/words'
import { ListPage } from './pages/ListPage.tsx'
import { pageText, policyFor, type Theme } from './pages/frame.tsx'
import { atomMedia, atomOf } from './feeds/atom.ts'
import { cached } from './feeds/caching.ts'
import { calendarMedia, calendarOf } from './feeds/calendar.ts'
import { words } from './entry.ts'
import { jsonFeedMedia, jsonFeedOf } from './feeds/json-feed.ts'
import { widgetScript } from './feeds/widget.ts'
import { feedOf, publicDates, publicList, whoseList, type Listed, type Whose } from './public-list.ts'

const mostEntries = 50
const mostOnPage = 20

/** Anybody's program may read what anybody's eyes may. */
const forAll = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

const feed =
  (media: string, write: (feed: ReturnType<typeof feedOf>) => string) => async (app: App, c: Context, whose: Whose) => {
    const list = await publicList(app, c, whose, mostEntries)
    const text = write(feedOf(app, whose, list, c.req.query('before')))
    return cached(c, { text, media: `${media}; charset=utf-8`, changedAt: list.changedAt }, forAll)
  }

async function calendar(app: App, c: Context, whose: Whose): Promise<Response> {
  const { entries } = await publicDates(app, whose)
  const url = `${app.config.publicUrl}/feeds/${whose.unit.id}`
  const text = calendarOf({ name: words('calendar', { unit: whose.name }), url }, entries)
  // No moment of change: a date leaves it by growing old.
  return cached(c, { text, media: `${calendarMedia}; charset=utf-8` }, forAll)
}

const endings: Record<string, (app: App, c: Context, whose: Whose) => Promise<Response>> = {
  atom: feed(atomMedia, atomOf),
  json: feed(jsonFeedMedia, jsonFeedOf),
  ics: calendar,
}

const language = (c: Context) => languageOf(c.req.header('accept-language'))

interface Frame {
  isInOther: boolean
  theme?: Theme | undefined
}

function listText(app: App, c: Context, whose: Whose, list: Listed, { isInOther, theme }: Frame): string {
  const to = language(c)
  const { title, next, id: _, ...about } = feedOf(app, whose, list, undefined)
  return pageText(to, () => ({
    title,
    theme,
    isHidden: isInOther,
    feeds: isInOther ? undefined : { title, address: about.address, query: about.query },
    body: (
      <ListPage
        to={to}
        name={whose.name}
        list={{ ...about, next: isInOther ? undefined : next }}
        isInOther={isInOther}
      />
    ),
  }))
}

async function listPage(app: App, c: Context, whose: Whose): Promise<Response> {
  const list = await publicList(app, c, whose, mostOnPage)
  const text = listText(app, c, whose, list, { isInOther: false })
  return cached(
    c,
    { text, media: 'text/html; charset=utf-8' },
    { 'content-security-policy': policyFor("'none'"), vary: 'Accept-Encoding, Accept-Language' },
  )
}

const themes = ['light', 'dark'] as const
const numberIn = (said: string | undefined, most: number) => Math.min(most, Math.max(1, Math.trunc(Number(said)) || 5))

async function embedPage(app: App, c: Context): Promise<Response> {
  const whose = await whoseList(app, c, c.req.param('unit') ?? '')
  const list = await publicList(app, c, whose, numberIn(c.req.query('limit'), mostOnPage))
  const theme = themes.find(one => one === c.req.query('theme'))
  const text = listText(app, c, whose, list, { isInOther: true, theme })
  return cached(
    c,
    { text, media: 'text/html; charset=utf-8' },
    {
      ...forAll,
      // It has no act to be tricked into, and knows nobody: any page may show it.
      'content-security-policy': policyFor('*'),
      vary: 'Accept-Encoding, Accept-Language',
    },
  )
}

export function publicPages(app: App, hono: Hono) {
  hono.get('/feeds/:name', async c => {
    const [ref, ending, ...more] = c.req.param('name').split('.')
    if (more.length) throw new Problem('not_found')
    const answer = ending === undefined ? listPage : endings[ending]
    if (!ref || !answer) throw new Problem('not_found')
    return answer(app, c, await whoseList(app, c, ref))
  })

  hono.get('/embed/:unit', c => embedPage(app, c))

  hono.get('/widget.js', c =>
    cached(
      c,
      { text: widgetScript, media: 'text/javascript; charset=utf-8' },
      { ...forAll, 'cache-control': 'public, max-age=3600' },
    ),
  )
}
