// What the reach screens hold: the figures, kept moving by the server's events.
import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { useLoaded } from '#web/load.ts'
import { useEvents } from './events.ts'

export type ReachOf = Answer<Contracts['delivery']['reach']>
export type HomeOf = Answer<Contracts['delivery']['homes']>['homes'][number]

/** Milliseconds between two readings of the whole while figures move. */
const calmMs = 10_000

/** Reach of a notice: the bar moves with each event, villages and curve a little later. */
export function useReach(noticeId: string, round: number | undefined) {
  const loaded = useLoaded(
    () => api.delivery.reach({ noticeId, ...(round ? { round: String(round) } : {}) }),
    [noticeId, round],
    { stored: `reach/${noticeId}/${round ?? ''}`, every: 60_000 },
  )
  const [readAt, setReadAt] = useState(0)
  const path = round ? undefined : `/api/v1/notices/${encodeURIComponent(noticeId)}/live`
  useEvents(path, 'figures', data => {
    if (!loaded.value) return
    loaded.set({ ...loaded.value, ...(JSON.parse(data) as Partial<ReachOf>) })
    if (Date.now() - readAt < calmMs) return
    setReadAt(Date.now())
    void loaded.reload()
  })
  return loaded
}

export const leftOf = ({ households, accountedFor }: Pick<ReachOf, 'households' | 'accountedFor'>) =>
  households === null || accountedFor === null ? null : households - accountedFor
