// A provider of telephone calls: it "rings", somebody answers or not, hears it, and presses a key.
import { startVoiceProvider, stepsOf, voiceAccount, type Ending, type TakenCall } from '#channels/voice-simulator'
import { callBack, keeper, toHook, usual, type Behaviour, type Simulator } from './simulator.ts'

/** What the console may name as an answer, beside what every provider knows: what people do who are called. */
const endings: Readonly<Record<string, Ending>> = {
  key1: { is: 'answers', share: 1, keys: '1' },
  key3: { is: 'answers', share: 1, keys: '3' },
  hears_half: { is: 'answers', share: 0.5 },
  busy: { is: 'busy' },
  no_answer: { is: 'no_answer' },
}

const endingOf = ({ answer }: Behaviour, isDelivered: boolean): Ending =>
  isDelivered ? (endings[answer] ?? { is: 'answers', share: 1 }) : { is: 'failed' }

async function tell(one: TakenCall, hook: string, ending: Ending): Promise<string> {
  const said: string[] = []
  for (const step of stepsOf(one, ending)) said.push(await toHook(hook, undefined, step))
  return said.join(' ')
}

export async function startVoiceSimulator(port: number): Promise<Simulator> {
  const { got, count, keep } = keeper()
  let behaviour = usual
  let hook: string | undefined
  const provider = await startVoiceProvider({
    port,
    took(one) {
      const mine = keep(one.phone, one.text)
      const where = one.hook ?? hook
      if (where === undefined) return mine.told.push('no address to call back at')
      const now = behaviour
      return callBack(mine, now, isDelivered => tell(one, where, endingOf(now, isDelivered)))
    },
  })
  const { adapter, settings, secrets } = voiceAccount(provider.port)
  return {
    name: 'voice',
    title: 'Tổng đài gọi điện qua HTTP',
    address: `http://127.0.0.1:${port}`,
    account: { adapter, name: 'Tổng đài giả lập', settings, secrets },
    answers: ['take', 'down', 'hang_up', ...Object.keys(endings)],
    hints: [`who is called: ${Object.keys(endings).join(', ')}; with take he hears all of it and presses nothing`],
    got,
    count,
    behave(next) {
      behaviour = next
      const { answer } = next
      if (answer === 'down') provider.answerWith({ status: 503 })
      else if (/^\d{3}$/.test(answer)) provider.answerWith({ status: Number(answer) })
      else provider.answerWith(answer === 'hang_up' ? 'hang_up' : 'take')
    },
    setHook(url) {
      hook = url
    },
    stop: () => provider.stop(),
  }
}
