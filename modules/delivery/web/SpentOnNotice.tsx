// What one notice has cost: by channel, and for each home that knows of it.
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { Table } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { money, number } from '#web/numbers.ts'
import { say, wayName } from './spent-say.ts'

type Spent = Answer<Contracts['delivery']['spent']>

const finding = ({ dong, messages, perHome }: Spent) =>
  perHome === null
    ? say('sum', { n: money(dong), messages: number(messages) })
    : say('sum_per_home', { n: money(dong), messages: number(messages), each: money(perHome) })

/** Nothing where no paid way was used: most notices cost nothing, and that is no finding. */
export function SpentOnNotice({ noticeId }: { noticeId: string }) {
  const { value } = useLoaded(() => api.delivery.spent({ noticeId }), [noticeId], { every: 60_000 })
  if (!value?.dong && !value?.waiting) return null
  return (
    <section class="stack">
      {Boolean(value.waiting) && <p class="is-warn">{say('waiting', { n: number(value.waiting!) })}</p>}
      <h2>{finding(value)}</h2>
      <Table<Spent['channels'][number]>
        caption={finding(value)}
        isTight
        rows={value.channels}
        keyOf={way => way.channel}
        columns={[
          { head: say('way'), cell: way => wayName(way.channel) },
          { head: say('messages'), cell: way => number(way.messages), isRight: true },
          { head: say('parts'), cell: way => number(way.parts), isRight: true },
          { head: say('dong'), cell: way => money(way.dong), isRight: true },
        ]}
      />
    </section>
  )
}
