// Builds the app into a directory: `node run.mjs web/build/main.ts [directory]`. The server does it by itself when sources changed.
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { compress } from './compress.ts'
import { drawIcons } from './pictures.ts'

const root = join(import.meta.dirname, '../..')
const outDir = resolve(process.argv[2] ?? join(root, 'dist'))
// Phones get this build whoever makes it: with another NODE_ENV around (a test has one) the libraries would bring what helps only developers.
process.env['NODE_ENV'] = 'production'
await build({
  configFile: join(root, 'vite.config.ts'),
  // Node reads it as it is: a bundled one would drag every screen in.
  configLoader: 'native',
  root: join(root, 'web'),
  logLevel: 'warn',
  build: { outDir },
})
await drawIcons(outDir)
compress(outDir)
