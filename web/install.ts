// "Put it on the home screen": the browser's offer is kept back and made in our own words, once in two months at most.
import { signal } from '@preact/signals'

interface InstallOffer extends Event {
  prompt: () => Promise<void>
  userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>
}

const key = 'loa.install-refused'
const rest = 60 * 86_400_000

const isResting = () => Date.now() - Number(localStorage.getItem(key) ?? 0) < rest

/** Set while the app may be put on the home screen and nobody has lately said no. */
export const installOffer = signal<InstallOffer | undefined>(undefined)

export function watchInstall() {
  addEventListener('beforeinstallprompt', event => {
    event.preventDefault()
    if (!isResting()) installOffer.value = event as InstallOffer
  })
  addEventListener('appinstalled', () => (installOffer.value = undefined))
}

export function refuseInstall() {
  localStorage.setItem(key, String(Date.now()))
  installOffer.value = undefined
}

export async function install() {
  const offer = installOffer.value
  if (!offer) return
  await offer.prompt()
  const { outcome } = await offer.userChoice
  if (outcome === 'dismissed') refuseInstall()
  else installOffer.value = undefined
}
