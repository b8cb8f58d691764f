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

/** Asks the server. Without an answer the remembered one stands; only a clear "nobody" forgets it. */
export async function loadMe(): Promise<Me | null> {
  try {
    remember(await api.access.me({}))
  } catch (error) {
    if ((error as Refusal).status === 401) remember(null)
  }
  return me.value
}

/** After signing in, signing out or taking another post: who is it now? Stored copies of another person's lists go. */
export async function meChanged(): Promise<Me | null> {
  const before = me.value?.id
  const found = await loadMe()
  if (before && before !== found?.id) {
    const [{ forget }, { forgetPush }] = await Promise.all([import('./stored.ts'), import('./push.ts')])
    await Promise.all([forget(), forgetPush()])
  }
  return found
}

export const isDesk = () => Boolean(me.value?.role && deskRoles.includes(me.value.role))
