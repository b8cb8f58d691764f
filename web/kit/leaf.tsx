import { leafOf } from '../leaf.ts'

/** One leaf of a tear-off calendar, with the lunar day. */
export function Leaf({ date }: { date: Date | string }) {
  const leaf = leafOf(date)
  return (
    <div class="leaf">
      <b>{leaf.weekday}</b>
      <strong class="n">{leaf.day}</strong>
      <span>{leaf.month}</span>
      <i>{leaf.lunar}</i>
    </div>
  )
}
