import { channelInLine } from '#channels/names'
import { useWords } from '#web/words.ts'
import { channelsOf, type Rung } from '../ladder.ts'
import { vi } from './ladder-words.vi.ts'

export const say = useWords(vi, () => import('./ladder-words.en.ts'))

const timeWords = (minutes: number) =>
  minutes && minutes % 60 === 0 ? say('hours', { n: String(minutes / 60) }) : say('minutes', { n: String(minutes) })

function rungWords(rung: Rung): string {
  const ways = channelsOf(rung).map(channelInLine)
  const each = ways.length > 1 && rung.each ? ` (${say('each', { time: timeWords(rung.each) })})` : ''
  return ways.join(` ${say('or')} `) + each
}

/** “Ngay lập tức: báo trên máy, thư điện tử → sau 10 phút: tin nhắn SMS → sau 30 phút: đến tận nhà” */
export function ladderWords(rungs: readonly Rung[]): string {
  const together = [...Map.groupBy(rungs, rung => rung.after)]
  const parts = together.map(([after, some]) => {
    const when = after ? say('after', { time: timeWords(after) }) : say('at_once')
    return `${when}: ${some.map(rungWords).join(', ')}`
  })
  return parts.join(' → ')
}
