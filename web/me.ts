// Who holds this phone: asked once at the start, remembered so that the app opens without a network.
import { signal } from '@preact/signals'
import { send } from '#core/client'
import { ask, base, type Refusal } from './api.ts'
import { deskRoles, type Role } from './screen.ts'

export interface Me {
  /** The account's, or the home's: what the outbox belongs to. */
  id: string
  kind: 'staff' | 'resident'
  role: Role
  /** A person's name; for a home, how neighbours call it: `Nhà ông Phúc`. */
  name: string
  /** The post acted as: `Trưởng thôn Phú Hưng`. */
  title?: string
  /** Where it is: the post's unit, or the home's village. */
  unit?: { id: string; name: string; kind: string; level: string }
  group?: { id: string; name: string }
  household?: { id: string }
  /** Other posts of the same person. */
  posts?: { id: string; title: string; isActive: boolean }[]
}

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
    remember((await send(ask, base, ['GET', '/me'], {})) as Me)
  } catch (error) {
    if ((error as Refusal).status === 401) remember(null)
  }
  return me.value
}

/** After signing in, signing out or taking another post: who is it now? Stored copies of another person's lists go. */
export async function meChanged(): Promise<Me | null> {
  const before = me.value?.id
  const found = await loadMe()
  if (before && before !== found?.id) await (await import('./stored.ts')).forget()
  return found
}

export const isDesk = () => Boolean(me.value && deskRoles.includes(me.value.role))
