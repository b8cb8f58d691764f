// Telegram: a few homes began a chat with the commune's bot; for an hour it says that it is asked too often.
import { startTelegram, type BotMessage } from '#channels/telegram-simulator'
import { chance } from '../../../demo/chance.ts'
import type { Call } from './postman.ts'
import { arrives, isDispatch, linkDoings, linkIn, type Street } from './street.ts'
import { here, type Way } from './way.ts'

/** Homes that use it. [own] */
const uses = 0.05
const officers = '912345678'

export async function startTelegramWay(street: Street): Promise<Way> {
  const { seed, time, ledger } = street
  const homeOf = new Map<number, string>()
  const telegram = await startTelegram({ took })
  const { botName, botToken } = telegram.login
  // The officer's own chat, for tests.
  telegram.says(Number(officers), '/id')

  /** Made when it is first told; a repeat is the same. */
  const telling = (make: () => object): Call => {
    let event: object | undefined
    return async () => Number(await telegram.call((event ??= make())))
  }

  function took(one: BotMessage) {
    const isNotice = isDispatch(one.text)
    const to = String(one.chat)
    const channel = isNotice ? 'telegram' : undefined
    ledger.taken.push({ account: 'telegram_bot', channel, to, parts: 1, dong: 0, at: time.now() })
    if (!isNotice) return
    arrives(street, chance(seed, 'telegram', to), () => Promise.resolve([homeOf.get(one.chat)!]), {
      seen: linkDoings(linkIn(one.text)).seen!,
      known: telling(() => telegram.presses(one)),
      asks: telling(() => telegram.says(one.chat, 'Bao giờ xã phun thuốc khử trùng?')),
    })
  }

  return {
    account: {
      adapter: 'telegram_bot',
      name: 'Bot Telegram của xã',
      settings: { botName, host: here, port: telegram.port, line: 'http', perSecond: 25 },
      secrets: { botToken },
    },
    async entered() {
      // The bot tells Telegram where to call in a job of its own.
      for (let n = 0; n < 500 && !telegram.hook(); n++) await new Promise(done => setTimeout(done, 20))
      if (!telegram.hook()) throw new Error('nobody told Telegram where to call')
    },
    testTo: officers,
    outage: {
      from: 8.3,
      to: 9.3,
      strike: () => telegram.answerWith({ code: 429, words: 'Too Many Requests: retry after 300', retryAfter: 300 }),
      over: () => telegram.answerWith('take'),
      words: ['Telegram bảo gửi chậm lại', 'Telegram nhận tin trở lại'],
    },
    joins: {
      share: uses,
      async join({ id, no }, code) {
        const chat = 700_000_000 + no
        homeOf.set(chat, id)
        const status = await telling(() => telegram.starts(chat, code))()
        if (status !== 200) throw new Error(`Telegram’s call was answered ${status}`)
      },
    },
    stop: () => telegram.stop(),
  }
}
