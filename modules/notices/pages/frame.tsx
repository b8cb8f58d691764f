// What every page without JavaScript stands in.
import { gzipSync } from 'node:zlib'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Language } from '#core/words'
import { bind } from '#web/bind.ts'
import { icons, mark, type IconName } from '#web/icons.ts'
import { moreIcons } from '#web/more-icons.ts'
import { language } from '#web/words.ts'
import { styleFor } from './style.ts'

const drawings: Partial<Record<IconName, string>> = { ...icons.value, ...moreIcons }

/** A drawing beside its words. */
export const Icon = ({ name, isSmall }: { name: IconName; isSmall?: boolean }) => (
  <svg
    class={isSmall ? 'i-s' : 'i'}
    viewBox="0 0 24 24"
    aria-hidden="true"
    dangerouslySetInnerHTML={{ __html: drawings[name] ?? '' }}
  />
)

export const Bar = ({ name, sub }: { name: string; sub?: string | undefined }) => (
  <header class="bar">
    <svg class="mark" viewBox="0 0 39 32" aria-hidden="true" dangerouslySetInnerHTML={{ __html: mark }} />
    <div class="bar-name">
      <b>{bind(name)}</b>
      {sub && <span>{bind(sub)}</span>}
    </div>
  </header>
)

/** How a chat shows a link; only of what is public. */
export interface Share {
  about: string
  place: string
  /** The public page. Undefined for a link that must stay itself: a chat would put the public one in its place. */
  url: string | undefined
  picture: string
  pictureWords: string
  publishedAt?: string
  changedAt?: string
}

export type Theme = 'light' | 'dark'

export interface Sheet {
  title: string
  share?: Share | undefined
  /** Where a program finds the same as a feed. */
  feeds?: { title: string; address: string; query: string } | undefined
  isHidden?: boolean
  /** What the page that shows it asked for; else the reader's own. */
  theme?: Theme | undefined
  body: VNode
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function shareTags(title: string, { about, place, url, picture, pictureWords, publishedAt, changedAt }: Share): string {
  const tags = {
    'og:title': title,
    'og:description': about,
    'og:type': 'article',
    'og:site_name': place,
    'og:locale': 'vi_VN',
    'og:url': url,
    'og:image': picture,
    'og:image:type': 'image/png',
    'og:image:width': '1200',
    'og:image:height': '630',
    'og:image:alt': pictureWords,
    'article:published_time': publishedAt,
    'article:modified_time': changedAt,
  }
  const written = Object.entries(tags).map(([name, said]) =>
    said ? `<meta property="${name}" content="${escaped(said)}">` : '',
  )
  return `${written.join('')}<meta name="twitter:card" content="summary_large_image">`
}

const feedLinks = ({ title, address, query }: NonNullable<Sheet['feeds']>) =>
  [
    ['application/atom+xml', 'atom'],
    ['application/feed+json', 'json'],
    ['text/calendar', 'ics'],
  ]
    .map(
      ([media, ending]) =>
        `<link rel="alternate" type="${media}" title="${escaped(title)}" href="${escaped(`${address}.${ending}${query}`)}">`,
    )
    .join('')

function head({ title, share, feeds, isHidden }: Sheet): string {
  const shared = share ? shareTags(title, share) : ''
  const robots = isHidden ? '<meta name="robots" content="noindex,nofollow,noarchive">' : ''
  const found = feeds ? feedLinks(feeds) : ''
  return `<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="theme-color" content="#12264d">${robots}<title>${escaped(title)}</title>${shared}${found}`
}

/** The page as text; times and dates in it are in the reader's language. */
export function pageText(to: Language, make: () => Sheet): string {
  const was = language.value
  language.value = to
  try {
    const sheet = make()
    const body = renderToString(sheet.body)
    const theme = sheet.theme ? ` data-theme="${sheet.theme}"` : ''
    return `<!doctype html><html lang="${to}"${theme}><head>${head(sheet)}<style>${styleFor(body)}</style></head><body>${body}</body></html>`
  } finally {
    language.value = was
  }
}

/** @param ancestors the pages that may show this one in a frame */
export const policyFor = (ancestors: string) =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${ancestors}`,
  ].join('; ')

/** @param accepts the request's Accept-Encoding */
export function pageAnswer(text: string, status: number, accepts: string | undefined): Response {
  const zips = /\bgzip\b/.test(accepts ?? '')
  return new Response(zips ? gzipSync(text) : text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyFor("'none'"),
      'cache-control': 'no-store',
      vary: 'Accept-Encoding, Accept-Language',
      ...(zips ? { 'content-encoding': 'gzip' } : {}),
    },
  })
}
