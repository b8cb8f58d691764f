// Telegram's Bot API on this machine, for one bot: chats that people begin, their buttons, its limits, and its calls to the webhook.
// Written from core.telegram.org/bots/api and /bots/faq, not from the sender.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface BotMessage {
  id: number
  chat: number
  text: string
  buttons: { text: string; data: string }[]
}

/** `hang_up`: it does what it is asked and the line breaks. `html`: what stands before it is down. */
export type TelegramAnswer = 'take' | 'hang_up' | 'html' | { code: number; words: string; retryAfter?: number }

const login = { botName: 'loa_lang_thu_bot', botToken: '7000000001:AAThu-Khoa_Cua_Bot_Gia_Lap_000000000' }
const bot = { id: 7_000_000_001, is_bot: true, first_name: 'Loa', username: login.botName }
const mostLetters = 4096
/** "Avoid sending more than one message per second" in a chat, though short bursts pass; "no more than 30 messages per second" in all. */
const limits = { inChat: 5, overall: 30 }

class Refused extends Error {
  readonly code: number
  readonly retryAfter: number | undefined
  constructor(code: number, words: string, retryAfter?: number) {
    super(words)
    this.code = code
    this.retryAfter = retryAfter
  }
}
type Fields = Record<string, unknown>
type Chat = 'open' | 'blocked'

async function fieldsOf(request: IncomingMessage): Promise<Fields> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return JSON.parse(Buffer.concat(parts).toString('utf8') || '{}') as Fields
}

const errorOf = ({ code, message, retryAfter }: Refused) => ({
  ok: false,
  error_code: code,
  description: message,
  ...(retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }),
})

/** Counts what went in the last second, in one chat and in all. */
function pacer() {
  let gone: { chat: number; at: number }[] = []
  return (chat: number) => {
    const at = Date.now()
    gone = gone.filter(one => at - one.at < 1000)
    if (gone.length >= limits.overall || gone.filter(one => one.chat === chat).length >= limits.inChat)
      throw new Refused(429, 'Too Many Requests: retry after 1', 1)
    gone.push({ chat, at })
  }
}

const buttonsOf = (markup: unknown) =>
  ((markup as { inline_keyboard?: { text: string; callback_data: string }[][] } | undefined)?.inline_keyboard ?? [])
    .flat()
    .map(one => ({ text: one.text, data: one.callback_data }))

function textOf({ text }: Fields): string {
  if (typeof text !== 'string' || !text.trim()) throw new Refused(400, 'Bad Request: message text is empty')
  if (Array.from(text).length > mostLetters) throw new Refused(400, 'Bad Request: message is too long')
  return text
}

const isFromHere = (url: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)

/** The real one takes https alone. Here it takes this machine and names kept for tests (RFC 6761), and calls this machine alone. */
function hookOf({ url, secret_token: secret }: Fields) {
  const found = typeof url === 'string' ? URL.parse(url) : null
  if (!found || !(found.protocol === 'https:' || isFromHere(found) || found.hostname.endsWith('.test')))
    throw new Refused(400, 'Bad Request: bad webhook: HTTPS url must be provided for webhook')
  if (secret !== undefined && !/^[\w-]{1,256}$/.test(secret as string))
    throw new Refused(400, 'Bad Request: secret token contains unallowed characters')
  return { url: found.href, secret: secret as string | undefined }
}

interface State {
  chats: Map<number, Chat>
  taken: BotMessage[]
  pressed: string[]
  hook: { url: string; secret: string | undefined } | undefined
  answer: TelegramAnswer
  /** Chats that nobody began are open too, for whoever only wants to see messages. */
  isEverybodyHere: boolean
}

function send(state: State, pace: (chat: number) => void, fields: Fields): BotMessage {
  const chat = Number(fields['chat_id'])
  const text = textOf(fields)
  const known = state.chats.get(chat) ?? (state.isEverybodyHere ? 'open' : undefined)
  if (!known) throw new Refused(400, 'Bad Request: chat not found')
  if (known === 'blocked') throw new Refused(403, 'Forbidden: bot was blocked by the user')
  pace(chat)
  // Counted in each chat anew.
  const id = state.taken.filter(one => one.chat === chat).length + 1
  const message = { id, chat, text, buttons: buttonsOf(fields['reply_markup']) }
  state.taken.push(message)
  return message
}

const shown = ({ id, chat, text }: BotMessage) => ({
  message_id: id,
  from: bot,
  chat: { id: chat, type: 'private', first_name: 'Người' },
  date: Math.floor(Date.now() / 1000),
  text,
})

interface Options {
  port?: number
  isEverybodyHere?: boolean
  took?: (message: BotMessage) => void
}

type Methods = Record<string, (fields: Fields) => unknown>

function methodsOf(state: State, took: Options['took']): Methods {
  const pace = pacer()
  return {
    getMe: () => bot,
    setWebhook(fields) {
      state.hook = hookOf(fields)
      return true
    },
    sendMessage(fields) {
      const message = send(state, pace, fields)
      took?.(message)
      return shown(message)
    },
    answerCallbackQuery({ text }) {
      state.pressed.push(String(text))
      return true
    },
  }
}

function refusalOf(answer: TelegramAnswer): Refused | undefined {
  return typeof answer === 'object' ? new Refused(answer.code, answer.words, answer.retryAfter) : undefined
}

/** One question, from its path to its answer. */
async function answerTo(state: State, methods: Methods, request: IncomingMessage) {
  const [, token, name = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? []
  if (token === undefined || !token.includes(':')) throw new Refused(404, 'Not Found')
  if (token !== login.botToken) throw new Refused(401, 'Unauthorized')
  const fields = await fieldsOf(request)
  const refused = refusalOf(state.answer)
  if (refused) throw refused
  const method = methods[name]
  if (!method) throw new Refused(404, 'Not Found')
  return { ok: true, result: method(fields) }
}

const serverOf = (state: State, methods: Methods) =>
  createServer((request, response) => {
    if (state.answer === 'html') return void response.writeHead(502).end('<html>502 Bad Gateway</html>')
    return void answerTo(state, methods, request)
      .then(
        said => ({ status: 200, said: said as object }),
        (error: unknown) => {
          const refused = error instanceof Refused ? error : new Refused(500, 'Internal Server Error')
          return { status: refused.code, said: errorOf(refused) }
        },
      )
      .then(({ status, said }) => {
        if (state.answer === 'hang_up') return void request.socket.destroy()
        return void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
      })
  })

const person = (id: number) => ({ id, is_bot: false, first_name: 'Người' })
const seconds = () => Math.floor(Date.now() / 1000)

type Update = (what: object) => { update_id: number }

const toldBy = (chat: number) => ({ from: person(chat), chat: { id: chat, type: 'private' }, date: seconds() })

const membershipIn = (chat: number, before: string, status: string) => ({
  my_chat_member: {
    ...toldBy(chat),
    old_chat_member: { user: person(bot.id), status: before },
    new_chat_member: { user: person(bot.id), status },
  },
})

/** What people do, as the webhook hears it. */
function eventsOf({ chats }: State, update: Update) {
  const said = (chat: number, more: object) => {
    chats.set(chat, 'open')
    return update({ message: { message_id: 1000 + chats.size, ...toldBy(chat), ...more } })
  }
  return {
    says: (chat: number, text: string) => said(chat, { text }),
    sends: (chat: number, more: object) => said(chat, more),
    /** By `t.me/<bot>?start=<code>`, or by the button alone. */
    starts: (chat: number, code = '') => said(chat, { text: `/start ${code}`.trim() }),
    presses({ chat, id, buttons }: BotMessage) {
      const message = shown({ id, chat, text: '', buttons })
      const query = { id: `44${Date.now()}`, from: person(chat), message, chat_instance: '1' }
      return update({ callback_query: { ...query, data: buttons[0]?.data } })
    },
    blocks(chat: number) {
      chats.set(chat, 'blocked')
      return update(membershipIn(chat, 'member', 'kicked'))
    },
    unblocks(chat: number) {
      chats.set(chat, 'open')
      return update(membershipIn(chat, 'kicked', 'member'))
    },
  }
}

/** An answer to a call may itself be a method. */
function obey(methods: Methods, words: string, type: string | null) {
  if (!type?.startsWith('application/json')) return
  const { method, ...fields } = JSON.parse(words) as Fields
  methods[String(method)]?.(fields)
}

/** How it calls back: the word that it was told stands in a header. */
function callsOf(state: State, methods: Methods) {
  const headers = () => ({
    'content-type': 'application/json',
    'x-telegram-bot-api-secret-token': state.hook?.secret ?? '',
  })
  return {
    headers,
    obey: (words: string, type: string | null) => obey(methods, words, type),
    /** Calls the webhook, and does at once what it is answered. @throws Error where nobody listens */
    async call(event: object): Promise<string> {
      if (!state.hook || !isFromHere(new URL(state.hook.url))) throw new Error('no webhook on this machine is set')
      const signal = AbortSignal.timeout(10_000)
      const said = await fetch(state.hook.url, {
        method: 'POST',
        headers: headers(),
        body: JSON.stringify(event),
        signal,
      })
      const words = await said.text()
      if (said.ok) obey(methods, words, said.headers.get('content-type'))
      return String(said.status)
    },
  }
}

async function listen(server: Server, wished: number): Promise<number> {
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(wished, '127.0.0.1', done)
  })
  return (server.address() as AddressInfo).port
}

export async function startTelegram({ port: wished = 0, isEverybodyHere = false, took }: Options = {}) {
  const chats = new Map<number, Chat>()
  const state: State = { chats, taken: [], pressed: [], hook: undefined, answer: 'take', isEverybodyHere }
  const methods = methodsOf(state, took)
  const server = serverOf(state, methods)
  const port = await listen(server, wished)
  let updates = 500_000_000
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    login,
    ...eventsOf(state, what => ({ update_id: ++updates, ...what })),
    ...callsOf(state, methods),
    taken: () => state.taken,
    /** What was shown to whoever pressed a button. */
    pressed: () => state.pressed,
    hook: () => state.hook,
    answerWith(next: TelegramAnswer) {
      state.answer = next
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
