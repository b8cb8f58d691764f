// JSON Feed 1.1 (jsonfeed.org/version/1.1).
import type { Entry, Feed } from '../entry.ts'

export const jsonFeedMedia = 'application/feed+json'

const itemOf = (entry: Entry) => ({
  id: entry.id,
  url: entry.url,
  title: entry.title,
  content_html: entry.html,
  summary: entry.summary,
  date_published: entry.publishedAt,
  date_modified: entry.updatedAt,
  authors: [{ name: entry.author }],
  tags: [entry.topic.name],
  language: 'vi',
  ...(entry.files.length
    ? {
        attachments: entry.files.map(({ url, name, media, size }) => ({
          url,
          mime_type: media,
          title: name,
          size_in_bytes: size,
        })),
      }
    : {}),
})

export const jsonFeedOf = (feed: Feed) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: feed.about,
    home_page_url: feed.page,
    feed_url: `${feed.address}.json${feed.query}`,
    ...(feed.next === undefined ? {} : { next_url: `${feed.address}.json${feed.next}` }),
    language: 'vi',
    items: feed.entries.map(itemOf),
  })
