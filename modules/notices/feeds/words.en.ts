import type { feedsVi } from './words.vi.ts'

export const feedsEn: Record<keyof typeof feedsVi, string> = {
  'notices.feed.title': '{unit}: notices',
  'notices.feed.title_topic': '{unit}: notices, {topic}',
  'notices.feed.about': 'Public notices of the authorities, sent by Loa Làng. Nothing that is for one home alone.',
  'notices.feed.calendar': '{unit}: dates',
  'notices.feed.emergency': 'Emergency: {title}',
  'notices.feed.when': 'When: {when}',
  'notices.feed.withdrawn_title': 'Withdrawn: {title}',
  'notices.feed.withdrawn': 'This notice no longer holds. Reason: {reason}',
  'notices.page.list_title': '{unit}: notices',
  'notices.page.list_none': 'No public notice yet.',
  'notices.page.list_more': 'Older notices',
  'notices.page.list_all': 'See all notices',
  'notices.page.list_withdrawn': 'Withdrawn',
  'notices.page.list_follow': 'Follow',
  'notices.page.list_calendar': 'Add the dates to this phone',
  'notices.page.list_atom': 'Atom feed',
  'notices.page.list_json': 'JSON feed',
  'notices.page.add_date': 'Add to calendar',
  'notices.page.card_alt': '{unit}: {title}',
}
