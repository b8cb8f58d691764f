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

/** What a phone keeps is for one person as one post: also whoever goes on as another begins with nothing. */
export const holder = () => {
  const found = me.value
  return found ? `${found.id} ${found.posts.find(post => post.isActive)?.id ?? ''}` : 'nobody'
}

function remember(found: Me | null) {
  me.value = found
  if (found) localStorage.setItem(key, JSON.stringify(found))
  else localStorage.removeItem(key)
}

let round = 0

/**
 * Asks the server who holds the phone: at the start, when it is looked at again, when the server refuses, and after signing in or
 * out or taking another post. Without an answer the remembered one stands; only a clear "nobody" forgets it.
 */
export async function loadMe(): Promise<Me | null> {
  const mine = ++round
  const found = await api.access
    .me({})
    .catch((refusal: unknown) => ((refusal as Refusal).status === 401 ? null : me.value))
  if (mine === round) remember(found)
  return me.value
}

export const isDesk = () => Boolean(me.value?.role && deskRoles.includes(me.value.role))
