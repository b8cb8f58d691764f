/// <reference lib="webworker" />
// The app's worker: the first load is on the phone, a screen once opened stays, a push is shown and its arrival told.
import { newId } from './id.ts'
import type { Pushed } from './pushed.ts'

declare const __FIRST__: string[]
declare const __OFFLINE__: string[]
declare const __PATHS__: string
declare const __BUILD__: string
const self = globalThis as unknown as ServiceWorkerGlobalScope
const shell = __FIRST__[0]!
const isScreen = new RegExp(__PATHS__)

self.addEventListener('install', event => {
  const store = async () => {
    const cache = await caches.open(__BUILD__)
    // Hashed files come from the browser's own cache when the page has just fetched them; the shell is asked for anew.
    await cache.addAll([new Request(shell, { cache: 'reload' }), ...__FIRST__.slice(1), ...__OFFLINE__])
    await self.skipWaiting()
  }
  event.waitUntil(store())
})

self.addEventListener('activate', event => {
  const clean = async () => {
    for (const name of await caches.keys()) if (name !== __BUILD__) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(clean())
})

/** Hashed files never change: from the phone if it has them, else fetched once and kept. */
async function asset(request: Request): Promise<Response> {
  const hit = await caches.match(request, { ignoreVary: true })
  if (hit) return hit
  const answer = await fetch(request)
  if (answer.ok) void caches.open(__BUILD__).then(cache => cache.put(request, answer.clone()))
  return answer
}

/** The shell opens from the phone at once: the network, if any, brings the data. */
const page = async (request: Request) => (await caches.match(shell, { ignoreVary: true })) ?? fetch(request)

self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request))
  else if (request.mode === 'navigate' && isScreen.test(url.pathname)) event.respondWith(page(request))
})

const pause = (ms: number) => new Promise(done => setTimeout(done, ms))

/** The device has it: told to the server, three times at most; the feed tells it again when the app is opened. */
async function tellDelivered({ noticeId, version }: Pushed) {
  if (!noticeId) return
  const receipt = { id: newId(), noticeId, level: 'delivered', at: new Date().toISOString(), version }
  for (const wait of [0, 2000, 8000]) {
    await pause(wait)
    const answer = await fetch('/api/v1/receipts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ receipts: [receipt], now: new Date().toISOString() }),
    }).catch(() => undefined)
    if (answer && answer.status < 500) return
  }
}

/** A tap opens the notice inside the app. */
function pathOf({ url, noticeId }: Pushed) {
  const inApp = `/notices/${noticeId}`
  return noticeId && isScreen.test(inApp) ? inApp : url
}

self.addEventListener('push', event => {
  let said: Pushed
  try {
    said = event.data!.json() as Pushed
  } catch {
    said = { title: 'Loa Làng', body: 'Có tin mới', tag: 'loa', url: '/' }
  }
  const isEmergency = said.class === 'emergency'
  const shown = self.registration.showNotification(said.title, {
    body: said.body ?? '',
    tag: said.tag,
    lang: 'vi',
    icon: '/icon-192.png',
    badge: '/badge-96.png',
    requireInteraction: isEmergency,
    data: { url: pathOf(said) },
    ...({ renotify: true, ...(isEmergency ? { vibrate: [400, 200, 400, 200, 400] } : {}) } as NotificationOptions),
  })
  event.waitUntil(Promise.all([shown, tellDelivered(said)]))
})

self.addEventListener('notificationclick', event => {
  event.notification.close()
  const { url } = event.notification.data as { url: string }
  const open = async () => {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
    const [first] = pages
    if (!first) return self.clients.openWindow(url)
    await first.focus()
    return first.navigate(url)
  }
  event.waitUntil(open())
})
