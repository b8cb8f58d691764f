// `--channels`: the commune also writes letters and short messages. The first provider of short messages is away for an hour, calls back
// late and twice, and cannot bring some; the second takes over, and people answer it.
import { connect } from '#core/db'
import { startMailServer } from '#channels/mail-simulator'
import { startSmsProvider, type Taken } from '#channels/sms-simulator'
import { startSmsc } from '#channels/smsc-simulator'
import { chance } from '../../demo/chance.ts'
import { together } from './agenda.ts'
import { midnight, type Plot } from './day.ts'
import { hour } from './habits.ts'
import type { Network } from './http.ts'
import type { Village } from './staff.ts'

/** Homes that gave an address for letters; messages that the network cannot bring; people who answer 1. [own] */
const hasMail = 0.15
const isLost = 0.04
const answers = 0.5

/** Real milliseconds: many minutes of the story. */
const late = 300

export interface Providers {
  enter: (net: Network, officer: string) => Promise<void>
  /** The first one is away, or back. */
  away: (isAway: boolean) => void
  /** Waits until nothing is on its way back any more. */
  settled: () => Promise<void>
  stop: () => Promise<void>
}

export async function startProviders(seed: number): Promise<Providers> {
  const onTheWay = new Set<Promise<unknown>>()
  const wait = (work: () => Promise<unknown>, ms: number) => {
    const done = new Promise(over => setTimeout(over, ms)).then(work)
    onTheWay.add(done)
    void done.catch(() => {}).finally(() => onTheWay.delete(done))
  }
  const esms = await startSmsProvider('esms', {
    took(one: Taken, hook) {
      const { query } = esms.report(one, !chance(seed, 'lost', one.phone).is(isLost))
      const url = `${hook}?${new URLSearchParams(query).toString()}`
      for (const times of [1, 2]) wait(async () => (await fetch(url)).arrayBuffer(), late * times)
    },
  })
  const smsc = await startSmsc({
    took({ to, n, of }) {
      if (n === of && chance(seed, 'answers', to).is(answers)) wait(() => smsc.hearFrom(to, '1'), late * 3)
    },
  })
  smsc.answerWith('take', { become: 'DELIVRD', afterMs: late, times: 2 })
  const mail = await startMailServer()
  const sms = { host: '127.0.0.1', dongPerPart: 300, mostParts: 3 }
  const accounts = [
    {
      adapter: 'esms',
      name: 'Tin nhắn, nhà cung cấp chính',
      settings: { ...sms, port: esms.port, line: 'http', brandname: 'XASONDONG', sandbox: '0', perSecond: 5 },
      secrets: { apiKey: esms.login.apiKey, secretKey: esms.login.secretKey },
    },
    {
      adapter: 'smpp',
      name: 'Tin nhắn, đường của nhà mạng',
      settings: {
        ...sms,
        port: smsc.port,
        line: 'plain',
        user: 'xa',
        sender: 'XASONDONG',
        alphabet: 'gsm',
        idFormat: 'text',
        window: 10,
        answerSeconds: 20,
        perSecond: 5,
      },
      secrets: { password: 'mat-khau' },
    },
    {
      adapter: 'smtp',
      name: 'Thư của xã',
      settings: {
        host: '127.0.0.1',
        port: mail.port,
        security: 'none',
        user: 'xa',
        from: 'thongbao@sondong.example',
        fromName: 'UBND xã Sơn Động',
        perSecond: 20,
      },
      secrets: { password: 'mat-khau' },
    },
  ]
  return {
    async enter(net, officer) {
      for (const body of accounts) await net.get('POST', '/api/v1/channel-accounts', { cookie: officer, body })
    },
    away(isAway) {
      esms.answerWith(isAway ? { status: 503, code: '' } : 'take')
    },
    async settled() {
      for (let n = 0; n < 200 && onTheWay.size; n++) await new Promise(done => setTimeout(done, 50))
    },
    async stop() {
      esms.stop()
      await Promise.all([smsc.stop(), mail.stop()])
    },
  }
}

/** Heads note the addresses that some homes give them. */
export async function noteMail(net: Network, villages: readonly Village[], seed: number) {
  const asked = villages.flatMap(({ head, homes }) =>
    homes.filter(home => chance(seed, 'mail', home.no).is(hasMail)).map(home => ({ head, home })),
  )
  const basis = { basis: 'consent', how: 'spoken', wording: 'Cho xã gửi thư báo tin nhé?' }
  await together(asked, 8, async ({ head, home }) => {
    const body = { kind: 'email', value: `nha${home.no}@thu.example`, ...basis }
    await net.get('POST', `/api/v1/households/${home.id}/contacts`, { cookie: head.cookie, body })
  })
  return asked.length
}

/** An hour, in which most short messages are due: two hours after each village passed the paper on. */
export function planOutage({ agenda, timeline, time }: Plot, providers: Providers) {
  for (const [at, isAway, words] of [
    [10 + 50 / 60, true, 'Nhà cung cấp tin nhắn chính mất liên lạc'],
    [11 + 50 / 60, false, 'Nhà cung cấp tin nhắn chính hoạt động lại'],
  ] as const)
    agenda.plan(midnight + at * hour, () => {
      providers.away(isAway)
      timeline.note(time.now(), words)
      return Promise.resolve()
    })
}

interface Line {
  channel: string
  homes: number
  waiting: number
  failed: number
  parts: number
  dong: number
  first: number
}

/** What each channel did for the newest round. */
async function byChannel(databaseUrl: string, subjectId: string): Promise<Line[]> {
  const sql = connect(databaseUrl, 1)
  try {
    return await sql<Line[]>`
      with p as (select commune_id, published_id from loa.publication where subject_id = ${subjectId} order by round desc limit 1),
      went as (
        select d.channel, count(*) filter (where d.state = 'handed_over')::int as homes,
          count(*) filter (where d.state in ('planned', 'intent'))::int as waiting,
          count(*) filter (where d.state = 'failed')::int as failed
        from loa.delivery d join p on p.commune_id = d.commune_id and p.published_id = d.published_id group by 1),
      cost as (
        select s.channel, sum(s.parts)::int as parts, sum(s.dong)::int as dong
        from loa.publication_spent s join p on p.commune_id = s.commune_id and p.published_id = s.published_id group by 1),
      reached as (
        select c.channel, sum(c.reached)::int as first
        from loa.reach_channel c join p on p.commune_id = c.commune_id and p.published_id = c.published_id group by 1)
      select channel, coalesce(homes, 0) as homes, coalesce(waiting, 0) as waiting, coalesce(failed, 0) as failed,
        coalesce(parts, 0) as parts, coalesce(dong, 0) as dong, coalesce(first, 0) as first
      from went full join cost using (channel) full join reached using (channel) order by channel collate "C"`
  } finally {
    await sql.end()
  }
}

const heads = ['Cách báo', 'Đã gửi (hộ)', 'Chờ', 'Không được', 'Phần tin', 'Đồng', 'Hộ biết trước hết nhờ']

/** @returns what is wrong, in words */
export async function printChannels(
  databaseUrl: string,
  subjectId: string,
  doorsLeft: number,
  say: (line: string) => void,
): Promise<string[]> {
  const lines = await byChannel(databaseUrl, subjectId)
  const rows = lines.map(one =>
    [one.channel, one.homes, one.waiting, one.failed, one.parts, one.dong, one.first].map(String),
  )
  const widths = heads.map((head, n) => Math.max(head.length, ...rows.map(row => row[n]!.length)))
  say('')
  for (const row of [heads, ...rows])
    say(
      row
        .map((cell, n) => cell.padEnd(widths[n]!))
        .join('  ')
        .trimEnd(),
    )
  say(`Còn phải đến tận nhà: ${doorsLeft} hộ`)
  const sms = lines.find(one => one.channel === 'sms')
  return sms?.homes && sms.dong ? [] : ['no short message went']
}
