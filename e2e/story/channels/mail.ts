// Letters: to homes whose head noted an address; the server breaks off for an hour. A letter counts once its link is opened.
import { startMailServer, type Letter } from '#channels/mail-simulator'
import { chance } from '../../../demo/chance.ts'
import { readLetter } from '../../../simulators/letter.ts'
import { together } from '../agenda.ts'
import type { Village } from '../staff.ts'
import { arrives, isDispatch, linkDoings, linkIn, type Street } from './street.ts'
import { here, type Way } from './way.ts'

/** Homes that gave an address for letters. [own] */
const hasMail = 0.15

/** Heads note the addresses that some homes give them. @returns home by address */
async function noteAddresses({ net, seed }: Street, villages: readonly Village[]) {
  const homeOf = new Map<string, string>()
  const asked = villages.flatMap(({ head, homes }) =>
    homes.filter(home => chance(seed, 'mail', home.no).is(hasMail)).map(home => ({ head, home })),
  )
  const basis = { basis: 'consent', how: 'spoken', wording: 'Cho xã gửi thư báo tin nhé?' }
  await together(asked, 8, async ({ head, home }) => {
    const value = `nha${home.no}@thu.example`
    const body = { kind: 'email', value, ...basis }
    await net.get('POST', `/api/v1/households/${home.id}/contacts`, { cookie: head.cookie, body })
    homeOf.set(value, home.id)
  })
  return homeOf
}

export async function startMailWay(street: Street, villages: readonly Village[]): Promise<Way> {
  const { seed, time, ledger } = street
  const homeOf = await noteAddresses(street, villages)
  const mail = await startMailServer({ took })

  function took({ to, raw }: Letter) {
    const [address] = to as [string]
    const { text } = readLetter(raw)
    const isNotice = isDispatch(text)
    const channel = isNotice ? 'email' : undefined
    ledger.taken.push({ account: 'smtp', channel, to: address, parts: 1, dong: 0, at: time.now() })
    if (!isNotice) return
    const doings = linkDoings(linkIn(text))
    arrives(street, chance(seed, 'letter', address), () => Promise.resolve([homeOf.get(address)!]), doings)
  }

  return {
    account: {
      adapter: 'smtp',
      name: 'Thư của xã',
      settings: {
        host: here,
        port: mail.port,
        security: 'none',
        user: 'xa',
        from: 'thongbao@sondong.example',
        fromName: 'UBND xã Sơn Động',
        perSecond: 500,
      },
      secrets: { password: 'mat-khau' },
    },
    testTo: 'canbo@sondong.example',
    outage: {
      from: 8.3,
      to: 9.4,
      strike: () => mail.answerWith('hang_up'),
      over: () => mail.answerWith('take'),
      words: ['Máy chủ thư ngắt giữa chừng', 'Máy chủ thư hoạt động lại'],
    },
    stop: () => mail.stop(),
  }
}
