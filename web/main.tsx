import './old-phones.ts'
import './styles/tokens.css'
import './styles/first.css'
import { render } from 'preact'
import { App, chooseFrame, fetchScreens } from './app.tsx'
import { loadMe, me } from './me.ts'
import { watchNetwork } from './outbox.ts'
import { watchInstall } from './install.ts'
import { watchAddress } from './router.tsx'
import { applyView } from './shell/view.ts'
import { language } from './words.ts'

applyView()
watchInstall()
document.documentElement.lang = language.value

/** Somebody who saves data pays only for what he opens. */
const isSparing = () =>
  Boolean((navigator as { connection?: { saveData?: boolean } }).connection?.saveData) && me.value?.kind === 'resident'

async function start() {
  // Somebody known opens at once; the server's word on who it is comes behind.
  const asked = loadMe()
  if (!me.value) await asked
  await chooseFrame()
  const root = document.getElementById('app')!
  root.textContent = ''
  render(<App />, root)
  watchAddress()
  watchNetwork()
  void import('./watch-holder.ts').then(m => m.watchHolder()).catch(() => {})
  setTimeout(() => {
    if (me.value && !isSparing()) fetchScreens()
  }, 3000)
}

void start()
if ('serviceWorker' in navigator && import.meta.env.PROD) {
  addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => {}))
}
