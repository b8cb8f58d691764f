import { ClassTag, ReachBar, Table, type Column } from '../kit.tsx'
import { fraction, number } from '../numbers.ts'
import { near } from '../time.ts'
import { linkTo } from '../links.ts'
import { leftOf, type Running } from './running.ts'
import { say } from './say.ts'

/** Recent notices, each with its evidence, sorted by homes left. */
export function NoticesTable({ rows }: { rows: readonly Running[] }) {
  const columns: Column<Running>[] = [
    {
      head: say('notice'),
      cell: ({ notice }) => {
        const href = linkTo('/notices/:noticeId/reach', { noticeId: notice.id })
        return (
          <>
            <ClassTag of={notice.class} /> {href ? <a href={href}>{notice.title}</a> : notice.title}
          </>
        )
      },
    },
    { head: say('sent_at'), cell: ({ notice }) => notice.publishedAt && near(notice.publishedAt) },
    { head: say('reach_column'), isWide: true, cell: ({ reach }) => <ReachBar {...reach} isSmall /> },
    {
      head: say('reached_homes'),
      isRight: true,
      cell: ({ reach }) => <span class="soft">{fraction(reach.reached, reach.households)}</span>,
      by: ({ reach }) => reach.reached ?? 0,
    },
    {
      head: say('left'),
      isRight: true,
      cell: ({ reach }) => <b>{number(leftOf(reach) ?? 0)}</b>,
      by: ({ reach }) => leftOf(reach) ?? 0,
    },
  ]
  return (
    <Table isTight caption={say('table_notices')} columns={columns} rows={rows} keyOf={({ notice }) => notice.id} />
  )
}
