// Short messages: the first provider is away for an hour and cannot bring some; the second, an operator's line, takes over, and
// people answer it.
import { startSmsProvider, type Taken } from '#channels/sms-simulator'
import { shown, startSmsc, type Part } from '#channels/smsc-simulator'
import { chance } from '../../../demo/chance.ts'
import type { Call } from './postman.ts'
import { arrives, homesOfNumber, isDispatch, linkDoings, linkIn, type Street } from './street.ts'
import { here, type Way } from './way.ts'

/** Messages that the network cannot bring. [own] */
const isLost = 0.04
const dongPerPart = 300
const settings = { host: here, dongPerPart, mostParts: 3, perSecond: 500 }

/** As the network counts them: letters of GSM without marks, 160 alone or 153 of several (3GPP TS 23.038). */
const partsOf = (text: string) => (text.length <= 160 ? 1 : Math.ceil(text.length / 153))

export async function startEsmsWay(street: Street): Promise<Way> {
  const { seed, time, ledger } = street
  const esms = await startSmsProvider('esms', { took })

  function took(one: Taken, hook: string | undefined) {
    const { phone, text } = one
    const isNotice = isDispatch(text)
    const parts = partsOf(text)
    const channel = isNotice ? 'sms' : undefined
    ledger.taken.push({ account: 'esms', channel, to: phone, parts, dong: parts * dongPerPart, at: time.now() })
    if (!isNotice) return
    const by = chance(seed, 'esms', phone)
    const isBrought = !by.is(isLost)
    const tell: Call = async () => {
      const { query } = esms.report(one, isBrought)
      return (await fetch(`${hook}?${new URLSearchParams(query).toString()}`)).status
    }
    const homes = () => homesOfNumber(street, phone)
    if (isBrought) arrives(street, by, homes, { delivered: tell, ...linkDoings(linkIn(text)) })
    else {
      arrives(street, by, homes, {})
      street.postman.plan(time.now() + 240_000, tell, () => Promise.resolve())
    }
  }

  return {
    account: {
      adapter: 'esms',
      name: 'Tin nhắn, nhà cung cấp chính',
      settings: { ...settings, port: esms.port, line: 'http', brandname: 'XASONDONG', sandbox: '0' },
      secrets: { apiKey: esms.login.apiKey, secretKey: esms.login.secretKey },
    },
    testTo: '0912345678',
    outage: {
      from: 10.75,
      to: 11.9,
      strike: () => esms.answerWith({ status: 503, code: '' }),
      over: () => esms.answerWith('take'),
      words: ['Nhà cung cấp tin nhắn chính mất liên lạc', 'Nhà cung cấp tin nhắn chính hoạt động lại'],
    },
    stop: () => esms.stop(),
  }
}

export async function startSmppWay(street: Street): Promise<Way> {
  const { seed, time, ledger } = street
  const waiting = new Map<string, Part[]>()
  const smsc = await startSmsc({ took })
  // Receipts come in the story's time.
  smsc.answerWith('take', { become: 'none' })

  /** 0 is "taken"; without a line it is told later. */
  const asStatus = (said: number | undefined) => (said === 0 ? 200 : said === undefined ? 503 : 500)

  const receiptsOf = (parts: readonly Part[]): Call => {
    return async () => {
      const all: number[] = []
      for (const { id, to, from } of parts)
        all.push(
          asStatus(
            await smsc.deliver({
              source_addr: to,
              destination_addr: from,
              esm_class: 4,
              short_message: `id:${id} sub:001 dlvrd:001 submit date:2611201100 done date:2611201101 stat:DELIVRD err:000 text:`,
              receipted_message_id: id,
              message_state: 2,
            }),
          ),
        )
      return Math.max(...all)
    }
  }
  const writes =
    (from: string, words: string): Call =>
    async () =>
      Math.max(...(await smsc.hearFrom(from, words)).map(asStatus))

  /** A phone shows a message when its last part is there. */
  function took(part: Part) {
    const name = part.ref === undefined ? part.id : `${part.to}/${part.ref}`
    const parts = [...(waiting.get(name) ?? []), part]
    waiting.set(name, parts)
    const [message] = shown(parts)
    if (!message) return
    waiting.delete(name)
    const { to, text } = message
    const isNotice = isDispatch(text)
    const channel = isNotice ? 'sms' : undefined
    const count = parts.length
    ledger.taken.push({ account: 'smpp', channel, to, parts: count, dong: count * dongPerPart, at: time.now() })
    if (!isNotice) return
    arrives(street, chance(seed, 'smpp', to), () => homesOfNumber(street, to), {
      delivered: receiptsOf(parts),
      known: writes(to, '1'),
      asks: writes(to, 'Lon nha toi bo an thi goi ai?'),
      isNameless: true,
    })
  }

  return {
    account: {
      adapter: 'smpp',
      name: 'Tin nhắn, đường của nhà mạng',
      settings: {
        ...settings,
        port: smsc.port,
        line: 'plain',
        user: 'xa',
        sender: 'XASONDONG',
        alphabet: 'gsm',
        idFormat: 'text',
        window: 10,
        answerSeconds: 20,
      },
      secrets: { password: 'mat-khau' },
    },
    testTo: '0912345678',
    outage: {
      from: 13,
      to: 13.25,
      strike: () => smsc.answerWith({ status: 0x58 }, { become: 'none' }),
      over: () => smsc.answerWith('take', { become: 'none' }),
      words: ['Đường của nhà mạng nghẽn', 'Đường của nhà mạng thông lại'],
    },
    stop: () => smsc.stop(),
  }
}
