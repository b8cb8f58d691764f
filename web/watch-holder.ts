// What this phone keeps is erased on its day, and at the first contact after its holder may no longer have it.
import { hearRefusals, type Refusal } from './api.ts'
import { holder, loadMe, me, type Me } from './me.ts'
import { forgetOthersPush } from './push.ts'
import { forget, forgetOld } from './stored.ts'

/**
 * Stored lists, and being told of news: neither is for the next. Who acts for a home finds his own again afterwards; what was kept of
 * the home goes. Done at every start too, in case the app was closed too soon; what this holder has stored meanwhile stays.
 */
async function forgetBefore(next: Me | null) {
  if (next?.assist) return
  await forget(next ? holder() : '')
  if (next) await forgetOthersPush()
}

/** A post may have no right to what one screen asks for: the server is not asked anew for each. */
const patience = 60_000
let askedAt = -Infinity
let isAsking = false

/** Nobody any more, or perhaps no longer in this post: the server is asked who holds the phone. */
function doubt({ status }: Refusal) {
  const isLate = performance.now() - askedAt > patience
  if (!me.value || isAsking || !(status === 401 || (status === 403 && isLate))) return
  askedAt = performance.now()
  isAsking = true
  void loadMe().finally(() => (isAsking = false))
}

const clear = () => void forgetOld().catch(() => {})

export function watchHolder() {
  me.subscribe(next => void forgetBefore(next).catch(() => {}))
  hearRefusals(doubt)
  clear()
  setInterval(clear, 3_600_000)
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    clear()
    if (me.value) void loadMe()
  })
}
