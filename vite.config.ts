// Builds the app: script and style for phones as old as Chrome 66 and Safari 12.
import { defineConfig } from 'vite'
import { smallPreload } from './web/build/preload.ts'
import { routes } from './web/build/routes.ts'
import { serviceWorker } from './web/build/service-worker.ts'

/** One file instead of five: what a resident's first screen is made of. What else it needs is fetched too, and counted. */
const firsts = [
  /^\/core\/client\.ts$/,
  /^\/web\/(?:app|api|bind|icons|id|install|load|main|me|numbers|old-phones|outbox|router|screens?|shell-words|time|words|words\.vi)\.tsx?$/,
  /^\/web\/kit\/(?:act|icon|later|page|rows|state|toast)\.tsx$/,
  /^\/web\/shell\/(?:bar|open-sheet|phone-frame|strip|view)\.tsx?$/,
  /^\/modules\/delivery\/web\/(?:Feed|FeedCard|events|feed-state|feed-words\.vi)\.tsx?$/,
  /^\/modules\/\w+\/web\/screens\.ts$/,
]
const root = import.meta.dirname.replaceAll('\\', '/')
const isFirst = (id: string) =>
  /node_modules\/(?:preact|@preact)\//.test(id) ||
  (id.startsWith(root) && firsts.some(one => one.test(id.slice(root.length))))

const phones = ['chrome66', 'safari12']

export default defineConfig({
  root: 'web',
  appType: 'custom',
  publicDir: false,
  plugins: [smallPreload(), routes(), serviceWorker(import.meta.dirname)],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: phones,
    cssTarget: phones,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', test: isFirst }] } } },
  },
})
