// Debian's Firefox without a window, driven by WebDriver BiDi through Node's own WebSocket.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Answer {
  id?: number
  type: 'success' | 'error' | 'event'
  message?: string
  result?: Record<string, unknown>
}

const program = '/usr/bin/firefox-esr'

/** Notifications are its own, not the desktop's, which is not there; nothing is asked of the open network. */
const prefsFor = (pushUrl: string) => ({
  'dom.push.serverURL': pushUrl,
  'dom.push.testing.allowInsecureServerURL': true,
  'dom.push.connection.enabled': true,
  'remote.prefs.recommended': false,
  'alerts.useSystemBackend': false,
  'app.normandy.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'intl.accept_languages': 'vi',
})

function start(home: string) {
  const args = ['--headless', '--no-remote', '--profile', home, '--remote-debugging-port', '0']
  const env = { ...process.env, HOME: home, MOZ_CRASHREPORTER_DISABLE: '1', MOZ_HEADLESS: '1' }
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const address = new Promise<string>((done, failed) => {
    child.once('error', failed)
    child.once('exit', code => {
      failed(new Error(`Firefox ended with ${code}`))
    })
    let said = ''
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString('utf8')
      const found = /BiDi listening on (ws:\S+)/.exec(said)
      if (found) done(found[1]!)
    })
  })
  return { child, address }
}

async function connect(address: string) {
  const socket = new WebSocket(`${address}/session`)
  await new Promise((done, failed) => {
    socket.addEventListener('open', done)
    socket.addEventListener('error', () => {
      failed(new Error('Firefox does not answer'))
    })
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  })
  let last = 0
  return async (method: string, params: object = {}) => {
    const id = ++last
    const answer = await new Promise<Answer>(done => {
      waiting.set(id, done)
      socket.send(JSON.stringify({ id, method, params }))
    })
    waiting.delete(id)
    if (answer.type !== 'success') throw new Error(`${method}: ${answer.message}`)
    return answer.result!
  }
}

/** What BiDi says of a value: only text is read. */
interface Evaluated {
  type: string
  result?: { value?: string }
  exceptionDetails?: { text: string }
}

/** @param origin of the product, which may show notifications @param session its cookie */
export async function openFirefox(pushUrl: string, origin: string, session: string) {
  const home = mkdtempSync(join(tmpdir(), 'loa-firefox-'))
  const prefs = Object.entries(prefsFor(pushUrl))
  writeFileSync(
    join(home, 'user.js'),
    prefs.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''),
  )
  const { child, address } = start(home)
  const ask = await connect(await address)
  await ask('session.new', { capabilities: {} })
  const { contexts } = (await ask('browsingContext.getTree')) as { contexts: { context: string }[] }
  const { context } = contexts[0]!
  await ask('permissions.setPermission', { descriptor: { name: 'notifications' }, state: 'granted', origin })
  const cookie = { name: 'loa', value: { type: 'string', value: session }, domain: new URL(origin).hostname, path: '/' }
  await ask('storage.setCookie', { cookie: { ...cookie, httpOnly: true, sameSite: 'lax' } })
  const go = (url: string) => ask('browsingContext.navigate', { context, url, wait: 'complete' })
  return {
    open: (path: string) => go(origin + path),
    leave: () => go('about:blank'),
    /** As if a person had pressed something. @param expression gives text, at once or later @throws Error of the page's */
    async evaluate(expression: string): Promise<string> {
      const asked = { expression, target: { context }, awaitPromise: true, userActivation: true }
      const said = (await ask('script.evaluate', asked)) as unknown as Evaluated
      if (said.type !== 'success') throw new Error(said.exceptionDetails?.text)
      return said.result?.value ?? ''
    },
    async close() {
      const ended = new Promise(done => child.once('exit', done))
      child.kill()
      await ended
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
