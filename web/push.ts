// "Nhận tin trên máy này": asked only after a tap, taken back as easily.
import { signal } from '@preact/signals'
import { api } from './api.ts'
import { me } from './me.ts'

/** `unable`: this browser cannot · `denied`: the person or the phone said no · `off` · `on` */
export type PushState = 'unable' | 'denied' | 'off' | 'on'
export const pushState = signal<PushState | undefined>(undefined)

const key = 'loa.device'
/** The subscription as the server calls it, and whose it is. */
function device(): { id: string; owner: string } | undefined {
  const [id, owner] = (localStorage.getItem(key) ?? '').split(' ')
  return id && owner ? { id, owner } : undefined
}
/** A phone that opens several homes is one of them at a time; being told is for all of them. */
const isMine = (owner: string | undefined) =>
  owner !== undefined && [me.value?.id, ...(me.value?.homes ?? []).map(home => home.id)].includes(owner)
const isAble = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

const bytesOf = (base64url: string) => {
  const text = atob(base64url.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(text, letter => letter.charCodeAt(0))
}

async function subscription() {
  const worker = await navigator.serviceWorker.getRegistration('/')
  return worker?.pushManager.getSubscription() ?? null
}

/** Looks without asking anybody anything. */
export async function lookAtPush() {
  if (!isAble()) return (pushState.value = 'unable')
  if (Notification.permission === 'denied') return (pushState.value = 'denied')
  const found = await subscription()
  return (pushState.value = found && isMine(device()?.owner) ? 'on' : 'off')
}

async function tell(found: PushSubscription) {
  const { endpoint, keys } = found.toJSON()
  const { id } = await api.channels.subscribe({
    endpoint: endpoint!,
    keys: { p256dh: keys!['p256dh']!, auth: keys!['auth']! },
  })
  localStorage.setItem(key, `${id} ${me.value!.id}`)
}

/** Asks the person, then the browser's push service, then tells the server. @throws Refusal */
export async function startPush(): Promise<PushState> {
  if (!isAble()) return (pushState.value = 'unable')
  if ((await Notification.requestPermission()) !== 'granted') return lookAtPush()
  const [worker, { publicKey }] = await Promise.all([navigator.serviceWorker.ready, api.channels.pushKey({})])
  const wanted = { userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) }
  // A subscription under another installation's key refuses ours: it is given up first.
  const found = await worker.pushManager.subscribe(wanted).catch(async () => {
    await (await worker.pushManager.getSubscription())?.unsubscribe()
    return worker.pushManager.subscribe(wanted)
  })
  await tell(found)
  return (pushState.value = 'on')
}

export async function stopPush(): Promise<PushState> {
  const mine = device()
  if (mine) await api.channels.unsubscribe({ deviceId: mine.id })
  localStorage.removeItem(key)
  await (await subscription())?.unsubscribe()
  return (pushState.value = 'off')
}

/** Somebody else signed in on this phone: what it was subscribed to for the one before ends. */
export async function forgetOthersPush() {
  const found = device()
  if (!found || isMine(found.owner)) return
  localStorage.removeItem(key)
  if (isAble()) await (await subscription())?.unsubscribe()
  pushState.value = undefined
}
