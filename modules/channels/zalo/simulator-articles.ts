// Zalo's articles on this machine: made behind a token, told of to every follower by a broadcast that goes by day alone.

export interface Article {
  title: string
  author: string
  description: string
  status: string
  cover: { photo_url: string }
  body: { type: string; content?: string; url?: string }[]
}

type Body = Record<string, unknown>
type Said = Record<string, unknown>

interface Shelf {
  articles: Map<string, Article>
  /** What each token is about, and how often it is still asked for in vain. */
  jobs: Map<string, { id: string; left: number }>
  /** How often a new token is asked for in vain. */
  making: number
  quota: { broadcast: number }
  isNight: () => boolean
  /** Notes a broadcast. @returns its name */
  tell: (article: string, title: string) => string
}

const answer = (data: object) => ({ error: 0, message: 'Success', data })
const no = (error: number, message: string) => ({ error, message })
const text = (value: unknown) => (typeof value === 'string' ? value : '')

const isWhole = ({ type, title, author, description, cover, body }: Body) =>
  type === 'normal' &&
  [
    [title, 150],
    [author, 50],
    [description, 300],
  ].every(([words, most]) => text(words) && Array.from(text(words)).length <= Number(most)) &&
  text((cover as Body | undefined)?.['photo_url']).startsWith('http') &&
  Array.isArray(body) &&
  body.length > 0

function begin(shelf: Shelf, body: Body): Said {
  if (!isWhole(body)) return no(-201, 'article is invalid')
  const id = text(body['id']) || `bai-${shelf.jobs.size + 1}`
  if (body['id'] && !shelf.articles.has(id)) return no(-201, 'id is invalid')
  const { title, author, description, cover, body: parts } = body as unknown as Article
  // Without a word of it an article is hidden.
  const status = text(body['status']) || 'hide'
  shelf.articles.set(id, { title, author, description, cover, status, body: parts })
  const token = `ve-${shelf.jobs.size + 1}`
  shelf.jobs.set(token, { id, left: shelf.making })
  return answer({ token })
}

/** In the making it says so by a code, or answers without a name. */
function verify(shelf: Shelf, body: Body): Said {
  const job = shelf.jobs.get(text(body['token']))
  if (!job) return no(-201, 'token is invalid')
  if (job.left-- > 0) return job.left % 2 ? answer({}) : no(-214, 'still processing')
  return answer({ id: job.id })
}

function broadcast(shelf: Shelf, { recipient, message }: Body): Said {
  const payload = ((message as Body | undefined)?.['attachment'] as Body | undefined)?.['payload'] as Body | undefined
  const [element] = (payload?.['elements'] ?? []) as Body[]
  const id = text(element?.['attachment_id'])
  const article = shelf.articles.get(id)
  if (!(recipient as Body | undefined)?.['target']) return no(-201, 'target is missing')
  if ((message as Body)['text'] !== undefined || element?.['media_type'] !== 'article' || article?.status !== 'show')
    return no(-201, 'only an article that is shown is broadcast')
  if (shelf.isNight()) return no(-234, 'not in the night')
  if (shelf.quota.broadcast <= 0) return no(-211, 'out of quota')
  shelf.quota.broadcast--
  return answer({ message_id: shelf.tell(id, article.title) })
}

const remove = (shelf: Shelf, body: Body): Said =>
  shelf.articles.delete(text(body['id'])) ? answer({}) : no(-201, 'id is invalid')

const doors: Readonly<Record<string, (shelf: Shelf, body: Body) => Said>> = {
  '/v2.0/article/create': (shelf, body) => begin(shelf, { ...body, id: undefined }),
  '/v2.0/article/update': (shelf, body) => (body['id'] ? begin(shelf, body) : no(-201, 'id is missing')),
  '/v2.0/article/verify': verify,
  '/v2.0/article/remove': remove,
  '/v2.0/oa/message': broadcast,
}

export function articlesOf(of: Pick<Shelf, 'quota' | 'isNight' | 'tell'>) {
  const shelf: Shelf = { ...of, articles: new Map(), jobs: new Map(), making: 1 }
  return {
    articles: shelf.articles,
    /** How often the next token is asked for in vain. */
    takesLong(times: number) {
      shelf.making = times
    },
    /** @returns undefined where there is no such door */
    door: (path: string, body: Body) => doors[path]?.(shelf, body),
  }
}
