// What messages have cost in a month: against the budget, by kind of account, notice by notice.
import { channelName } from '#channels/names'
import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { Act, Acts, Empty, Facts, Failed, Lines, Page, Pick, Table } from '#web/kit.tsx'
import { fraction, money, number } from '#web/numbers.ts'
import { usePages } from '#web/pages.ts'
import { date, dayOf } from '#web/time.ts'
import { say } from './spent-say.ts'

type Month = Answer<Contracts['delivery']['spentInMonth']>
type Item = Month['items'][number]

/** `2026-11` → `11/2026` */
const monthWords = (month: string) => month.split('-').toReversed().join('/')

/** This month and the eleven before it. */
function lastMonths(): string[] {
  const [year, month] = dayOf(new Date()).split('-').map(Number) as [number, number]
  return Array.from({ length: 12 }, (_, n) => {
    const at = year * 12 + month - 1 - n
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  })
}

const factsOf = ({ budget, total, unclear }: Month) =>
  [
    [say('budget'), budget === null ? say('budget_none') : money(budget)],
    [say('spent'), say('sum', { n: money(total.dong), messages: number(total.messages) })],
    budget === null ? undefined : [say('left'), money(Math.max(0, budget - total.dong))],
    unclear ? [say('unclear'), money(unclear)] : undefined,
  ].filter(row => row !== undefined) as [string, string][]

const Kinds = ({ kinds }: { kinds: Month['kinds'] }) => (
  <section class="stack">
    <h2>{say('kinds')}</h2>
    <p class="soft">{say('kinds_words')}</p>
    <Table<Month['kinds'][number]>
      caption={say('kinds')}
      isTight
      rows={kinds}
      keyOf={kind => kind.kind}
      columns={[
        { head: say('way'), cell: kind => channelName(kind.kind) },
        { head: say('messages'), cell: kind => number(kind.messages), isRight: true },
        { head: say('parts'), cell: kind => number(kind.parts), isRight: true },
        { head: say('dong'), cell: kind => money(kind.dong), isRight: true },
      ]}
    />
  </section>
)

const titleOf = ({ title, round }: Item) => (round > 1 ? `${title} (${say('round', { n: round })})` : title)

const Notices = ({ items }: { items: readonly Item[] }) => (
  <section class="stack">
    <h2>{say('notices')}</h2>
    <Table<Item>
      caption={say('notices')}
      isTight
      rows={[...items]}
      keyOf={item => `${item.noticeId} ${item.round}`}
      columns={[
        {
          head: say('notice'),
          cell: item =>
            item.reached === null ? (
              titleOf(item)
            ) : (
              <a href={`/notices/${encodeURIComponent(item.noticeId)}/reach`}>{titleOf(item)}</a>
            ),
        },
        { head: say('sent_on'), cell: item => date(item.publishedAt), isRight: true, by: item => item.publishedAt },
        {
          head: say('reached'),
          cell: item => (item.reached === null ? '–' : fraction(item.reached, item.households)),
          isRight: true,
        },
        { head: say('messages'), cell: item => number(item.messages), isRight: true, by: item => item.messages },
        {
          head: say('each_home'),
          cell: item => (item.reached ? money(item.dong / item.reached) : '–'),
          isRight: true,
        },
        { head: say('dong'), cell: item => <b>{money(item.dong)}</b>, isRight: true, by: item => item.dong },
      ]}
    />
  </section>
)

export function SpentInMonth() {
  const [month, setMonth] = useState(lastMonths()[0]!)
  const { value, refusal, reload, more } = usePages(cursor => api.delivery.spentInMonth({ month, ...cursor }), [month])
  return (
    <Page title={say('title', { month: monthWords(month) })} back="/channels">
      <div class="pad stack-l">
        <Pick
          label={say('month')}
          value={month}
          onChange={setMonth}
          options={lastMonths().map(one => ({ value: one, label: monthWords(one) }))}
        />
        {!value && (refusal ? <Failed refusal={refusal} retry={reload} /> : <Lines retry={reload} />)}
        {value && <Facts rows={factsOf(value)} />}
        {value && !value.total.messages && <Empty title={say('empty')} words={say('empty_words')} icon="sms" />}
        {value && value.kinds.length > 0 && <Kinds kinds={value.kinds} />}
        {value && value.items.length > 0 && <Notices items={value.items} />}
        <Acts isLeft>
          {more && (
            <Act kind="quiet" onClick={more}>
              {say('load_more')}
            </Act>
          )}
          {value && value.items.length > 0 && (
            <Act kind="quiet" icon="xuong" href={`/api/v1/spent/table?month=${month}`}>
              {say('table')}
            </Act>
          )}
        </Acts>
      </div>
    </Page>
  )
}
