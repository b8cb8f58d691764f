// Meta on this machine: the Graph API of one page, its Messenger with its windows, and its signed calls back. Written from Meta's own
// pages, not from the sender.
import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PagePost {
  id: string
  message: string
  link: string | undefined
  pictures: string[]
  isPublished: boolean
  comments: { id: string; message: string }[]
}
export interface PageMessage {
  mid: string
  to: string
  text: string
  manner: string
  buttons: { title: string; payload: string }[]
  at: number
}

/** `hang_up`: it does what it is asked and the line breaks. `html`: what stands before it is down. A code: an error of the Graph API. */
export type MetaAnswer = 'take' | 'hang_up' | 'html' | { code: number; subcode?: number }

const version = 26
const oldest = 25
const login = {
  pageId: '104857600000001',
  pageToken: 'MA-TRANG-THU',
  appSecret: 'BI-MAT-UNG-DUNG-THU',
  verifyWord: 'loa-thu',
}
const hourMs = 3_600_000

const sentences: Record<number, string> = {
  4: 'Application request limit reached',
  10: 'Application does not have permission for this action',
  100: 'Invalid parameter',
  190: 'Error validating access token: Session has expired.',
  368: 'The action attempted has been deemed abusive or is otherwise disallowed',
  506: 'Duplicate status message',
  613: 'Calls to this API have exceeded the rate limit.',
}

class Refused extends Error {
  readonly code: number
  readonly subcode: number | undefined
  constructor(code: number, subcode?: number) {
    super(sentences[code] ?? 'An unexpected error has occurred.')
    this.code = code
    this.subcode = subcode
  }
}

type Fields = Record<string, unknown>

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}

async function fieldsOf(request: IncomingMessage, url: URL): Promise<Fields> {
  const query = Object.fromEntries(url.searchParams)
  if (request.method !== 'POST') return query
  const body = await bytesOf(request)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    return { ...query, ...Object.fromEntries(form) }
  }
  return { ...query, ...(JSON.parse(body.toString('utf8')) as Fields) }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Meta writes every letter that is not ASCII as `\uXXXX`, small, and signs these bytes. */
export const escaped = (value: unknown) =>
  JSON.stringify(value).replaceAll(/[^\0-\x7e]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

interface Options {
  port?: number
  /** Its clock, in milliseconds: windows close by it. */
  clock?: () => number
  tookPost?: (post: PagePost) => void
  /** Told of each answer of the page under what somebody wrote. */
  tookAnswer?: (words: string) => void
  tookMessage?: (message: PageMessage) => void
}

type Clock = () => number

/** One page: its posts, who wrote to it, and what may be done there now. */
class MetaPage {
  readonly posts: PagePost[] = []
  readonly photos = new Map<string, { bytes: number; media: string }>()
  readonly messages: PageMessage[] = []
  readonly spoke = new Map<string, number>()
  readonly blocked = new Set<string>()
  isExpired = false
  meanwhile: (() => Promise<unknown>) | undefined
  humanAgent = false
  #made = 0
  readonly clock: Clock
  readonly #told: Pick<Options, 'tookPost' | 'tookAnswer' | 'tookMessage'>

  constructor(clock: Clock, told: Pick<Options, 'tookPost' | 'tookAnswer' | 'tookMessage'>) {
    this.clock = clock
    this.#told = told
  }

  /** Longer than what JavaScript's numbers hold. */
  nextId = () => `${9_007_199_254_740_993n + BigInt(this.#made++)}`

  mayCall(fields: Fields) {
    if (this.isExpired || fields['access_token'] !== login.pageToken) throw new Refused(190, 463)
    const proof = createHmac('sha256', login.appSecret).update(login.pageToken).digest('hex')
    if (fields['appsecret_proof'] !== proof) throw new Refused(100)
  }

  feed(fields: Fields) {
    const message = text(fields['message'])
    const media = (fields['attached_media'] ?? []) as { media_fbid: string }[]
    if (media.some(one => !this.photos.has(one.media_fbid))) throw new Refused(100)
    if (media.length && fields['link'] !== undefined) throw new Refused(100)
    const isPublished = fields['published'] !== false
    if (isPublished && this.posts.at(-1)?.message === message) throw new Refused(506)
    const post: PagePost = {
      id: `${login.pageId}_${this.nextId()}`,
      message,
      link: fields['link'] === undefined ? undefined : text(fields['link']),
      pictures: media.map(one => one.media_fbid),
      isPublished,
      comments: [],
    }
    this.posts.push(post)
    this.#told.tookPost?.(post)
    return { id: post.id }
  }

  photo(fields: Fields) {
    const file = fields['source']
    if (!(file instanceof Blob) || !file.size || !['image/jpeg', 'image/png'].includes(file.type))
      throw new Refused(100)
    if (fields['published'] !== 'false') throw new Refused(100)
    const id = this.nextId()
    this.photos.set(id, { bytes: file.size, media: file.type })
    return { id }
  }

  #mannerTo(to: string, fields: Fields) {
    const at = this.spoke.get(to)
    if (at === undefined) throw new Refused(100, 2_018_001)
    if (this.blocked.has(to)) throw new Refused(551)
    const since = this.clock() - at
    if (fields['messaging_type'] === 'RESPONSE' && since < 24 * hourMs) return 'RESPONSE'
    if (fields['tag'] === 'HUMAN_AGENT' && this.humanAgent && since < 168 * hourMs) return 'HUMAN_AGENT'
    throw new Refused(10, 2_018_278)
  }

  message(fields: Fields) {
    const to = text((fields['recipient'] as Fields | undefined)?.['id'])
    const said = (fields['message'] ?? {}) as Fields
    const words = text(said['text'])
    if (!words || Array.from(words).length > 2000) throw new Refused(100)
    const manner = this.#mannerTo(to, fields)
    const buttons = ((said['quick_replies'] ?? []) as Fields[]).map(one => ({
      title: text(one['title']),
      payload: text(one['payload']),
    }))
    if (buttons.some(one => !one.title || Array.from(one.title).length > 20)) throw new Refused(100)
    const one = { mid: `m_${randomUUID()}`, to, text: words, manner, buttons, at: this.clock() }
    this.messages.push(one)
    this.#told.tookMessage?.(one)
    return { recipient_id: to, message_id: one.mid }
  }

  comment(id: string, words: string) {
    const where = this.posts.find(post => post.id === id || post.comments.some(one => one.id === id))
    if (!where) throw new Refused(100, 33)
    const made = { id: `${where.id.split('_')[1]}_${this.nextId()}`, message: words }
    where.comments.push(made)
    return made
  }

  answers(id: string, words: string) {
    const made = this.comment(id, words)
    this.#told.tookAnswer?.(words)
    return { id: made.id }
  }

  onPost(method: string, id: string, fields: Fields) {
    const post = this.posts.find(one => one.id === id)
    if (!post) throw new Refused(100, 33)
    if (method === 'DELETE') this.posts.splice(this.posts.indexOf(post), 1)
    else post.message = text(fields['message'])
    return { success: true }
  }

  obey(method: string, path: string, fields: Fields): object {
    const [, wanted, id = '', edge] = /^\/v(\d+)\.0\/([\w-]+)(?:\/(\w+))?$/.exec(path) ?? []
    if (!wanted || Number(wanted) < oldest || Number(wanted) > version) throw new Refused(2635)
    this.mayCall(fields)
    if (edge === 'comments' && method === 'POST') return this.answers(id, text(fields['message']))
    if (id !== login.pageId) return this.onPost(method, id, fields)
    if (method === 'POST' && edge === 'feed') return this.feed(fields)
    if (method === 'POST' && edge === 'photos') return this.photo(fields)
    if (method === 'POST' && edge === 'messages') return this.message(fields)
    throw new Refused(100)
  }
}

const errorBody = ({ code, subcode, message }: Refused) => ({
  error: {
    message: `(#${code}) ${message}`,
    type: 'OAuthException',
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    fbtrace_id: 'AbCdEf',
  },
})

/** @param answerNow how it behaves at the moment of the call */
function serverOf(page: MetaPage, answerNow: () => MetaAnswer) {
  return createServer((request, response) => {
    const answer = answerNow()
    const url = new URL(request.url ?? '/', 'http://localhost')
    const end = (status: number, body: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json', date: new Date(page.clock()).toUTCString() })
        .end(JSON.stringify(body))
    const work = async () => {
      const fields = await fieldsOf(request, url)
      if (answer === 'html') return response.writeHead(503, { 'content-type': 'text/html' }).end('<html>')
      if (typeof answer === 'object') throw new Refused(answer.code, answer.subcode)
      await page.meanwhile?.()
      const said = page.obey(request.method ?? '', url.pathname, fields)
      return answer === 'hang_up' ? request.socket.destroy() : end(200, said)
    }
    work().catch((error: unknown) => {
      if (!(error instanceof Refused)) return request.socket.destroy()
      return end(error.code === 190 ? 401 : 400, errorBody(error))
    })
  })
}

/** A call as Meta sends it: its bytes and their signature. */
function batchAt(clock: Clock, entry: Fields) {
  const body = escaped({ object: 'page', entry: [{ id: login.pageId, time: clock(), ...entry }] })
  const signature = `sha256=${createHmac('sha256', login.appSecret).update(body).digest('hex')}`
  return { body, headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature } }
}

/** Somebody writes under a post: a change, `batch({ changes: […] })`. */
function commentOn(page: MetaPage, post: PagePost, words: string, who = '7001') {
  const made = page.comment(post.id, words)
  const value = {
    item: 'comment',
    verb: 'add',
    comment_id: made.id,
    post_id: post.id,
    parent_id: post.id,
    from: { id: who, name: 'Người Xem' },
    message: words,
    created_time: Math.floor(page.clock() / 1000),
  }
  return { field: 'feed', value }
}

/** What people do, as events; put some into one call with `batch({ messaging: […] })`. */
function eventsOf(page: MetaPage) {
  const { clock } = page
  const from = (psid: string) => ({ sender: { id: psid }, recipient: { id: login.pageId }, timestamp: clock() })
  const speaks = (psid: string, more: Fields) => {
    page.spoke.set(psid, clock())
    return { ...from(psid), ...more }
  }
  const mid = () => `m_${randomUUID()}`
  return {
    says: (psid: string, words: string) => speaks(psid, { message: { mid: mid(), text: words } }),
    sticks: (psid: string) =>
      speaks(psid, { message: { mid: mid(), attachments: [{ type: 'sticker', payload: {} }] } }),
    taps: (psid: string, { buttons: [button] }: PageMessage) =>
      speaks(psid, { message: { mid: mid(), text: button!.title, quick_reply: { payload: button!.payload } } }),
    presses: (psid: string, payload: string) => speaks(psid, { postback: { mid: mid(), title: 'Đã rõ', payload } }),
    opens: (psid: string, ref: string) => speaks(psid, { referral: { ref, source: 'SHORTLINK', type: 'OPEN_THREAD' } }),
    delivered: (psid: string, until: number, mids?: string[]) => ({
      ...from(psid),
      delivery: { ...(mids ? { mids } : {}), watermark: until },
    }),
    reads: (psid: string, until: number) => ({ ...from(psid), read: { watermark: until } }),
    echo: (psid: string, words: string) => ({
      ...from(psid),
      sender: { id: login.pageId },
      message: { mid: mid(), text: words, is_echo: true },
    }),
    comments: (post: PagePost, words: string, who?: string) => commentOn(page, post, words, who),
  }
}

export async function startMeta({ port: wished = 0, clock = Date.now, ...told }: Options = {}) {
  const page = new MetaPage(clock, told)
  let answer: MetaAnswer = 'take'
  const server = serverOf(page, () => answer)
  const port = await new Promise<number>((done, failed) => {
    server.once('error', failed)
    server.listen(wished, '127.0.0.1', () => done((server.address() as AddressInfo).port))
  })
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    login,
    posts: () => page.posts,
    photos: () => page.photos,
    messages: () => page.messages,
    answerWith(next: MetaAnswer) {
      answer = next
    },
    /** What is done elsewhere before each call is answered. */
    meanwhile(work: MetaPage['meanwhile']) {
      page.meanwhile = work
    },
    /** The token is no longer good: 190 until it is. */
    expire(isExpired = true) {
      page.isExpired = isExpired
    },
    allowHumanAgent() {
      page.humanAgent = true
    },
    block: (psid: string) => page.blocked.add(psid),
    ...eventsOf(page),
    batch: (entry: Fields) => batchAt(clock, entry),
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
