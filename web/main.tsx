import './old-phones.ts'
import './styles/tokens.css'
import './styles/kit.css'
import { render } from 'preact'
import { App, chooseFrame } from './app.tsx'
import { loadMe, me } from './me.ts'
import { watchNetwork } from './outbox.ts'
import { applyView } from './shell/view.ts'
import { language } from './words.ts'

applyView()
document.documentElement.lang = language.value

async function start() {
  // Somebody known opens at once; the server's word on who it is comes behind.
  const asked = loadMe()
  if (!me.value) await asked
  await chooseFrame()
  const root = document.getElementById('app')!
  root.textContent = ''
  render(<App />, root)
  watchNetwork()
}

void start()
if ('serviceWorker' in navigator && import.meta.env.PROD)
  void navigator.serviceWorker.register('/sw.js').catch(() => {})
