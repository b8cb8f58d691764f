import type { Plugin } from 'vite'

/** In place of Vite's helper (1.3 KB of a first load): of what a screen needs beforehand only its style has to be asked for. */
export const smallPreload = (): Plugin => ({
  name: 'small-preload',
  enforce: 'pre',
  load: id => (id === '\0vite/preload-helper.js' ? helper : null),
})

const helper = `
const asked = {}
const style = file => asked[file] ??= new Promise((done, failed) => {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = '/' + file
  link.onload = done
  link.onerror = () => { asked[file] = undefined; failed(new Error('style')) }
  document.head.append(link)
})
export const __vitePreload = async (load, files = []) => {
  await Promise.all(files.filter(file => file.endsWith('.css')).map(style))
  return load()
}
`
