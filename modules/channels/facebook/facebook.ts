// A Facebook page as an account: its posts, and Messenger.
import type { App } from '#core/module'
import { say } from '#core/words'
import { contactDigest } from '#people'
import type { Account, Adapter, Answering } from '../account.ts'
import type { Settings } from '../account-field.ts'
import type { HandedOver } from '../channel.ts'
import { NotReached } from '../http-call.ts'
import { graph, idIn, newestVersion, oldestVersion, originOf, pageIdOf, refusedBy } from './graph.ts'
import { hear } from './hear.ts'
import { sayTo } from './messenger.ts'
import { mostLetters } from './messenger-text.ts'
import { page } from './page.ts'

const answer: Answering = {
  say: (app, account, { to, words }) =>
    sayTo(app, account, {
      to: { id: contactDigest('facebook', to).toString('hex'), value: to },
      manner: { messaging_type: 'RESPONSE' },
      message: { text: words.slice(0, mostLetters) },
    }),
}

/** A post that nobody sees, taken away at once: it shows that the key is right and may post. */
async function tried(app: App, account: Account): Promise<HandedOver> {
  const path = `${encodeURIComponent(pageIdOf(account))}/feed`
  const body = { message: say('vi', 'facebook.test'), published: false }
  const said = await graph(app, account, { method: 'POST', path, body })
  if (said.is === 'error') return refusedBy(said)
  const id = idIn(said.json, 'id')
  if (id !== undefined) await graph(app, account, { method: 'DELETE', path: encodeURIComponent(id) }).catch(() => {})
  return { is: 'accepted' }
}

const hostOf = (settings: Settings) => ({
  host: String(settings['host']),
  isEncrypted: originOf(settings).startsWith('https'),
})

export const facebook: Adapter = {
  kind: 'facebook',
  name: 'facebook',
  fields: [
    { name: 'pageId', type: 'text' },
    { name: 'pageToken', type: 'secret' },
    { name: 'appSecret', type: 'secret' },
    { name: 'verifyWord', type: 'text' },
    { name: 'humanAgent', type: 'flag', isOptional: true },
    { name: 'graphVersion', type: 'whole', initial: newestVersion, min: oldestVersion, max: 99 },
    { name: 'host', type: 'host', initial: 'graph.facebook.com' },
    { name: 'port', type: 'whole', initial: 443, min: 1, max: 65_535 },
    { name: 'line', type: 'choice', options: ['https', 'http'], initial: 'https' },
    { name: 'perSecond', type: 'whole', initial: 10, min: 1, max: 200 },
  ],
  pace: ({ perSecond }) => ({ perSecond: Number(perSecond ?? 10), parallel: 10 }),
  hosts: settings => [hostOf(settings)],
  hear,
  answer,
  poster: page,
  page: ({ pageId }, code) => `https://m.me/${encodeURIComponent(String(pageId))}?ref=${code}`,
  testsWithoutAddress: true,
  isAddress: () => true,
  test: (app, account) =>
    tried(app, account).catch((error: unknown): HandedOver => {
      if (error instanceof NotReached) return { is: 'refused', why: 'no_line' }
      return { is: 'refused', why: 'provider_down' }
    }),
}
