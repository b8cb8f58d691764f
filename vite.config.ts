// Builds the app: script and style for phones as old as Chrome 66 and Safari 12.
import { defineConfig } from 'vite'
import { routes } from './web/build/routes.ts'

export default defineConfig({
  root: 'web',
  appType: 'custom',
  publicDir: false,
  plugins: [routes()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    manifest: true,
    target: ['chrome66', 'safari12'],
    cssTarget: ['chrome66', 'safari12'],
    modulePreload: { polyfill: false },
  },
})
