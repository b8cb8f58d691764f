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

/** Whose copies wait on the phone while he acts for a home. */
const helperKey = 'loa.helper'

/**
 * What the phone keeps for one person is not for the next: stored lists, and being told of news.
 * Who acts for a home finds his own again afterwards; what was kept of the home goes.
 */
async function forgetBefore(before: Me | null) {
  if (me.value?.assist) return localStorage.setItem(helperKey, before?.id ?? '')
  const isBack = before?.assist && localStorage.getItem(helperKey) === me.value?.id
  const { forget } = await import('./stored.ts')
  await forget(isBack ? before.id : '')
  if (!me.value) return
  const { forgetOthersPush } = await import('./push.ts')
  await forgetOthersPush(me.value.id)
}

/**
 * Asks the server who holds the phone: at the start, and after signing in or out or taking another post.
 * Without an answer the remembered one stands; only a clear "nobody" forgets it.
 */
export async function loadMe(): Promise<Me | null> {
  const before = me.value
  try {
    remember(await api.access.me({}))
  } catch (error) {
    if ((error as Refusal).status === 401) remember(null)
  }
  if (before?.id !== me.value?.id) await forgetBefore(before).catch(() => {})
  return me.value
}

export const isDesk = () => Boolean(me.value?.role && deskRoles.includes(me.value.role))
