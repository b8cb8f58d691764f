// After the app, its worker: one file that knows what the first load needs and which addresses are the app's.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build, type Plugin, type Rollup } from 'vite'
import { appPaths } from '../screens.ts'

type Bundle = Rollup.OutputBundle

/** The screen a resident opens first. */
const isFeed = (file: Rollup.OutputChunk) => Boolean(file.facadeModuleId?.endsWith('/web/Feed.tsx'))

/** Files with everything they import, and their style. */
function withNeeds(bundle: Bundle, names: Iterable<string>): Set<string> {
  const wanted = new Set<string>()
  const add = (name: string) => {
    const file = bundle[name]
    if (!file || file.type !== 'chunk' || wanted.has(name)) return
    wanted.add(name)
    for (const other of file.imports) add(other)
    for (const style of file.viteMetadata?.importedCss ?? []) wanted.add(style)
  }
  for (const name of names) add(name)
  return wanted
}

const chunks = (bundle: Bundle) => Object.values(bundle).filter(file => file.type === 'chunk')

/** Without these nothing is shown: what the page names, and the feed. */
function firstLoad(bundle: Bundle) {
  const page = bundle['index.html'] as Rollup.OutputAsset
  const named = String(page.source).matchAll(/src="\/(assets\/[^"]+\.js)"/g)
  return withNeeds(bundle, [
    ...[...named].map(found => found[1]!),
    ...chunks(bundle)
      .filter(isFeed)
      .map(file => file.fileName),
  ])
}

/** Without these nothing works once the network is gone: what is kept, what waits, the rest of style and drawings. */
const isForOffline = (file: Rollup.OutputChunk) =>
  file.moduleIds.some(id =>
    /\/web\/(?:stored\.ts|watch-holder\.ts|more\.ts|shell\/sheets\.tsx|kit\/notice\.tsx)$|virtual:more-routes$/.test(
      id,
    ),
  )

function offlineLoad(bundle: Bundle, first: Set<string>) {
  const all = withNeeds(
    bundle,
    chunks(bundle)
      .filter(isForOffline)
      .map(file => file.fileName),
  )
  return [...all].filter(name => !first.has(name))
}

export const serviceWorker = (root: string): Plugin => {
  let first: string[] = []
  let offline: string[] = []
  let outDir = ''
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir
    },
    generateBundle: {
      // After the page is written: it names the scripts that begin.
      order: 'post',
      handler(_, bundle) {
        const found = firstLoad(bundle)
        first = [...found]
        offline = offlineLoad(bundle, found)
        this.emitFile({ type: 'asset', fileName: 'first-load.json', source: JSON.stringify(first) })
      },
    },
    async closeBundle() {
      const shell = ['/', ...first.map(file => `/${file}`)]
      await build({
        configFile: false,
        root: join(root, 'web'),
        publicDir: false,
        logLevel: 'warn',
        define: {
          __FIRST__: JSON.stringify(shell),
          __OFFLINE__: JSON.stringify(offline.map(file => `/${file}`)),
          __PATHS__: JSON.stringify(appPaths),
          __BUILD__: JSON.stringify(
            createHash('sha256')
              .update([...first, ...offline].join())
              .digest('hex')
              .slice(0, 12),
          ),
        },
        build: {
          outDir,
          emptyOutDir: false,
          target: ['chrome66', 'safari12'],
          rolldownOptions: {
            input: join(root, 'web/sw.ts'),
            output: { entryFileNames: 'sw.js', format: 'iife' },
          },
        },
      })
    },
  }
}
