import { Icon, ReachBar, Table, type Column } from '../kit.tsx'
import { fraction, number } from '../numbers.ts'
import { clock, hour } from '../time.ts'
import { linkTo } from '../links.ts'
import { leftOf, type ReachNow } from './running.ts'
import { say } from './say.ts'

interface RelayOf {
  unitId: string
  dueAt: string
  passedAt: string | null
  how: string | null
  lateMinutes: number
}
type Village = ReachNow['villages'][number] & { relay: RelayOf | undefined }

const isLate = (relay: RelayOf | undefined) =>
  Boolean(
    relay &&
    (relay.how === 'time' ||
      relay.lateMinutes > 0 ||
      (!relay.passedAt && new Date(relay.dueAt).getTime() < clock.value)),
  )

function RelayCell({ relay }: { relay: RelayOf | undefined }) {
  if (!relay) return <span class="soft">{say('straight')}</span>
  if (relay.how === 'none') return <span class="soft">–</span>
  if (relay.how === 'nobody') return <span class="is-warn">{say('no_head')}</span>
  if (isLate(relay))
    return (
      <span class="is-late">
        <Icon name="gio" isSmall />
        {say('by_itself', { time: hour(relay.passedAt ?? relay.dueAt) })}
      </span>
    )
  if (relay.passedAt)
    return (
      <span class="is-ok">
        <Icon name="ro" isSmall />
        {hour(relay.passedAt)}
      </span>
    )
  return <span class="soft">{say('waits_until', { time: hour(relay.dueAt) })}</span>
}

/** Late relays first, then by homes left: where to act stands on top. 33 villages are one screen, in two columns. */
export function VillagesTable({ reach, relays }: { reach: ReachNow; relays: readonly RelayOf[] }) {
  const byUnit = new Map(relays.map(relay => [relay.unitId, relay]))
  const rows: Village[] = reach.villages
    .map(village => ({ ...village, relay: byUnit.get(village.unitId) }))
    .toSorted((a, b) => Number(isLate(b.relay)) - Number(isLate(a.relay)) || (leftOf(b) ?? 0) - (leftOf(a) ?? 0))
  const { noticeId } = reach
  const left = linkTo('/notices/:noticeId/unreached', { noticeId })
  const whole = linkTo('/notices/:noticeId/reach', { noticeId })
  const nameOf = ({ unitId, title }: Village) => {
    const href = left ? `${left}?unit=${unitId}` : whole
    return href ? <a href={href}>{title}</a> : title
  }
  const columns: Column<Village>[] = [
    {
      head: say(['xã', 'phường', 'đặc khu'].includes(rows[0]?.kind ?? '') ? 'commune' : 'village'),
      cell: nameOf,
    },
    ...(relays.length
      ? [{ head: say('relay_column'), cell: (village: Village) => <RelayCell relay={village.relay} /> }]
      : []),
    { head: say('reach_column'), isWide: true, cell: village => <ReachBar {...village} isSmall /> },
    {
      head: say('reached_homes'),
      isRight: true,
      cell: village => <span class="soft">{fraction(village.reached, village.households)}</span>,
    },
    { head: say('left'), isRight: true, cell: village => <b>{number(leftOf(village) ?? 0)}</b> },
  ]
  const half = rows.length > 12 ? Math.ceil(rows.length / 2) : rows.length
  const parts = [rows.slice(0, half), rows.slice(half)].filter(part => part.length)
  return (
    <div class={parts.length > 1 ? 'two' : undefined}>
      {parts.map((part, i) => (
        <Table
          key={i}
          isTight
          caption={`${say('table_villages')} ${i + 1}/${parts.length}`}
          columns={columns}
          rows={part}
          keyOf={village => village.unitId}
        />
      ))}
    </div>
  )
}
