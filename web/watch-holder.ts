// What this phone keeps is erased on its day, and at the first contact after its holder may no longer have it.
import { hearRefusals, type Refusal } from './api.ts'
import { loadMe, me, type Me } from './me.ts'
import { forgetOthersPush } from './push.ts'
import { forget, forgetOld } from './stored.ts'

const key = 'loa.holder'

/** What a phone keeps is for one person as one post: also whoever goes on as another begins with nothing. */
const holderOf = (found: Me | null) =>
  found ? `${found.id} ${found.posts.find(post => post.isActive)?.id ?? ''}` : 'nobody'

/**
 * Stored lists, and being told of news: neither is for the next. Who acts for a home finds his own again afterwards; what was kept of
 * the home goes. Noted only when it is done, so that an app closed too soon does it later.
 */
async function forgetBefore(next: Me | null) {
  if (next?.assist) return
  const holder = holderOf(next)
  await forget(next && localStorage.getItem(key) === holder ? next.id : '')
  if (next) await forgetOthersPush()
  localStorage.setItem(key, holder)
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
