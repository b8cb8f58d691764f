// Builds the app: script and style for phones as old as Chrome 66 and Safari 12.
import { defineConfig } from 'vite'
import { routes } from './web/build/routes.ts'
import { serviceWorker } from './web/build/service-worker.ts'

const phones = ['chrome66', 'safari12']

export default defineConfig({
  root: 'web',
  appType: 'custom',
  publicDir: false,
  plugins: [routes(), serviceWorker(import.meta.dirname)],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: phones,
    cssTarget: phones,
    assetsInlineLimit: 0,
    modulePreload: false,
  },
})
