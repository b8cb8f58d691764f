// Zalo on this machine, as it documents itself: errors that come with 200, windows by its own clock, quotas, templates, its calls back.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { articlesOf } from './simulator-articles.ts'
import { callsOf, type Signing } from './simulator-calls.ts'
import { grants, type Login } from './simulator-grant.ts'

export interface ZaloTaken {
  id: string
  way: 'cs' | 'uid' | 'phone' | 'group' | 'broadcast'
  to: string
  text: string
  data?: Record<string, string>
  tracking?: string
}

interface User {
  lastAt: number
  follows: boolean
  blocks: boolean
  hasZalo: boolean
}

interface Template {
  words: string[]
  tag: 1 | 2 | 3
  isOn: boolean
}

/** `hang_up`: it takes the message and the line breaks before it answers. */
export type ZaloTrouble = 'none' | 'down' | 'hang_up' | { error: number }

interface Asked {
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  words: string
}

const hour = 3_600_000
const login: Login = {
  appId: '4080000000000000001',
  oaId: '2510000000000000002',
  appSecret: 'BI-MAT-APP-THU',
  oaSecretKey: 'KHOA-OA-THU',
}

interface Options {
  /** Told of each message that it takes. */
  took?: (one: ZaloTaken) => unknown
  port?: number
  clock?: () => number
  perMinute?: number
  /** Numbers that have Zalo beside those that it is told of. */
  hasZalo?: (number: string) => boolean
}

interface World {
  clock: () => number
  hasZalo: (number: string) => boolean
  users: Map<string, User>
  templates: Map<string, Template>
  groups: Map<string, { name: string; members: number }>
  taken: ZaloTaken[]
  took: ((one: ZaloTaken) => unknown) | undefined
  quota: { phone: number; uid: number; broadcast: number }
  shelf: ReturnType<typeof articlesOf>
  isAdmin: (phone: string) => boolean
}

const answer = (data: object) => ({ error: 0, message: 'Success', data })
const no = (error: number, message: string) => ({ error, message })
const minuteIn = (at: number) => Math.floor((at + 7 * hour) / 60_000) % 1440
const isNight = (at: number) => minuteIn(at) >= 22 * 60 || minuteIn(at) < 6 * 60
const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** The id of a message is longer than JavaScript's numbers. */
function take(world: World, one: Omit<ZaloTaken, 'id'>): string {
  const id = `90071992547409${String(world.taken.length).padStart(6, '0')}`
  world.taken.push({ ...one, id })
  world.took?.({ ...one, id })
  return id
}

function consult(world: World, body: Record<string, unknown>) {
  const to = text((body['recipient'] as Record<string, unknown> | undefined)?.['user_id'])
  const words = text((body['message'] as Record<string, unknown> | undefined)?.['text'])
  const user = world.users.get(to)
  if (!user) return no(-201, 'user_id is invalid')
  if (user.blocks) return no(-217, 'User has blocked invitation')
  if (!words || Array.from(words).length > 2000 || words !== words.normalize('NFC')) return no(-201, 'text is invalid')
  if (world.clock() - user.lastAt > 7 * 24 * hour)
    return no(-230, 'User has not interacted with the OA in the past 7 days')
  return answer({ message_id: take(world, { way: 'cs', to, text: words }), user_id: to })
}

function templated(world: World, body: Record<string, unknown>, isByPhone: boolean) {
  const { clock, templates, users, quota } = world
  const template = templates.get(text(body['template_id']))
  const data = (body['template_data'] ?? {}) as Record<string, string>
  const to = text(body[isByPhone ? 'phone' : 'user_id'])
  const user = users.get(to)
  const isTrial = body['mode'] === 'development'
  if (!template) return no(isByPhone ? -112 : -201, 'template not found')
  if (!template.isOn) return no(-131, 'ZNS template not approved')
  if (template.words.some(word => !data[word]) || Object.keys(data).some(word => !template.words.includes(word)))
    return no(-1121, 'template data is invalid')
  if (isByPhone && !/^84\d{9}$/.test(to)) return no(-108, 'phone number is invalid')
  if (isTrial && !world.isAdmin(to)) return no(-1124, 'development mode sends to administrators only')
  const isThere = user ? user.hasZalo : isByPhone && world.hasZalo(to)
  if (!isTrial && !isThere) return no(isByPhone ? -118 : -213, 'no such user')
  if (user?.blocks) return no(isByPhone ? -139 : -217, 'user refuses')
  if (!isByPhone && !user?.follows) return no(-213, 'user has not followed the OA')
  if (template.tag === 3 && isNight(clock())) return no(-234, 'not in the night')
  const product = isByPhone ? 'phone' : 'uid'
  if (!isTrial && quota[product] <= 0) return no(isByPhone ? -144 : -211, 'out of quota')
  if (!isTrial) quota[product]--
  const id = take(world, { way: product, to, text: '', data, tracking: text(body['tracking_id']) })
  return isByPhone
    ? answer({
        msg_id: id,
        sent_time: String(clock()),
        quota: { dailyQuota: '500', remainingQuota: String(quota.phone) },
      })
    : answer({ message_id: id, user_id: to })
}

function windowOf(world: World, body: Record<string, unknown>) {
  const user = world.users.get(text(body['user_id']))
  if (!user) return no(-201, 'user_id is invalid')
  return answer({ last_interaction: user.lastAt, cs_reply: { remain: 8, total: 8 } })
}

function listGroups(world: World, query: URLSearchParams) {
  const [offset, count] = [Number(query.get('offset') ?? 0), Number(query.get('count') ?? 5)]
  const all = [...world.groups].map(([group_id, { name, members }]) => ({
    group_id,
    name,
    status: 'enabled',
    total_member: members,
    group_link: `https://zalo.me/g/${group_id}`,
  }))
  return answer({ offset, count, total: all.length, groups: all.slice(offset, offset + Math.min(count, 50)) })
}

function postIn(world: World, body: Record<string, unknown>) {
  const to = text((body['recipient'] as Record<string, unknown> | undefined)?.['group_id'])
  const words = text((body['message'] as Record<string, unknown> | undefined)?.['text'])
  if (!world.groups.has(to)) return no(-201, 'group_id is invalid')
  if (!words || Array.from(words).length > 2000) return no(-201, 'text is invalid')
  return answer({ message_id: take(world, { way: 'group', to, text: words }), group_id: to })
}

/** The product's own doors; whatever was shut down is not there. */
function doorOf(world: World, path: string, body: Record<string, unknown>): object | undefined {
  if (path === '/v3.0/oa/message/cs') return consult(world, body)
  if (path === '/v3.0/oa/message/template') return templated(world, body, false)
  if (path === '/message/template') return templated(world, body, true)
  if (path === '/v3.0/oa/group/message') return postIn(world, body)
  return path === '/v3.0/oa/quota/message' ? windowOf(world, body) : world.shelf.door(path, body)
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** A minute's calls, the next one's anew. */
function counter(clock: () => number, perMinute: number) {
  let minute = 0
  let left = perMinute
  return () => {
    const now = Math.floor(clock() / 60_000)
    if (now !== minute) [minute, left] = [now, perMinute]
    return left-- > 0
  }
}

/** How it is behaving now. */
interface Mood {
  trouble: ZaloTrouble
  /** Milliseconds before each answer. */
  slow: number
}

interface House {
  world: World
  granted: ReturnType<typeof grants>
  mayAsk: () => boolean
  mood: Mood
  asked: Asked[]
}

function answerTo({ world, granted, mayAsk, mood }: House, { path, query, headers, words }: Asked): object | undefined {
  const header = (name: string) => headers[name] as string | undefined
  if (path === '/v4/oa/access_token') return granted.token(new URLSearchParams(words), header('secret_key'))
  if (!granted.isGood(header('access_token')))
    return no(path === '/message/template' ? -124 : -216, 'Access token is invalid')
  if (!mayAsk()) return no(-32, 'Your application reached limit call api')
  if (typeof mood.trouble === 'object') return no(mood.trouble.error, 'refused')
  if (path === '/v3.0/oa/group/getgroupsofoa') return listGroups(world, query)
  return doorOf(world, path, JSON.parse(words || '{}') as Record<string, unknown>)
}

async function serve(house: House, request: IncomingMessage, response: ServerResponse) {
  const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://zalo')
  const one = { path, query, headers: request.headers, words: await read(request) }
  house.asked.push(one)
  if (house.mood.slow) await new Promise(done => setTimeout(done, house.mood.slow))
  if (house.mood.trouble === 'down') return response.writeHead(503).end()
  const said = answerTo(house, one)
  if (house.mood.trouble === 'hang_up') return request.socket.destroy()
  return response.writeHead(said ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(said ?? {}))
}

async function listen(house: House, port: number) {
  const server = createServer((request, response) => {
    serve(house, request, response).catch(() => request.socket.destroy())
  })
  await new Promise<void>(done => server.listen(port, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** What is set from outside: who there is, what is registered, how it behaves. */
const levers = ({ world, mood, asked }: House) => ({
  /** Whoever is told of here has Zalo; by his own id, or by his number (`84…`). */
  user(id: string, user: Partial<User> = {}) {
    world.users.set(id, { lastAt: world.clock(), follows: true, blocks: false, hasZalo: true, ...user })
  },
  group(id: string, group: { name: string; members: number }) {
    world.groups.set(id, group)
  },
  template(id: string, template: Partial<Template> = {}) {
    world.templates.set(id, { words: ['title', 'link'], tag: 2, isOn: true, ...template })
  },
  answerWith(next: ZaloTrouble) {
    mood.trouble = next
  },
  slow(ms: number) {
    mood.slow = ms
  },
  forget() {
    world.taken.length = 0
    asked.length = 0
    Object.assign(mood, { trouble: 'none', slow: 0 })
  },
})

function newWorld(clock: () => number, { took, hasZalo = () => false }: Options): World {
  const quota = { phone: 500, uid: 500, broadcast: 500 }
  const world: World = {
    clock,
    hasZalo,
    users: new Map(),
    templates: new Map(),
    groups: new Map(),
    taken: [],
    took,
    quota,
    isAdmin: phone => phone.endsWith('999'),
    shelf: articlesOf({
      quota,
      isNight: () => isNight(clock()),
      tell: (to, title) => take(world, { way: 'broadcast', to, text: title }),
    }),
  }
  return world
}

export async function startZalo({ port = 0, clock = Date.now, perMinute = 4000, ...more }: Options = {}) {
  const world = newWorld(clock, more)
  const { quota, shelf } = world
  const granted = grants(login, clock)
  const house: House = {
    world,
    granted,
    mayAsk: counter(clock, perMinute),
    mood: { trouble: 'none', slow: 0 },
    asked: [],
  }
  const calls = callsOf(login, clock)
  return {
    ...(await listen(house, port)),
    ...levers(house),
    ...granted,
    ...calls,
    login,
    quota,
    articles: shelf.articles,
    /** How often an article that is begun from now on is asked for in vain. */
    articleTakesLong: (times: number) => shelf.takesLong(times),
    asked: house.asked,
    taken: () => world.taken,
    /** Calls a hook as Zalo does; `copies` of the same where it did not hear an answer. */
    async post(hook: string, event: object, { copies = 1, ...signing }: Signing & { copies?: number } = {}) {
      const { raw, headers } = calls.signed(event, signing)
      for (let n = 0; n < copies; n++) await fetch(hook, { method: 'POST', headers, body: raw })
    },
  }
}
export type ZaloSimulator = Awaited<ReturnType<typeof startZalo>>
