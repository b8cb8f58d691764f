// What was done with a notice, for whoever may see it: residents the official steps, by post; who sees names all of it.
import { iso, now } from '#core/clock'
import { inside } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { trailHead } from '#core/trail'
import { may } from '#access'
import type { reachOperations } from './contract-reach.ts'
import { findWindows, getCardFor, readerOf } from './reader.ts'
import { wasShown } from './store/feed.ts'
import { trailOf } from './store/trail.ts'
import { getView } from './view.ts'

/** Publishing, approval, relay, correction, withdrawal: never a visit or a look. */
const official = [
  'notice.published',
  'notice.approved',
  'notice.sent_alone',
  'notice.relayed',
  'notice.relay_passed',
  'notice.corrected',
  'notice.withdrawn',
] as const

/** What a home or a post was shown it may follow. @throws Problem not_found */
async function ownCopy(call: Call, noticeId: string) {
  const reader = readerOf(call.caller)
  const card = await getCardFor(call.app, call.caller, noticeId)
  const targets = (await findWindows(call.app, reader)).map(window => window.targetId)
  if (!(await wasShown(call.db, reader.tenant, card[0]!.cardId, targets))) throw new Problem('not_found')
  return { tenant: reader.tenant, subjectId: inside(noticeId).id, kinds: official, units: new Set(targets) }
}

async function whole(call: Call, noticeId: string) {
  const view = await getView(call, noticeId)
  return { tenant: view.tenant, subjectId: view.subjectId, kinds: view.named.size ? null : official, units: undefined }
}

export const trailing = {
  async trail(input, call) {
    const isStaff = call.caller.kind === 'staff' && (await may(call.app, call.caller, 'reach.see'))
    const { tenant, subjectId, kinds, units } = isStaff
      ? await whole(call, input.noticeId)
      : await ownCopy(call, input.noticeId)
    const rows = await trailOf(call.db, tenant, subjectId, kinds)
    // A home follows its own village's relay, not the others'.
    const own = rows.filter(row => !units || row.unitId === null || units.has(row.unitId))
    return { items: own.map(({ no, at, what, post, unit }) => ({ no, at: iso(at), what, post, unit })) }
  },

  async trailHead(_, { db, caller }) {
    return { head: await trailHead(db, caller.tenant!), at: iso(now()) }
  },
} satisfies Pick<Answers<typeof reachOperations>, 'trail' | 'trailHead'>
