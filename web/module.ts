// Serves the built app: its files from memory, compressed beforehand, and the shell at every address that is a screen.
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { Hono, type Context } from 'hono'
import type { App, Module } from '#core/module'
import { builtApp } from './built.ts'
import { appPaths } from './screens.ts'

interface Served {
  raw: Buffer<ArrayBuffer>
  gz?: Buffer<ArrayBuffer> | undefined
  br?: Buffer<ArrayBuffer> | undefined
  media: string
  cache: string
  tag: string
}

const medias: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
}
const hourly = 'public, max-age=3600'
const forEver = 'public, max-age=31536000, immutable'
const always = 'no-cache'

const tagOf = (bytes: Buffer) => `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 20)}"`

/** The shell says whether this is the demo: nothing of one must ever look like the other. */
function shell(dir: string, isDemo: boolean): Served {
  const html = readFileSync(join(dir, 'index.html'), 'utf8').replace(
    '<meta name="loa-demo" content="no">',
    `<meta name="loa-demo" content="${isDemo ? 'yes' : 'no'}">`,
  )
  const raw = Buffer.from(html)
  return { raw, gz: gzipSync(raw), media: 'text/html; charset=utf-8', cache: always, tag: tagOf(raw) }
}

function readAll(dir: string): Map<string, Served> {
  const files = new Map<string, Served>()
  const names = new Set(readdirSync(dir, { recursive: true }) as string[])
  for (const name of names) {
    const media = medias[extname(name)]
    if (!media) continue
    const raw = readFileSync(join(dir, name))
    files.set(`/${name.replaceAll('\\', '/')}`, {
      raw,
      gz: names.has(`${name}.gz`) ? readFileSync(join(dir, `${name}.gz`)) : undefined,
      br: names.has(`${name}.br`) ? readFileSync(join(dir, `${name}.br`)) : undefined,
      media,
      cache: name.startsWith('assets') ? forEver : name === 'sw.js' ? always : hourly,
      tag: tagOf(raw),
    })
  }
  return files
}

function give(c: Context, file: Served, status: 200 | 404): Response {
  const headers = { 'content-type': file.media, 'cache-control': file.cache, etag: file.tag, vary: 'Accept-Encoding' }
  if (c.req.header('if-none-match') === file.tag) return c.body(null, 304, headers)
  const accepted = c.req.header('accept-encoding') ?? ''
  if (file.br && /\bbr\b/.test(accepted)) return c.body(file.br, status, { ...headers, 'content-encoding': 'br' })
  if (file.gz && /\bgzip\b/.test(accepted)) return c.body(file.gz, status, { ...headers, 'content-encoding': 'gzip' })
  return c.body(file.raw, status, headers)
}

const built = new WeakMap<App, { files: Map<string, Served>; shell: Served }>()

const isScreen = new RegExp(appPaths)

function pages(app: App) {
  const hono = new Hono()
  hono.get('*', async (c, next) => {
    const ready = built.get(app)
    if (!ready) return next()
    const { path } = c.req
    if (isScreen.test(path)) return give(c, ready.shell, 200)
    // Browsers ask for it on every page, also on those that name no icon.
    const file = ready.files.get(path === '/favicon.ico' ? '/icon-192.png' : path)
    if (file) return give(c, file, 200)
    // A person who mistyped an address gets a page that says so; a program gets the API's answer.
    if (path.startsWith('/api/') || !c.req.header('accept')?.includes('text/html')) return next()
    return give(c, ready.shell, 404)
  })
  return hono
}

export const web: Module = {
  name: 'web',
  pages,
  async start(app) {
    if (app.config.roles.web) {
      const dir = await builtApp(app.config.dataDir)
      built.set(app, { files: readAll(dir), shell: shell(dir, app.config.isDemo) })
    }
    return () => Promise.resolve()
  },
  ready: app =>
    Promise.resolve(app.config.roles.web && !built.has(app) ? 'the app is being built; a few seconds' : undefined),
}
