// What a phone fetches until the feed can be read, cold: every byte on the wire, worker and JSON included; and the public page of a notice.
// Yardstick: the same browser, network and processor on an empty page of the same server.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, CDPSession } from 'playwright-core'
import { firstLoadOf } from '../web/budget.ts'
import { launch } from '../e2e/browser.ts'
import { Network } from '../e2e/story/http.ts'
import { linkOf, startServer } from '../e2e/story/servers.ts'
import { enter } from '../e2e/story/staff.ts'
import { print } from './print.ts'

/** What Chromium's tools call slow 3G, and a processor four times slower than this machine's. */
const slow3G = { offline: false, latency: 2000, downloadThroughput: 50_000, uploadThroughput: 50_000 }
const slowness = 4

interface Measured {
  bytes: number
  requests: number
  ms: number
}

/** Counts what comes over the wire into a page and its worker. */
async function listen(session: CDPSession, count: Measured) {
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    count.bytes += encodedDataLength
    count.requests++
  })
  await session.send('Network.enable')
}

/** Opens an address cold and waits until `until` can be seen. */
async function open(browser: Browser, url: string, cookie: string | undefined, until: string): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, isMobile: true })
  const { hostname } = new URL(url)
  if (cookie) {
    const [name, value] = cookie.split('=', 2)
    await context.addCookies([{ name: name!, value: value!, domain: hostname, path: '/' }])
  }
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  const count: Measured = { bytes: 0, requests: 0, ms: 0 }
  await listen(session, count)
  await session.send('Network.emulateNetworkConditions', slow3G)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
  const begun = performance.now()
  await page.goto(url, { waitUntil: 'commit', timeout: 120_000 })
  await page.locator(until).first().waitFor({ timeout: 120_000 })
  count.ms = performance.now() - begun
  await context.close()
  return count
}

/** The worker's script comes over a connection of its own, which the page's session does not see. */
async function withWorker(address: string, found: Measured): Promise<Measured> {
  const answer = await fetch(`${address}/sw.js`, { headers: { 'accept-encoding': 'br, gzip' } })
  const bytes = Number(answer.headers.get('content-length') ?? (await answer.arrayBuffer()).byteLength)
  return { ...found, bytes: found.bytes + bytes, requests: found.requests + 1 }
}

const kb = (bytes: number) => bytes / 1024

function tell(name: string, found: Measured, bare: Measured, most: number, json: boolean) {
  const bytes = kb(found.bytes)
  print(
    {
      bench: 'page',
      case: `${name}: bytes, ${found.requests} requests`,
      value: bytes,
      unit: 'KB',
      target: `≤ ${most} KB`,
      met: bytes <= most,
    },
    json,
  )
  print(
    {
      bench: 'page',
      case: `${name}: readable on slow 3G, processor × 1/${slowness}`,
      value: found.ms,
      unit: 'ms',
      yardstick: bare.ms,
      ratio: found.ms / bare.ms,
    },
    json,
  )
}

export async function run(json: boolean) {
  const home = mkdtempSync(join(tmpdir(), 'loa-page-'))
  chmodSync(home, 0o755)
  const env = { DATA_DIR: join(home, 'data'), DEMO: '1', DEMO_VILLAGES: '1', PORT: '0', LOG_LEVEL: 'error' }
  const server = await startServer(env, false)
  const browser = await launch()
  try {
    const net = new Network([server.address])
    const cookie = await enter(net, linkOf(server, 'a household'))
    const { items } = await net.get<{ items: { id: string }[] }>('GET', '/api/v1/feed', { cookie })
    const bare = await open(browser, `${server.address}/healthz`, undefined, 'body')
    const script = firstLoadOf(join(import.meta.dirname, '..', 'dist')).reduce((sum, file) => sum + file.bytes, 0)
    print(
      {
        bench: 'page',
        case: 'script and style of the first load, gzip',
        value: kb(script),
        unit: 'KB',
        target: '≤ 30 KB',
        met: kb(script) <= 30,
      },
      json,
    )
    const feed = await open(browser, `${server.address}/`, cookie, 'article, .card, main h2')
    tell('feed', await withWorker(server.address, feed), bare, 60, json)
    tell('public page', await open(browser, `${server.address}/n/${items[0]!.id}`, undefined, 'h1'), bare, 14, json)
    net.stop()
  } finally {
    await browser.close()
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  }
}
