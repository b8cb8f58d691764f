// How people call a channel, wherever a screen names one.
import { useWords } from '#web/words.ts'
import { vi } from './channel-words.vi.ts'

const say = useWords(vi, () => import('./channel-words.en.ts'))

type Key = Parameters<typeof say>[0]
const isNamed = (channel: string): channel is Key => channel in vi

/** In the middle of a sentence. What has no name yet stands as it is. */
export const channelInLine = (channel: string) => (isNamed(channel) ? say(channel) : channel)

/** By itself, or at the beginning of a line. */
export const channelName = (channel: string) => {
  const name = channelInLine(channel)
  return name.charAt(0).toUpperCase() + name.slice(1)
}
