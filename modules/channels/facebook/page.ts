// The commune's page: posts with their link and pictures, put right, taken away, and answers under what people write there.
import type { App } from '#core/module'
import type { Account } from '../account.ts'
import type { HandedOver } from '../channel.ts'
import { NotReached } from '../http-call.ts'
import type { Post, Posted, Poster } from '../poster.ts'
import { isDuplicate, isGone } from './graph-errors.ts'
import { graph, idIn, pageIdOf, refusedBy, type GraphAsked, type GraphSaid } from './graph.ts'

const noLine = { is: 'refused', why: 'no_line' } as const
const addressOfPost = (id: string) => `https://www.facebook.com/${encodeURIComponent(id)}`

/** @returns undefined where nothing went @throws Error where nobody knows */
const asked = (app: App, account: Account, what: GraphAsked) =>
  graph(app, account, what).catch((error: unknown) => {
    if (error instanceof NotReached) return undefined
    throw error
  })

/** Meta takes JPEG and PNG everywhere. */
async function asTaken({ bytes, media, name }: Post['pictures'][number]) {
  if (media !== 'image/webp') return { bytes, media, name }
  const { default: sharp } = await import('sharp')
  return { bytes: await sharp(bytes).jpeg({ quality: 85 }).toBuffer(), media: 'image/jpeg', name }
}

/** Nobody sees a picture before its post: one whose answer was lost may go again. */
async function upload(app: App, account: Account, page: string, pictures: Post['pictures']) {
  const ids: string[] = []
  for (const picture of pictures) {
    const file = { ...(await asTaken(picture)), fields: { published: 'false' } }
    const said = await asked(app, account, { method: 'POST', path: `${page}/photos`, file }).catch(() => undefined)
    if (!said) return noLine
    if (said.is === 'error') return refusedBy(said)
    const id = idIn(said.json, 'id')
    if (id === undefined) return { is: 'refused', why: 'provider_down' } as const
    ids.push(id)
  }
  return ids
}

function becomes(said: GraphSaid | undefined): Posted {
  if (!said) return noLine
  // The same words stood there a moment ago: an answer was lost, and it was posted.
  if (said.is === 'error') return said.error && isDuplicate(said.error) ? { is: 'accepted' } : refusedBy(said)
  const id = idIn(said.json, 'id')
  return id === undefined ? { is: 'accepted' } : { is: 'accepted', ids: [id], url: addressOfPost(id) }
}

async function post(app: App, account: Account, outlet: string, { text, link, pictures }: Post): Promise<Posted> {
  const page = encodeURIComponent(outlet)
  const ids = await upload(app, account, page, pictures)
  if (!Array.isArray(ids)) return ids
  // A post has pictures or a link's card; the link stands in the words too.
  const more = ids.length ? { attached_media: ids.map(id => ({ media_fbid: id })) } : { link }
  return becomes(await asked(app, account, { method: 'POST', path: `${page}/feed`, body: { message: text, ...more } }))
}

const done = (said: GraphSaid | undefined, isDone: (said: GraphSaid & { is: 'error' }) => boolean): HandedOver => {
  if (!said) return noLine
  return said.is === 'ok' || isDone(said) ? { is: 'accepted' } : refusedBy(said)
}

export const page: Poster = {
  platform: 'facebook',
  takesKey: false,
  outlets: (_, account) => {
    const id = pageIdOf(account)
    return Promise.resolve([{ id, name: account.name, url: addressOfPost(id) }])
  },
  post,
  change: async (app, account, _, id, { text }) =>
    done(
      await asked(app, account, { method: 'POST', path: encodeURIComponent(id), body: { message: text } }),
      () => false,
    ),
  remove: async (app, account, _, id) =>
    done(
      await asked(app, account, { method: 'DELETE', path: encodeURIComponent(id) }),
      ({ error }) => error !== undefined && isGone(error),
    ),
  answer: async (app, account, comment, words) =>
    becomes(
      await asked(app, account, {
        method: 'POST',
        path: `${encodeURIComponent(comment)}/comments`,
        body: { message: words },
      }),
    ),
}
