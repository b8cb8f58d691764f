// Calls by the exchange: who lifts presses 1, or 3 for the head, or hears it to the end, or hangs up; nobody lifts at others.
import { startVoiceProvider, stepsOf, voiceAccount, type Ending, type TakenCall } from '#channels/voice-simulator'
import { chance, type Chance } from '../../../demo/chance.ts'
import { post, type Call } from './postman.ts'
import { homesOfNumber, isDispatch, type Street } from './street.ts'
import type { Way } from './way.ts'

const minute = 60_000

/** What becomes of a call. [own] */
const endingOf = (by: Chance): Ending =>
  by.weighted<Ending>([
    [{ is: 'answers', share: 1, keys: '1' }, 0.46],
    [{ is: 'answers', share: 1, keys: '3' }, 0.08],
    [{ is: 'answers', share: 1 }, 0.12],
    [{ is: 'answers', share: 0.4 }, 0.08],
    [{ is: 'no_answer' }, 0.2],
    [{ is: 'busy' }, 0.06],
  ])

/** A call of less than a minute, by the account's contract. */
const priceOf = ({ dongPerCall, dongPerMinute }: { dongPerCall: number; dongPerMinute: number }) =>
  dongPerCall + dongPerMinute

export async function startVoiceWay(street: Street): Promise<Way> {
  const { seed, time, ledger, agenda, page, postman } = street
  const provider = await startVoiceProvider({ took })
  const { adapter, settings, secrets } = voiceAccount(provider.port)
  const dong = priceOf(settings)

  const telling =
    (one: TakenCall, ending: Ending): Call =>
    async () => {
      let worst = 0
      for (const step of stepsOf(one, ending)) worst = Math.max(worst, await post(one.hook!, JSON.stringify(step)))
      return worst
    }

  function took(one: TakenCall) {
    const { phone } = one
    const at = time.now()
    const isNotice = isDispatch(one.text)
    ledger.taken.push({ account: 'call_http', channel: isNotice ? 'call' : undefined, to: phone, parts: 1, dong, at })
    if (!isNotice) return
    const ending = endingOf(chance(seed, 'call', phone))
    agenda.plan(at, async () => {
      for (const home of await homesOfNumber(street, phone)) page.rise(home, 'sent')
    })
    postman.plan(at + minute, telling(one, ending), async () => {
      if (ending.is !== 'answers' || ending.share < 0.8) return
      const homes = await homesOfNumber(street, phone)
      for (const home of homes) page.rise(home, 'delivered')
      if (ending.keys === '1' && homes.length === 1) page.rise(homes[0]!, 'acknowledged')
      if (ending.keys === '3') ledger.asked++
    })
  }

  return {
    account: {
      adapter: adapter as 'call_http',
      name: 'Tổng đài gọi điện',
      settings: { ...settings, perSecond: 500 },
      secrets,
    },
    testTo: '0912345678',
    outage: {
      from: 11.9,
      to: 12.3,
      strike: () => provider.answerWith({ status: 503 }),
      over: () => provider.answerWith('take'),
      words: ['Tổng đài không nhận cuộc gọi', 'Tổng đài gọi lại được'],
    },
    stop: () => provider.stop(),
  }
}
