// Providers of short messages that are called by HTTP: eSMS and SpeedSMS.
import { startSmsProvider } from '#channels/sms-simulator'
import { callBack, keeper, toHook, usual, type Simulator } from './simulator.ts'

const titles = { esms: 'eSMS: tin nhắn qua HTTP', speedsms: 'SpeedSMS: tin nhắn qua HTTP' }
/** Their own error codes, worth trying. */
const codes = {
  esms: ['100', '101', '103', '104', '146'],
  speedsms: ['101', '105', '110', '300'],
}

export async function startSmsByHttp(name: 'esms' | 'speedsms', port: number): Promise<Simulator> {
  const { got, count, keep } = keeper()
  let behaviour = usual
  let hook: string | undefined
  const provider = await startSmsProvider(name, {
    port,
    took(one, wished) {
      const mine = keep(one.phone, one.text)
      const where = wished ?? hook
      if (where === undefined) return mine.told.push('no address to call back at')
      return callBack(mine, behaviour, isDelivered => {
        const { query, body } = provider.report(one, isDelivered)
        return toHook(where, query, body)
      })
    },
  })
  const { login } = provider
  const settings = {
    host: '127.0.0.1',
    port: provider.port,
    line: 'http',
    perSecond: 20,
    dongPerPart: 300,
    mostParts: 3,
  }
  const account =
    name === 'esms'
      ? {
          adapter: name,
          name: 'eSMS giả lập',
          settings: { ...settings, brandname: 'XASONDONG', sandbox: '0' },
          secrets: { apiKey: login.apiKey, secretKey: login.secretKey },
        }
      : {
          adapter: name,
          name: 'SpeedSMS giả lập',
          settings: { ...settings, smsType: '3', sender: 'XASONDONG' },
          secrets: { token: login.token },
        }
  return {
    name,
    title: titles[name],
    address: `http://127.0.0.1:${port}`,
    account,
    answers: ['take', 'down', 'hang_up', ...codes[name]],
    hints: name === 'speedsms' ? ['calls back at the account’s own address: tell it below (hook)'] : [],
    got,
    count,
    behave(next) {
      behaviour = next
      const { answer } = next
      if (answer === 'take' || answer === 'hang_up') provider.answerWith(answer)
      else provider.answerWith(answer === 'down' ? { status: 503, code: '99' } : { code: answer })
    },
    ...(name === 'speedsms' && {
      setHook(url: string) {
        hook = url
      },
      async write(from: string, words: string, times: number) {
        if (hook === undefined) throw new Error('tell its hook first')
        for (let n = 0; n < times; n++) await toHook(hook, undefined, { type: 'incoming', phone: from, content: words })
      },
    }),
    stop: () => provider.stop(),
  }
}
