// What one notice has cost: by channel, and for each home that knows of it.
import { channelName } from '#channels/names'
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { Table } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { money, number } from '#web/numbers.ts'
import { say } from './spent-say.ts'

type Spent = Answer<Contracts['delivery']['spent']>

const finding = ({ dong, messages, perHome }: Spent) =>
  perHome === null
    ? say('sum', { n: money(dong), messages: number(messages) })
    : say('sum_per_home', { n: money(dong), messages: number(messages), each: money(perHome) })

export const useSpent = (noticeId: string) =>
  useLoaded(() => api.delivery.spent({ noticeId }), [noticeId], { every: 60_000 }).value

/** An emergency that the month's money stopped: said before all figures. */
export const WaitsForMoney = ({ spent }: { spent: Spent | undefined }) =>
  spent?.waiting ? <p class="is-warn">{say('waiting', { n: number(spent.waiting) })}</p> : null

/** Nothing where no paid way was used: most notices cost nothing, and that is no finding. */
export function SpentOnNotice({ spent }: { spent: Spent | undefined }) {
  if (!spent?.dong) return null
  return (
    <section class="stack">
      <h2>{finding(spent)}</h2>
      <Table<Spent['channels'][number]>
        caption={finding(spent)}
        isTight
        rows={spent.channels}
        keyOf={way => way.channel}
        columns={[
          { head: say('way'), cell: way => channelName(way.channel) },
          { head: say('messages'), cell: way => number(way.messages), isRight: true },
          { head: say('parts'), cell: way => number(way.parts), isRight: true },
          { head: say('dong'), cell: way => money(way.dong), isRight: true },
        ]}
      />
    </section>
  )
}
