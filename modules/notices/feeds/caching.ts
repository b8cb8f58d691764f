// Readers ask again and again: whoever has the newest is told so in a few bytes.
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from 'hono'
import { nowMs } from '#core/clock'

const zip = promisify(gzip)

const wholeSecond = (at: Date) => Math.floor(at.getTime() / 1000) * 1000

/** Is what the asker has still the newest? A tag that he names decides alone (RFC 9110, 13.2.2). */
function isKnown(c: Context, tag: string, changedAt: number | undefined): boolean {
  const tags = c.req.header('if-none-match')
  if (tags !== undefined) return tags === '*' || tags.split(',').some(one => one.trim() === tag)
  const since = Date.parse(c.req.header('if-modified-since') ?? '')
  return changedAt !== undefined && changedAt <= since
}

/**
 * @param changedAt the newest change in it; a second that is not over yet is not told: it may see another change.
 * @param more headers of this kind of answer
 */
export async function cached(
  c: Context,
  { text, media, changedAt }: { text: string; media: string; changedAt?: Date | undefined },
  more: Record<string, string> = {},
): Promise<Response> {
  const tag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  const second = changedAt && wholeSecond(changedAt)
  const told = second !== undefined && second + 1000 <= nowMs() ? second : undefined
  const headers = {
    etag: tag,
    'cache-control': 'public, max-age=60',
    vary: 'Accept-Encoding',
    ...(told === undefined ? {} : { 'last-modified': new Date(told).toUTCString() }),
    ...more,
  }
  if (isKnown(c, tag, told)) return new Response(null, { status: 304, headers })
  const isZipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
  const body = isZipped ? new Uint8Array(await zip(text)) : text
  return new Response(body, {
    headers: { ...headers, 'content-type': media, ...(isZipped ? { 'content-encoding': 'gzip' } : {}) },
  })
}
