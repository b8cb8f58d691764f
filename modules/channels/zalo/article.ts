// An article of the Official Account, of which all its followers are told at once (broadcast): made, asked for until it stands, told.
// It is told once and never again: where that answer was lost, a person looks.
import { minuteOfDay, now } from '#core/clock'
import type { App } from '#core/module'
import type { Account } from '../account.ts'
import type { HandedOver } from '../channel.ts'
import { at } from '../http-profile.ts'
import type { Outlet, Post, Posted } from '../poster.ts'
import { ask, refuse } from './api.ts'
import { isNight } from './meaning.ts'
import { text } from './settings.ts'
import {
  findArticle,
  findNamedArticle,
  forgetArticle,
  moveArticle,
  putMade,
  putMaking,
  type ArticleOf,
} from './store-article.ts'
import { cutTo } from './words.ts'

/** Letters that Zalo gives each. */
const room = { title: 150, author: 50, about: 300 }
const mostMakingMs = 600_000

type Refused = Extract<HandedOver, { is: 'refused' }>

const pageOf = ({ settings }: Account) => `https://zalo.me/${text(settings, 'oaId') ?? ''}`

/** What the outlet is called among those of the account. */
export const articleName = 'article'

export const articleOutlet = (account: Account): Outlet => ({
  id: articleName,
  name: account.name,
  words: 'zalo.article',
  url: pageOf(account),
})

/** Every line a paragraph, then the pictures; the notice's own picture is the cover, which Zalo wants of each. */
export const articleOf = (post: Post) => ({
  type: 'normal',
  title: cutTo(post.title, room.title),
  author: cutTo(post.author, room.author),
  cover: { cover_type: 'photo', photo_url: post.card, status: 'show' },
  description: cutTo(post.text.replaceAll(/\s+/g, ' ').trim(), room.about),
  status: 'show',
  body: [
    ...post.text
      .split('\n')
      .filter(line => line.trim())
      .map(content => ({ type: 'text', content })),
    ...post.pictureAddresses.map(url => ({ type: 'image', url })),
  ],
})

const asked = (app: App, account: Account, path: string, body: object) => ask(app, account, { door: 'api', path, body })

/** No broadcast in the night: it waits for the morning, and an emergency is a person's. */
const inTheNight = (app: App, account: Account, { isEmergency }: Post) =>
  refuse(app, account, isEmergency ? 'not_at_night' : 'night')

async function begin(app: App, account: Account, of: ArticleOf, post: Post): Promise<Refused | { token: string }> {
  const said = await asked(app, account, '/v2.0/article/create', articleOf(post))
  if (said.is === 'refused') return said
  const token = at(said.data, 'token')
  if (token === undefined) throw new Error('an article without a token')
  await putMaking(app.sql, of, { token, at: now() })
  return { token }
}

/** It is not there yet: asked again later, for some minutes. One that never comes is a person's. */
async function made(app: App, account: Account, of: ArticleOf, m: { token: string; begunAt: Date }) {
  const said = await asked(app, account, '/v2.0/article/verify', { token: m.token })
  if (said.is === 'refused' && said.why !== 'being_made') return said
  const id = said.is === 'answered' ? (at(said.data, 'id') ?? at(said.data, 'article_id')) : undefined
  if (id !== undefined) {
    await putMade(app.sql, of, id)
    return id
  }
  if (now().getTime() - m.begunAt.getTime() < mostMakingMs) return refuse(app, account, 'being_made')
  await forgetArticle(app.sql, of)
  return refuse(app, account, 'message_refused')
}

const broadcastOf = (id: string) => ({
  // Every follower, whatever his sex.
  recipient: { target: { gender: '0' } },
  message: {
    attachment: {
      type: 'template',
      payload: { template_type: 'media', elements: [{ media_type: 'article', attachment_id: id }] },
    },
  },
})

/** The intent is written first. What is no plain refusal may have gone: nobody tells it again. @throws Error where nobody knows */
async function tell(app: App, account: Account, of: ArticleOf, { id, post }: { id: string; post: Post }) {
  if (!(await moveArticle(app.sql, of, 'made', 'telling'))) throw new Error('told of by another')
  const said = await asked(app, account, '/v2.0/oa/message', broadcastOf(id))
  if (said.is === 'refused') {
    if (said.why === 'provider_down') throw new Error('nobody knows whether it was told')
    await moveArticle(app.sql, of, 'telling', 'made')
    return said.why === 'night' ? inTheNight(app, account, post) : said
  }
  await moveArticle(app.sql, of, 'telling', 'told')
  return undefined
}

export async function postArticle(app: App, account: Account, post: Post): Promise<Posted> {
  const of = { tenant: account.tenant, account: account.id, key: post.key }
  const done = (id: string): Posted => ({ is: 'accepted', ids: [id], url: pageOf(account) })
  const known = await findArticle(app.sql, of)
  if (known?.state === 'told') return done(known.articleId!)
  if (known?.state === 'telling') throw new Error('nobody knows whether it was told')
  if (isNight(minuteOfDay(now()))) return inTheNight(app, account, post)
  const begun = known ?? (await begin(app, account, of, post))
  if ('is' in begun) return begun
  const id = known?.articleId ?? (await made(app, account, of, { begunAt: now(), ...begun }))
  if (typeof id !== 'string') return id
  return (await tell(app, account, of, { id, post })) ?? done(id)
}

/** The article alone; nobody is told again. */
export async function changeArticle(app: App, account: Account, id: string, post: Post): Promise<Posted> {
  const said = await asked(app, account, '/v2.0/article/update', { id, ...articleOf(post) })
  return said.is === 'refused' ? said : { is: 'accepted' }
}

/** One whose first answer was lost is gone when Zalo no longer knows it. */
export async function removeArticle(app: App, account: Account, id: string): Promise<Posted> {
  const row = await findNamedArticle(app.sql, account.tenant, account.id, id)
  const of = row && { tenant: account.tenant, account: account.id, key: row.key }
  if (of) await moveArticle(app.sql, of, row.state, 'removing')
  const said = await asked(app, account, '/v2.0/article/remove', { id })
  if (said.is === 'answered') return { is: 'accepted' }
  return row?.state === 'removing' && said.why === 'message_refused' ? { is: 'accepted' } : said
}

/** Whatever was made for a post that did not end. */
export async function dropArticle(app: App, account: Account, key: string): Promise<Posted> {
  const of = { tenant: account.tenant, account: account.id, key }
  const row = await findArticle(app.sql, of)
  if (!row) return { is: 'accepted' }
  const id = row.articleId ?? (await made(app, account, of, row))
  if (typeof id === 'string') return removeArticle(app, account, id)
  // One that never came is not there.
  return id.why === 'message_refused' ? { is: 'accepted' } : id
}
