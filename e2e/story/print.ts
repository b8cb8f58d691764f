// What a commune's chair reads in the evening.
import { dayOf, iso } from '#core/clock'
import type { Timeline } from './day.ts'
import type { VillageFigures } from './figures.ts'
import { levelNames } from './phones.ts'

const clockOf = (at: number) => iso(new Date(at)).slice(11, 16)

export function printTimeline({ lines }: Timeline, say: (line: string) => void) {
  let day = ''
  for (const { at, words } of lines.toSorted((a, b) => a.at - b.at)) {
    const today = dayOf(new Date(at))
    if (today !== day) say(`\nNgày ${today.split('-').toReversed().join('/')}`)
    day = today
    say(`  ${clockOf(at)}  ${words}`)
  }
}

const columns: [string, (v: VillageFigures) => string | number][] = [
  ['Thôn', v => v.name],
  ['Hộ', v => v.households],
  ['Đã tới', v => v.reached],
  ['  trên máy', v => v.reached - v.toldAtDoor],
  ['  tận nơi', v => v.toldAtDoor],
  ['Nhờ, vắng, từ chối', v => v.accountedFor - v.reached],
  ['Còn', v => v.households - v.accountedFor],
]

export function sumOf(figures: readonly VillageFigures[]): VillageFigures {
  const sum: VillageFigures = {
    name: 'Cả xã',
    households: 0,
    levels: { none: 0, sent: 0, exposed: 0, delivered: 0, seen: 0, acknowledged: 0, acted: 0 },
    reached: 0,
    toldAtDoor: 0,
    accountedFor: 0,
  }
  for (const one of figures) {
    for (const name of ['households', 'reached', 'toldAtDoor', 'accountedFor'] as const) sum[name] += one[name]
    for (const level of levelNames) sum.levels[level] += one.levels[level]
  }
  return sum
}

export function printTable(figures: readonly VillageFigures[], say: (line: string) => void) {
  const rows = [
    columns.map(([head]) => head),
    ...[...figures, sumOf(figures)].map(v => columns.map(([, cell]) => String(cell(v)))),
  ]
  const widths = columns.map((_, n) => Math.max(...rows.map(row => row[n]!.length)))
  say('')
  for (const [n, row] of rows.entries()) {
    if (n === rows.length - 1) say(widths.map(width => '─'.repeat(width)).join('  '))
    say(row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join('  '))
    if (n === 0) say(widths.map(width => '─'.repeat(width)).join('  '))
  }
}
