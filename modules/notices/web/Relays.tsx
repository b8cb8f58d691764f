// Which village passed it on, when, and who is late: late ones first.
import { api } from '#web/api.ts'
import { Failed, Table } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { fraction, number } from '#web/numbers.ts'
import { hour } from '#web/time.ts'
import { say } from './say.ts'

type State = Awaited<ReturnType<typeof api.notices.relayState>>['items'][number]

const stateOf = (one: State) => {
  if (one.how === 'none') return say('relay_nobody_lives')
  if (!one.passedAt)
    return one.lateMinutes ? say('relay_late', { n: one.lateMinutes }) : say('relay_waits', { time: hour(one.dueAt) })
  const how = say(`relay_how_${one.how}` as 'relay_how_head')
  return `${hour(one.passedAt)} ${how}${one.lateMinutes ? `, ${say('relay_late', { n: one.lateMinutes })}` : ''}`
}

const urgency = (one: State) => (one.passedAt ? 0 : 1 + one.lateMinutes)

export function Relays({ noticeId }: { noticeId: string }) {
  const found = useLoaded(() => api.notices.relayState({ noticeId }), [noticeId], { every: 30_000 })
  if (found.refusal && !found.value) return <Failed refusal={found.refusal} retry={found.reload} />
  const rows = (found.value?.items ?? []).toSorted((a, b) => urgency(b) - urgency(a))
  if (!rows.length) return null
  // A village where nobody lives is asked nothing.
  const asked = rows.filter(one => one.how !== 'none')
  const title = say('relay_title', { n: fraction(asked.filter(one => one.passedAt).length, asked.length) })
  return (
    <section class="stack">
      <h2>{title}</h2>
      <Table
        caption={title}
        rows={rows}
        keyOf={one => one.unitId}
        isTight
        columns={[
          { head: say('village'), cell: one => one.name },
          { head: say('homes'), cell: one => number(one.households), isRight: true, by: one => one.households },
          { head: say('state'), cell: stateOf },
        ]}
      />
    </section>
  )
}
