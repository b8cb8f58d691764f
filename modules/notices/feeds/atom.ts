// RFC 4287. Ours and not a library's: eighty lines, and nothing in them that a test does not read.
import { escaped, type Entry, type Feed } from '../entry.ts'

/** XML 1.0 has no way to write these, not even escaped. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
const text = (said: string) => escaped(said.toWellFormed().replaceAll(unwritable, ''))

const link = (rel: string, href: string, media: string, more = '') =>
  `<link rel="${rel}" type="${text(media)}" href="${text(href)}"${more}/>`

const enclosure = ({ url, name, media, size }: Entry['files'][number]) =>
  link('enclosure', url, media, ` length="${size}" title="${text(name)}"`)

const entryXml = (entry: Entry) =>
  [
    '<entry>',
    `<id>${entry.id}</id>`,
    `<title>${text(entry.title)}</title>`,
    link('alternate', entry.url, 'text/html'),
    `<published>${entry.publishedAt}</published>`,
    `<updated>${entry.updatedAt}</updated>`,
    `<author><name>${text(entry.author)}</name></author>`,
    `<category term="${text(entry.topic.key)}" label="${text(entry.topic.name)}"/>`,
    `<summary>${text(entry.summary)}</summary>`,
    `<content type="html">${text(entry.html)}</content>`,
    ...entry.files.map(enclosure),
    '</entry>',
  ].join('\n')

export const atomMedia = 'application/atom+xml'

export function atomOf(feed: Feed): string {
  const next = feed.next === undefined ? [] : [link('next', `${feed.address}.atom${feed.next}`, atomMedia)]
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">',
    `<id>${feed.id}</id>`,
    `<title>${text(feed.title)}</title>`,
    `<subtitle>${text(feed.about)}</subtitle>`,
    `<updated>${feed.updatedAt}</updated>`,
    link('self', `${feed.address}.atom${feed.query}`, atomMedia),
    link('alternate', feed.page, 'text/html'),
    ...next,
    '<generator>Loa Làng</generator>',
    ...feed.entries.map(entryXml),
    '</feed>\n',
  ].join('\n')
}
