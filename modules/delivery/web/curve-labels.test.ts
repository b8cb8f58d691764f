import fc from 'fast-check'
import { expect, test } from 'vitest'
import { labelsOf } from './curve-labels.ts'

const minute = 60_000
const across = (at: number) => 52 + at / minute

test('steps of one minute are named together, each name once', () => {
  const labels = labelsOf(
    [
      { at: 0, name: 'ứng dụng' },
      { at: 20_000, name: 'Zalo' },
      { at: 30_000, name: 'Zalo' },
      { at: 200 * minute, name: 'đi từng nhà' },
    ],
    across,
    640,
  )
  expect(labels.map(({ words, row }) => [words, row])).toEqual([
    ['ứng dụng, Zalo', 0],
    ['đi từng nhà', 0],
  ])
})

test('no label covers another or leaves the chart, on a phone as on a desk', () => {
  const name = fc.constantFrom('ứng dụng', 'Zalo', 'tin nhắn SMS', 'gọi điện', 'thư điện tử', 'đi từng nhà')
  const steps = fc.array(fc.record({ at: fc.nat(200 * minute), name }), { maxLength: 8 })
  fc.assert(
    fc.property(steps, fc.constantFrom(300, 640, 1100), (some, width) => {
      const labels = labelsOf(
        some.toSorted((a, b) => a.at - b.at),
        across,
        width,
      )
      for (const [n, one] of labels.entries()) {
        const end = (label: typeof one) => label.from + label.words.length * 7.5
        expect(one.from).toBeGreaterThanOrEqual(0)
        if (one.words.length * 7.5 < width) expect(end(one)).toBeLessThanOrEqual(width)
        for (const other of labels.slice(n + 1))
          if (other.row === one.row) expect(other.from >= end(one) || one.from >= end(other)).toBe(true)
      }
    }),
    { seed: 7 },
  )
})
