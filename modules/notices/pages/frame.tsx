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

export interface Sheet {
  title: string
  /** What a chat shows of the link; only of what is public. */
  about?: string | undefined
  isHidden?: boolean
  body: VNode
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function head({ title, about, isHidden }: Sheet): string {
  const shared = about
    ? `<meta property="og:title" content="${escaped(title)}"><meta property="og:description" content="${escaped(about)}"><meta property="og:type" content="article">`
    : ''
  const robots = isHidden ? '<meta name="robots" content="noindex,nofollow,noarchive">' : ''
  return `<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="theme-color" content="#12264d">${robots}<title>${escaped(title)}</title>${shared}`
}

/** The page as text; times and dates in it are in the reader's language. */
export function pageText(to: Language, make: () => Sheet): string {
  const was = language.value
  language.value = to
  try {
    const sheet = make()
    const body = renderToString(sheet.body)
    return `<!doctype html><html lang="${to}"><head>${head(sheet)}<style>${styleFor(body)}</style></head><body>${body}</body></html>`
  } finally {
    language.value = was
  }
}

const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** @param accepts the request's Accept-Encoding */
export function pageAnswer(text: string, status: number, accepts: string | undefined): Response {
  const zips = /\bgzip\b/.test(accepts ?? '')
  return new Response(zips ? gzipSync(text) : text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      vary: 'Accept-Encoding, Accept-Language',
      ...(zips ? { 'content-encoding': 'gzip' } : {}),
    },
  })
}
