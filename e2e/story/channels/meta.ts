// Facebook: the commune's page with comments under its post, and Messenger for homes that wrote to it the evening before. Its key ends in
// the morning, and works again when the officer has entered a new one.
import { startMeta, type PageMessage, type PagePost } from '#channels/meta-simulator'
import { chance } from '../../../demo/chance.ts'
import { post, type Call } from './postman.ts'
import { arrives, isDispatch, type Street } from './street.ts'
import { here, type Entered, type Way } from './way.ts'

const minute = 60_000
/** Homes that write to the page. [own] */
const writes = 0.12
const questions = [
  'Lợn con mới bắt hôm kia có phải nhốt riêng không ạ?',
  'Vôi bột lấy ở đâu vậy xã?',
  'Chợ phiên có bán thịt lợn nữa không?',
]

interface Task {
  chat: { id: string }
  noticeId: string
  trouble: string | null
}

export interface Wall {
  /** Posts that everybody sees, and answers under them. */
  posts: () => number
  replies: () => number
  comments: () => number
}

export async function startMetaWay(street: Street): Promise<Way & { wall: Wall }> {
  const { seed, net, time, ledger, page, postman } = street
  const homeOf = new Map<string, string>()
  let account: Entered | undefined
  let comments = 0
  let replies = 0
  const meta = await startMeta({ clock: () => Math.floor(time.now()), tookPost, tookAnswer, tookMessage })
  const { pageId, pageToken, appSecret, verifyWord } = meta.login

  /** It happens when it is first told; a repeat has the same bytes. */
  const said = (make: () => Parameters<typeof meta.batch>[0]): Call => {
    let bytes: ReturnType<typeof meta.batch> | undefined
    return () => {
      bytes ??= meta.batch(make())
      return post(account!.hook, bytes.body, bytes.headers)
    }
  }
  const saying = (make: () => object) => said(() => ({ messaging: [make()] }))

  const took = (channel: string | undefined, to: string) => {
    ledger.taken.push({ account: 'facebook', channel, to, parts: 1, dong: 0, at: time.now() })
  }

  function tookAnswer() {
    replies++
    took(undefined, 'page')
  }

  function tookPost(one: PagePost) {
    took(undefined, 'page')
    for (const home of street.homes()) page.rise(home, 'exposed')
    for (const [n, words] of questions.entries())
      postman.plan(
        time.now() + (n + 1) * 50 * minute,
        said(() => ({ changes: [meta.comments(one, words, `700${n}`)] })),
        () => {
          comments++
          ledger.asked++
          return Promise.resolve()
        },
      )
  }

  function tookMessage(one: PageMessage) {
    const isNotice = isDispatch(one.text)
    const { to, mid } = one
    took(isNotice ? 'facebook' : undefined, to)
    if (!isNotice) return
    arrives(street, chance(seed, 'messenger', to), () => Promise.resolve([homeOf.get(to)!]), {
      delivered: saying(() => meta.delivered(to, Math.floor(time.now()), [mid])),
      seen: saying(() => meta.reads(to, Math.floor(time.now()))),
      known: saying(() => meta.taps(to, one)),
      asks: saying(() => meta.says(to, 'Tiêm phòng cho lợn thì hỏi ai?')),
    })
  }

  const cookie = () => street.officer()
  /** As the page says: the key has to be given anew. */
  async function enterKey() {
    const path = '/api/v1/channel-accounts'
    const { items } = await net.get<{ items: { id: string; version: number }[] }>('GET', path, { cookie: cookie() })
    const { id, version } = items.find(one => one.id === account!.id)!
    const body = { version, secrets: { pageToken, appSecret } }
    await net.get('PATCH', `${path}/${id}`, { cookie: cookie(), body })
  }
  /** What the account gave up stands as a task, with the reason. */
  async function postAgain() {
    const tasks = await net.list<Task>('/api/v1/posting-tasks', { cookie: cookie() })
    for (const { chat, noticeId, trouble } of tasks)
      if (trouble !== null)
        await net.get('POST', `/api/v1/chats/${chat.id}/notices/${noticeId}/again`, { cookie: cookie(), body: {} })
  }

  return {
    account: {
      adapter: 'facebook',
      name: 'Trang Facebook của xã',
      settings: { pageId, verifyWord, graphVersion: 26, host: here, port: meta.port, line: 'http', perSecond: 200 },
      secrets: { pageToken, appSecret },
    },
    async entered(entered) {
      account = entered
      const chat = { unit: '07615', platform: 'facebook', name: 'Trang Facebook của xã' }
      const { id } = await net.get<{ id: string }>('POST', '/api/v1/chats', { cookie: cookie(), body: chat })
      const body = { accountId: entered.id, outlet: pageId }
      await net.get('PUT', `/api/v1/chats/${id}/outlet`, { cookie: cookie(), body })
    },
    outage: {
      from: 8.3,
      to: 9.6,
      strike: () => meta.expire(),
      async over() {
        meta.expire(false)
        await enterKey()
        await postAgain()
      },
      words: ['Khóa của trang Facebook hết hạn', 'Cán bộ nhập khóa mới của trang Facebook'],
    },
    joins: {
      share: writes,
      async join({ id, no }, code) {
        const psid = `50000${String(no).padStart(6, '0')}`
        homeOf.set(psid, id)
        const status = await saying(() => meta.says(psid, `mã ${code}`))()
        if (status !== 200) throw new Error(`Meta’s call was answered ${status}`)
      },
    },
    wall: {
      posts: () => meta.posts().length,
      replies: () => replies,
      comments: () => comments,
    },
    stop: () => meta.stop(),
  }
}
