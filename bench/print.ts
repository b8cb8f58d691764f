// One line a figure: for people a sentence, with --json an object.

export interface Figure {
  bench: string
  case: string
  value: number
  unit: string
  /** What the same machine did in the same run, in the same unit. */
  yardstick?: number
  /** value / yardstick. */
  ratio?: number
  /** In words: `≤ 2.5 × yardstick`. */
  target?: string
  met?: boolean
}

/** A program that reads the figures finds every key, in this order. */
const nothing = {
  bench: null,
  case: null,
  value: null,
  unit: null,
  yardstick: null,
  ratio: null,
  target: null,
  met: null,
}

const round = (n: number) => (Math.abs(n) >= 100 ? Math.round(n) : Number(n.toPrecision(3)))
const said = (n: number) => round(n).toLocaleString('en')

export function print(figure: Figure, json: boolean) {
  const { value, yardstick, ratio } = figure
  const short = {
    ...figure,
    value: round(value),
    ...(yardstick === undefined ? {} : { yardstick: round(yardstick) }),
    ...(ratio === undefined ? {} : { ratio: round(ratio) }),
  }
  if (json) {
    console.log(JSON.stringify({ ...nothing, ...short }))
    return
  }
  const beside = yardstick === undefined ? '' : ` · yardstick ${said(yardstick)}`
  const times = ratio === undefined ? '' : ` · × ${said(ratio)}`
  const verdict = figure.met === undefined ? '' : figure.met ? ' · met' : ' · NOT MET'
  const target = figure.target ? ` · target ${figure.target}` : ''
  console.log(`${figure.bench} ${figure.case}: ${said(value)} ${figure.unit}${beside}${times}${target}${verdict}`)
}
