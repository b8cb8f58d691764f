// Where the Official Account posts by itself: its own articles, and the groups that it owns.
import type { Posted, Poster } from '../poster.ts'
import { articleName, articleOutlet, changeArticle, dropArticle, postArticle, removeArticle } from './article.ts'
import { groups } from './groups.ts'

const notPossible = (): Promise<Posted> => Promise.resolve({ is: 'refused', why: 'not_possible' })
const isArticle = (outlet: string) => outlet === articleName
/** Then it has no groups, or may not have them; of anything else it can say nothing now. */
const meansNoGroups = new Set(['account_blocked', 'not_possible', 'message_refused'])

export const places: Poster = {
  platform: 'zalo',
  takesKey: false,
  async outlets(app, account) {
    const owned = await groups.outlets(app, account)
    const article = articleOutlet(account)
    if (typeof owned === 'string') return meansNoGroups.has(owned) ? [article] : owned
    return [article, ...owned]
  },
  post: (app, account, outlet, post) =>
    isArticle(outlet) ? postArticle(app, account, post) : groups.post(app, account, outlet, post),
  change: (app, account, outlet, id, post) =>
    isArticle(outlet) ? changeArticle(app, account, id, post) : notPossible(),
  drop: (app, account, outlet, key) =>
    isArticle(outlet) ? dropArticle(app, account, key) : Promise.resolve({ is: 'accepted' }),
  remove: (app, account, outlet, id) => (isArticle(outlet) ? removeArticle(app, account, id) : notPossible()),
}
