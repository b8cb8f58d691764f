// At the day's end: what each provider counted against what the product says, by its API alone; and the table for the commune's chair.
import { vi as names } from '../../../modules/channels/web/channel-words.vi.ts'
import { midnight } from '../day.ts'
import type { Count } from './ledger.ts'
import type { Channels } from './open.ts'

interface AccountNow {
  adapter: string
  name: string
  trouble: string | null
  today: { accepted: number; parts: number; dong: number }
}

interface Said {
  accounts: AccountNow[]
  spent: { dong: number; channels: (Count & { channel: string })[] }
  month: { total: Count; unclear: number }
  first: { channel: string; reached: number }[]
  questions: { answer: string | null }[]
}

async function ask({ street }: Channels, noticeId: string): Promise<Said> {
  const { net, officer } = street
  const get = <T>(path: string) => net.get<T>('GET', `/api/v1/${path}`, { cookie: officer() })
  const [{ items: accounts }, spent, month, reach, questions] = await Promise.all([
    get<{ items: AccountNow[] }>('channel-accounts'),
    get<Said['spent']>(`notices/${noticeId}/spent`),
    get<Said['month']>('spent?month=2026-11'),
    get<{ channels: Said['first'] }>(`notices/${noticeId}/reach`),
    net.list<Said['questions'][number]>(`/api/v1/questions?noticeId=${noticeId}`, { cookie: officer() }),
  ])
  return { accounts, spent, month, first: reach.channels, questions }
}

const isSame = (a: Count, b: Count) => a.messages === b.messages && a.parts === b.parts && a.dong === b.dong
const inWords = ({ messages, parts, dong }: Count) => `${messages} messages, ${parts} parts, ${dong} đồng`

function differ(what: string, product: Count, provider: Count): string[] {
  return isSame(product, provider)
    ? []
    : [`${what}: ${inWords(product)}; by the provider’s own count ${inWords(provider)}`]
}

/** @returns what is wrong, in words */
function wrongIn({ street, wall }: Channels, said: Said): string[] {
  const { ledger, postman } = street
  const all = ledger.taken.reduce((sum, one) => sum + one.dong, 0)
  const twice = ledger.twice()
  const unanswered = said.questions.filter(one => one.answer === null).length
  return [
    ...said.accounts.flatMap(({ adapter, name, trouble, today }) => [
      ...differ(name, { ...today, messages: today.accepted }, ledger.ofAccount(adapter, midnight)),
      ...(trouble ? [`${name} is still in trouble: ${trouble}`] : []),
    ]),
    ...said.spent.channels.flatMap(one => differ(one.channel, one, ledger.ofChannel(one.channel))),
    ...(said.month.total.dong === all && said.month.unclear === 0
      ? []
      : [
          `the month has cost ${said.month.total.dong} đồng, by parts and prices ${all}; ${said.month.unclear} unclear`,
        ]),
    ...(twice.length ? [`told twice: ${twice.slice(0, 5).join(', ')}`] : []),
    ...(said.questions.length === ledger.asked
      ? []
      : [`${ledger.asked} questions were asked, ${said.questions.length} stand there`]),
    ...(unanswered ? [`${unanswered} questions have no answer`] : []),
    ...(wall.posts() === 1 && wall.comments() > 0 && wall.replies() === wall.comments()
      ? []
      : [`the page has ${wall.posts()} posts; ${wall.comments()} comments, ${wall.replies()} answers`]),
    ...postman.refused,
  ]
}

export interface Tally {
  said: Said
  wrong: string[]
}

/** Looks until what is on its way has arrived: the story's minutes go on meanwhile. */
export async function tally(channels: Channels, noticeId: string): Promise<Tally> {
  const { time } = channels.street
  for (let left = 15; ; left--) {
    const said = await ask(channels, noticeId)
    const wrong = wrongIn(channels, said)
    if (!wrong.length || !left) return { said, wrong }
    await time.advance(time.now() + 60_000)
  }
}

const thousands = (n: number) => String(n).replaceAll(/\B(?=(\d{3})+$)/g, '.')

const heads = ['Cách báo', 'Tin đã gửi', 'Hộ biết rõ nhờ cách này', 'Phần tin', 'Tiền (đồng)', 'Mỗi hộ biết rõ (đồng)']

/** How many homes each way reached, and for how much. */
export function printChannels(
  { street, wall }: Channels,
  { said }: Tally,
  doorsLeft: number,
  say: (line: string) => void,
) {
  const { ledger } = street
  const rows = Object.entries(names).flatMap(([channel, inLine]) => {
    const name = inLine.charAt(0).toUpperCase() + inLine.slice(1)
    const { messages, parts, dong } = ledger.ofChannel(channel)
    const first = said.first.find(one => one.channel === channel)?.reached ?? 0
    const numbers = [messages, first, dong ? parts : 0, dong, dong && first ? Math.round(dong / first) : 0]
    return messages || first ? [[name, ...numbers.map(n => (n ? thousands(n) : '–'))]] : []
  })
  const table = [heads, ...rows]
  const widths = heads.map((_, n) => Math.max(...table.map(row => row[n]!.length)))
  say('')
  for (const row of table)
    say(row.map((cell, n) => (n ? cell.padStart(widths[n]!) : cell.padEnd(widths[n]!))).join('  '))
  const answers = said.month.total.dong - said.spent.dong
  say(`Tin này tốn ${thousands(said.spent.dong)} đồng, trả lời bà con thêm ${thousands(answers)} đồng.`)
  say(`Trang Facebook: ${wall.posts()} bài, ${wall.comments()} câu hỏi dưới bài, ${wall.replies()} câu trả lời.`)
  say(`Còn phải đến tận nhà: ${doorsLeft} hộ`)
}
