// After the app, its worker: one file that knows what the first load needs and which addresses are the app's.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build, type Plugin, type Rollup } from 'vite'
import { appPaths } from '../screens.ts'

type Bundle = Rollup.OutputBundle

/** The screen a resident opens first. */
const isFeed = (file: Rollup.OutputChunk) => Boolean(file.facadeModuleId?.endsWith('/web/Feed.tsx'))

/** The files without which nothing is shown: what the page names, the feed, what they import, their style. */
export function firstLoad(bundle: Bundle): string[] {
  const wanted = new Set<string>()
  const add = (name: string) => {
    const file = bundle[name]
    if (!file || file.type !== 'chunk' || wanted.has(name)) return
    wanted.add(name)
    for (const other of file.imports) add(other)
    for (const style of file.viteMetadata?.importedCss ?? []) wanted.add(style)
  }
  const page = bundle['index.html'] as Rollup.OutputAsset
  for (const [, name] of String(page.source).matchAll(/src="\/(assets\/[^"]+\.js)"/g)) add(name!)
  for (const file of Object.values(bundle)) if (file.type === 'chunk' && isFeed(file)) add(file.fileName)
  return [...wanted]
}

export const serviceWorker = (root: string): Plugin => {
  let first: string[] = []
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
        first = firstLoad(bundle)
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
          __PATHS__: JSON.stringify(appPaths),
          __BUILD__: JSON.stringify(createHash('sha256').update(first.join()).digest('hex').slice(0, 12)),
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
