// Who holds this phone: asked once at the start, remembered so that the app opens without a network.
import { signal } from '@preact/signals'
import type { Me } from '#access/contract'
import { api, type Refusal } from './api.ts'
import { deskRoles } from './screen.ts'

export type { Me }

const key = 'loa.me'
const remembered = () => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Me | null
  } catch {
    return null
  }
}

/** `null`: nobody is signed in. */
export const me = signal<Me | null>(typeof localStorage === 'undefined' ? null : remembered())

function remember(found: Me | null) {
  me.value = found
  if (found) localStorage.setItem(key, JSON.stringify(found))
  else localStorage.removeItem(key)
}

/** What the phone keeps for one person is not for the next: stored lists, and being told of news. */
async function forgetBefore() {
  const { forget } = await import('./stored.ts')
  await forget()
  if (!me.value) return
  const { forgetOthersPush } = await import('./push.ts')
  await forgetOthersPush(me.value.id)
}

/**
 * Asks the server who holds the phone: at the start, and after signing in or out or taking another post.
 * Without an answer the remembered one stands; only a clear "nobody" forgets it.
 */
export async function loadMe(): Promise<Me | null> {
  const before = me.value?.id
  try {
    remember(await api.access.me({}))
  } catch (error) {
    if ((error as Refusal).status === 401) remember(null)
  }
  if (before !== me.value?.id) await forgetBefore().catch(() => {})
  return me.value
}

export const isDesk = () => Boolean(me.value?.role && deskRoles.includes(me.value.role))
