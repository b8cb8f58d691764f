// Meta: one page with its posts, and Messenger.
import { startMeta } from '#channels/meta-simulator'
import { keeper, usual, type Simulator } from './simulator.ts'

/** Their own error codes, worth trying. */
const codes = ['4', '10', '100', '190', '368', '506', '613']

/** One call to the sender's own address on this machine, its bytes signed. @throws Error for any other */
async function callSigned(hook: string, { body, headers }: { body: string; headers: Record<string, string> }) {
  const { hostname } = new URL(hook)
  if (!['localhost', '127.0.0.1', '[::1]'].includes(hostname)) throw new Error('only this machine is called back')
  const said = await fetch(hook, { method: 'POST', body, headers, signal: AbortSignal.timeout(10_000) })
  await said.arrayBuffer()
  return String(said.status)
}

export async function startMetaSimulator(port: number): Promise<Simulator> {
  const { got, count, keep } = keeper()
  let behaviour = usual
  let hook: string | undefined
  const later = (work: () => Promise<unknown>) => setTimeout(() => void work(), behaviour.lateSeconds * 1000).unref()
  const meta = await startMeta({
    port,
    tookPost: post => keep(post.isPublished ? 'trang' : 'trang (không ai thấy)', post.message),
    tookMessage(message) {
      const mine = keep(message.to, message.text)
      const where = hook
      if (where === undefined || behaviour.become !== 'delivered') return
      for (let n = 0; n < behaviour.times; n++)
        later(async () => {
          const event = meta.delivered(message.to, Date.now(), [message.mid])
          const said = await callSigned(where, meta.batch({ messaging: [event] })).catch(
            (error: unknown) => (error as Error).message,
          )
          mine.told.push(`delivered: ${said}`)
        })
    },
  })
  const { pageId, pageToken, appSecret, verifyWord } = meta.login
  return {
    name: 'meta',
    title: 'Facebook: trang của xã và Messenger',
    address: meta.url,
    account: {
      adapter: 'facebook',
      name: 'Trang Facebook giả lập',
      settings: {
        pageId,
        verifyWord,
        graphVersion: 26,
        host: '127.0.0.1',
        port: meta.port,
        line: 'http',
        perSecond: 20,
      },
      secrets: { pageToken, appSecret },
    },
    answers: ['take', 'down', 'hang_up', ...codes],
    hints: [
      'calls back at the account’s own address: tell it below (hook); whoever writes first may be written to for a day',
    ],
    got,
    count,
    behave(next) {
      behaviour = next
      const { answer } = next
      if (answer === 'take' || answer === 'hang_up') meta.answerWith(answer)
      else meta.answerWith(answer === 'down' ? 'html' : { code: Number(answer) })
    },
    setHook(url) {
      hook = url
    },
    async write(from, words, times) {
      if (hook === undefined) throw new Error('tell its hook first')
      const call = meta.batch({ messaging: [meta.says(from, words)] })
      for (let n = 0; n < times; n++) await callSigned(hook, call)
    },
    stop: () => meta.stop(),
  }
}
