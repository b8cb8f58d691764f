// Homes reached over time, drawn at the width it gets; where each step of the ladder began stands on it.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { channelName } from '#channels/names'
import { fraction, number } from '#web/numbers.ts'
import { hour, stretch } from '#web/time.ts'
import type { ReachOf } from './reach-state.ts'
import { beside, labelsOf } from './curve-labels.ts'
import { say } from './say.ts'

const height = 260
const edge = { right: 96, bottom: 24, left: 52 }
/** Of the names over the curve. */
const rowHeight = 14

const ms = (at: string) => new Date(at).getTime()

/** The chart's finding, said in its title. */
export function findingOf({ times, reached, households, curve, publishedAt }: ReachOf): string {
  if (!reached || !curve.length) return say('curve_none')
  if (times.all !== null) return say('curve_all', { time: stretch(times.all * 1000) })
  if (times.nineTenths !== null) return say('curve_most', { time: stretch(times.nineTenths * 1000) })
  if (times.half !== null) return say('curve_half', { time: stretch(times.half * 1000) })
  const after = stretch(ms(curve.at(-1)!.at) - ms(publishedAt))
  return say('curve_some', { part: fraction(reached, households), time: after })
}

function useWidth() {
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(640)
  useLayoutEffect(() => {
    const look = () => setWidth(Math.max(300, ref.current?.clientWidth ?? 640))
    look()
    addEventListener('resize', look)
    return () => removeEventListener('resize', look)
  }, [])
  return { ref, width }
}

/** Whole steps of a readable size on the axis of time. */
function ticksOf(from: number, until: number): number[] {
  const minute = 60_000
  const step =
    [5, 15, 30, 60, 120, 240, 480, 1440, 2880].map(n => n * minute).find(n => (until - from) / n <= 6) ??
    10_080 * minute
  const zone = 7 * 3_600_000
  const first = Math.ceil((from + zone) / step) * step - zone
  return Array.from({ length: Math.max(0, Math.floor((until - first) / step) + 1) }, (_, n) => first + n * step)
}

/** The frame of the drawing: what stands where at this width. */
function frameOf({ curve, steps, publishedAt, households }: ReachOf, width: number) {
  const from = ms(publishedAt)
  const until = Math.max(
    from + 600_000,
    ...curve.map(point => ms(point.at) + 60_000),
    Math.min(Date.now(), from + 14 * 86_400_000),
  )
  const x = (at: number) => edge.left + ((at - from) / (until - from)) * (width - edge.left - edge.right)
  const begun = steps.filter(step => ms(step.dueAt) < until)
  const labels = labelsOf(
    begun.map(step => ({ at: ms(step.dueAt), name: channelName(step.channel) })),
    x,
    width,
  )
  const head = 20 + rowHeight * Math.max(1, ...labels.map(label => label.row + 1))
  const top = households || 1
  const y = (n: number) => height - edge.bottom - (n / top) * (height - head - edge.bottom)
  return { from, until, x, y, top, labels }
}
type Frame = ReturnType<typeof frameOf>

const Axes = ({ frame: { from, until, x, y, top }, width }: { frame: Frame; width: number }) => (
  <>
    {[0, 0.5, 1].map(share => (
      <g key={share}>
        <line class="grid" x1={edge.left} x2={width - edge.right} y1={y(top * share)} y2={y(top * share)} />
        <text class="ax" x={edge.left - 6} y={y(top * share) + 4} text-anchor="end">
          {number(top * share)}
        </text>
      </g>
    ))}
    {ticksOf(from, until).map(at => (
      <text key={at} class="ax" x={x(at)} y={height - 6} text-anchor="middle">
        {hour(new Date(at))}
      </text>
    ))}
  </>
)

const Steps = ({ labels }: Pick<Frame, 'labels'>) => (
  <>
    {labels.map(({ x, from, row, words }) => (
      <g key={`${x} ${words}`}>
        <line class="step" x1={x} x2={x} y1={6 + row * rowHeight} y2={height - edge.bottom} />
        <text x={from} y={16 + row * rowHeight}>
          {words}
        </text>
      </g>
    ))}
  </>
)

function Half({ frame: { from, x, y, top }, took, width }: { frame: Frame; took: number; width: number }) {
  const at = from + took
  const words = say('half_mark', { hour: hour(new Date(at)), time: stretch(took) })
  return (
    <>
      <circle cx={x(at)} cy={y(top / 2)} r="5" fill="var(--paper)" stroke="var(--e2)" stroke-width="2.5" />
      <text x={beside(x(at) + 10, words, width)} y={y(top / 2) + 18}>
        {words}
      </text>
    </>
  )
}

export function Curve({ reach }: { reach: ReachOf }) {
  const { ref, width } = useWidth()
  const { curve, times, households, reached } = reach
  const frame = frameOf(reach, width)
  const { from, until, x, y } = frame
  const points = [{ at: from, n: 0 }, ...curve.map(point => ({ at: ms(point.at) + 60_000, n: point.reached }))]
  points.push({ at: until, n: points.at(-1)!.n })
  const line = points.map((point, i) => `${i ? 'L' : 'M'}${x(point.at).toFixed(1)} ${y(point.n).toFixed(1)}`).join('')
  return (
    <div ref={ref}>
      <svg class="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={findingOf(reach)}>
        <Axes frame={frame} width={width} />
        <Steps labels={frame.labels} />
        <path class="area" d={`${line}L${x(until)} ${y(0)}L${x(from)} ${y(0)}Z`} />
        <path class="l2" d={line} fill="none" />
        {times.half !== null && <Half frame={frame} took={times.half * 1000} width={width} />}
        <text x={width - edge.right + 6} y={y(points.at(-1)!.n) + 4} font-weight="700">
          {fraction(reached, households)}
        </text>
      </svg>
    </div>
  )
}
