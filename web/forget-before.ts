// What the phone keeps for one person is not for the next: stored lists, and being told of news.
import type { Me } from '#access/contract'
import { forgetOthersPush } from './push.ts'
import { forget } from './stored.ts'

/** Whose copies wait on the phone while he acts for a home. */
const key = 'loa.helper'

/** Who acts for a home finds his own again afterwards; what was kept of the home goes. */
export async function forgetBefore(before: Me | null, now: Me | null) {
  if (now?.assist) return localStorage.setItem(key, before?.id ?? '')
  const isBack = before?.assist && localStorage.getItem(key) === now?.id
  await forget(isBack ? before.id : '')
  if (now) await forgetOthersPush()
}
