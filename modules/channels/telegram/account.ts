// The commune's bot as an account: what is entered for it, how Telegram is told where to call, and what it calls with.
import { now } from '#core/clock'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { isSame } from '#core/secrets'
import { say } from '#core/words'
import type { Account, Adapter, Called } from '../account.ts'
import type { HandedOver } from '../channel.ts'
import { passOn } from '../hear-together.ts'
import { hookAddress } from '../hooks.ts'
import { parsed } from '../http-profile.ts'
import { ask } from './bot.ts'
import { toldBy } from './events.ts'
import { sendTo } from './telegram.ts'

/** Said in a header of every call: only whoever was told it by us knows it. A changed key of the bot changes it. */
const secretOf = (app: App, { tenant, id, secrets }: Account) =>
  app.keys.mac('telegram', `${tenant}/${id}/${secrets['botToken'] ?? ''}`).toString('base64url')

/** From then on Telegram calls us; what came while nobody listened is told as well. */
async function enter(app: App, account: Account): Promise<HandedOver> {
  const said = await ask(app, account, 'setWebhook', {
    url: hookAddress(app, account.tenant, account.id),
    secret_token: secretOf(app, account),
    allowed_updates: ['message', 'callback_query', 'my_chat_member'],
  })
  return said.is === 'refused' ? said : { is: 'accepted' }
}

async function hear(app: App, account: Account, { raw, headers }: Called) {
  const said = Buffer.from(headers.get('x-telegram-bot-api-secret-token') ?? '')
  if (!isSame(said, Buffer.from(secretOf(app, account)))) throw new Problem('not_found')
  const { heard, answer } = toldBy(parsed(raw.toString('utf8')), now())
  if (heard.length) await passOn(app, account, heard)
  return answer ?? 'OK'
}

const nobodyKnows = (): HandedOver => ({ is: 'refused', why: 'no_line' })

export const telegramBot: Adapter = {
  kind: 'telegram',
  name: 'telegram_bot',
  fields: [
    { name: 'botName', type: 'text' },
    { name: 'botToken', type: 'secret' },
    { name: 'perSecond', type: 'whole', initial: 25, min: 1, max: 30 },
    { name: 'perDay', type: 'whole', isOptional: true, min: 1 },
    { name: 'host', type: 'host', initial: 'api.telegram.org' },
    { name: 'port', type: 'whole', initial: 443, min: 1, max: 65_535 },
    { name: 'line', type: 'choice', options: ['https', 'http'], initial: 'https' },
  ],
  pace: ({ perSecond, perDay }) => ({
    perSecond: Number(perSecond ?? 25),
    parallel: 10,
    ...(perDay === undefined ? {} : { perDay: Number(perDay) }),
  }),
  hosts: ({ host, line }) => [{ host: String(host), isEncrypted: line !== 'http' }],
  page: ({ botName }, code) => `https://t.me/${encodeURIComponent(String(botName).replace(/^@/, ''))}?start=${code}`,
  enter,
  hear,
  answer: { say: (app, account, { to, words }) => sendTo(app, account, to, { text: words.slice(0, 4096) }) },
  isAddress: to => /^[1-9]\d{4,15}$/.test(to),
  async test(app, account, to) {
    const entered = await enter(app, account).catch(nobodyKnows)
    if (entered.is === 'refused') return entered
    return sendTo(app, account, to, { text: say('vi', 'telegram.test_body') }).catch(nobodyKnows)
  },
}
