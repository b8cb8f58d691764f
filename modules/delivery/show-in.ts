// A relay passes a message on: its village sees it from now, and its ladder starts.
import { newId } from '#core/ids'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { channelOf, kindsOf } from '#channels'
import { channelsOf, ladderOf, rungOf, type Step } from './ladder.ts'
import { makeVisible, showTo, showToHomes } from './store/audience.ts'
import { insertSteps } from './store/ladder.ts'
import { lockPublication, type Publication } from './store/publication.ts'

export interface Showing {
  tenant: number
  publishedId: string
  /** Villages that waited behind the relay; one that sees the message already is left as it is. */
  unitIds: string[]
  /** What the village adds: its words, and who said them. */
  localWords?: { words: string; title?: string } | undefined
  at: Date
}

type Laddered = Pick<Publication, 'tenant' | 'class' | 'ask'> & {
  ladder: Pick<Publication['ladder'], 'steps'>
  lastUsefulAt?: Date | null | undefined
}

/** The steps of a publication for homes that can see it from `visibleAt` on; a rung for none of whose channels the commune has an account has none. */
export async function stepsOf(tx: Tx, p: Laddered, visibleAt: Date): Promise<Step[]> {
  const kinds = await kindsOf(tx, p.tenant)
  return stepsWith(p, visibleAt, channel => {
    const through = channelOf(channel)?.speaksThrough
    return !through || kinds.includes(through)
  })
}

/** @param speaks may the commune use it? */
export function stepsWith(p: Omit<Laddered, 'tenant'>, visibleAt: Date, speaks: (channel: string) => boolean): Step[] {
  const steps = ladderOf(
    { normal: p.ladder.steps, priority: p.ladder.steps, emergency: p.ladder.steps },
    { class: p.class, ask: p.ask, visibleAt, lastUsefulAt: p.lastUsefulAt ?? undefined },
  )
  return steps.filter(step => channelsOf(rungOf(p.ladder.steps, step) ?? step).some(speaks))
}

/** @returns the villages that see it from now on; none when the message was withdrawn or told again since */
export async function showIn(
  app: App,
  tx: Tx,
  { tenant, publishedId, unitIds, localWords, at }: Showing,
): Promise<string[]> {
  const p = await lockPublication(tx, tenant, publishedId)
  if (!p || p.withdrawnAt || p.replacedBy) return []
  const shown = await makeVisible(tx, { tenant, publishedId, visibleAt: at }, unitIds)
  if (!shown.length) return []
  const card = { tenant, publishedId, shownId: newId(), cardId: p.cardId, isPrivate: p.isPrivate }
  if (p.isPrivate) await showToHomes(tx, card, shown, localWords)
  else await showTo(tx, card, shown, localWords)
  await insertSteps(tx, p, await stepsOf(tx, p, at), shown)
  await app.events.announce(app, tx, 'publication.shown', { tenant, publishedId, unitIds: shown })
  return shown
}
