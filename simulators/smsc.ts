// An operator's SMSC, by SMPP 3.4.
import { shown, startSmsc, type Part, type Receipts } from '#channels/smsc-simulator'
import { keeper, usual, type Behaviour, type Simulator } from './simulator.ts'

const receiptsOf = ({ become, lateSeconds, times }: Behaviour): Receipts => ({
  become: become === 'delivered' ? 'DELIVRD' : become === 'failed' ? 'UNDELIV' : 'none',
  afterMs: lateSeconds * 1000,
  times,
})

/** Its known troubles, by their numbers in SMPP 3.4 chapter 5.1.3. */
const statuses: Record<string, { status: number; at?: 'bind' }> = {
  throttled: { status: 0x58 },
  queue_full: { status: 0x14 },
  wrong_number: { status: 0x0b },
  system_error: { status: 0x08 },
  wrong_password: { status: 0x0e, at: 'bind' },
}

export async function startSmscSimulator(port: number): Promise<Simulator> {
  const { got, count, keep } = keeper()
  const waiting = new Map<string, Part[]>()
  /** A message is shown when its last part has come, as on a phone. */
  const took = (part: Part) => {
    if (part.of === 1) return keep(part.to, part.text)
    const name = `${part.from}/${part.to}/${part.ref}`
    const parts = [...(waiting.get(name) ?? []), part]
    waiting.set(name, parts)
    for (const whole of shown(parts)) {
      keep(whole.to, whole.text)
      waiting.delete(name)
    }
    if (waiting.size > 1000) waiting.delete(waiting.keys().next().value!)
    return undefined
  }
  const smsc = await startSmsc({ port, took })
  const behave = (behaviour: Behaviour) => {
    const { answer } = behaviour
    const known = answer === 'take' || answer === 'silent' || answer === 'hang_up' || answer === 'down'
    smsc.answerWith(known ? answer : (statuses[answer] ?? { status: Number(answer) || 8 }), receiptsOf(behaviour))
  }
  behave(usual)
  // Only what the page shows is kept.
  const forgetting = setInterval(() => smsc.parts().splice(0), 60_000)
  forgetting.unref()
  return {
    name: 'smsc',
    title: 'Tổng đài nhà mạng: SMPP 3.4',
    address: `127.0.0.1:${port}`,
    account: {
      adapter: 'smpp',
      name: 'Nhà mạng giả lập',
      settings: {
        host: '127.0.0.1',
        port,
        line: 'plain',
        user: 'xa',
        sender: 'XASONDONG',
        alphabet: 'gsm',
        idFormat: 'text',
        window: 10,
        answerSeconds: 5,
        perSecond: 50,
        dongPerPart: 300,
        mostParts: 3,
      },
      secrets: { password: 'mat-khau' },
    },
    answers: ['take', 'down', 'hang_up', 'silent', ...Object.keys(statuses)],
    hints: ['the line opens within half a minute after the account is entered, or at its first test'],
    got,
    count,
    behave,
    async write(from, words, times) {
      const said = await smsc.hearFrom(from, words, { times })
      if (said.includes(undefined)) throw new Error('no line is open')
    },
    stop: () => {
      clearInterval(forgetting)
      return smsc.stop()
    },
  }
}
