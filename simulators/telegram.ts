// Telegram: one bot, to which everybody of this machine has already said hello.
import { startTelegram } from '#channels/telegram-simulator'
import { keeper, usual, type Simulator } from './simulator.ts'

/** Its refusals, worth trying, by their number. */
const refusals: Record<string, { code: number; words: string; retryAfter?: number }> = {
  '400': { code: 400, words: 'Bad Request: chat not found' },
  '401': { code: 401, words: 'Unauthorized' },
  '403': { code: 403, words: 'Forbidden: bot was blocked by the user' },
  '429': { code: 429, words: 'Too Many Requests: retry after 35', retryAfter: 35 },
  '500': { code: 500, words: 'Internal Server Error' },
}

export async function startTelegramSimulator(port: number): Promise<Simulator> {
  const { got, count, keep } = keeper()
  // A bot is told nothing of what came; somebody may press the button.
  let behaviour = { ...usual, become: 'nothing' as (typeof usual)['become'] }
  const telegram = await startTelegram({
    port,
    isEverybodyHere: true,
    took(message) {
      const mine = keep(String(message.chat), message.text)
      if (behaviour.become !== 'delivered' || !message.buttons.length) return
      const press = telegram.presses(message)
      for (let n = 0; n < behaviour.times; n++)
        setTimeout(
          () => {
            telegram.call(press).then(
              said => mine.told.push(`pressed: ${said}`),
              (error: unknown) => mine.told.push(`pressed: ${(error as Error).message}`),
            )
          },
          behaviour.lateSeconds * 1000 + n * 50,
        ).unref()
    },
  })
  const { botName, botToken } = telegram.login
  return {
    name: 'telegram',
    title: 'Telegram: bot của xã',
    address: telegram.url,
    account: {
      adapter: 'telegram_bot',
      name: 'Telegram giả lập',
      settings: { botName, host: '127.0.0.1', port: telegram.port, line: 'http', perSecond: 25 },
      secrets: { botToken },
    },
    answers: ['take', 'down', 'hang_up', ...Object.keys(refusals)],
    hints: [
      'is told by itself where to call back; “delivered” presses the button; write "/start 123456", "/id" or words; a person is a number',
    ],
    got,
    count,
    behave(next) {
      behaviour = next
      const { answer } = next
      telegram.answerWith(answer === 'take' || answer === 'hang_up' ? answer : (refusals[answer] ?? 'html'))
    },
    async write(from, words, times) {
      if (!/^\d{1,15}$/.test(from)) throw new Error('a person is a number here')
      const event = telegram.says(Number(from), words)
      for (let n = 0; n < times; n++) await telegram.call(event)
    },
    stop: () => telegram.stop(),
  }
}
