// A notice in so many parts: who says it first, the link last, whole words in between. Decisions without I/O.
import { fill, say } from '#core/words'
import type { Outgoing } from '../channel.ts'
import type { Look } from './look.ts'
import { weigh, withoutMarks, type Weighed } from './text.ts'

const words = (key: string, data: Record<string, string> = {}) => fill(say('vi', `sms.${key}`), data)
const tokensOf = (text: string) => text.split(/[\s\p{Cc}]+/u).filter(Boolean)
const ended = (text: string) => (!text || /[.!?…:]$/.test(text) ? text : `${text}.`)

/** What stands around the words; what is less needed goes first where there is no room. */
interface Frame {
  author: boolean
  code: boolean
  hint: boolean
}
const frames: readonly Frame[] = [
  { author: true, code: true, hint: true },
  { author: true, code: true, hint: false },
  { author: true, code: false, hint: false },
  { author: false, code: false, hint: false },
]

export type Said = Pick<Outgoing, 'title' | 'text' | 'author' | 'checkCode' | 'isPrivate' | 'isOptional'>

function hintOf({ isOptional }: Said, { hearsReplies }: Look) {
  if (!hearsReplies) return ''
  return isOptional ? words('hint_optional') : words('hint')
}

function framed(message: Said, look: Look, link: string, { author, code, hint }: Frame, body: string) {
  const pieces = [
    author ? `${message.author}: ${body}` : body,
    hint ? hintOf(message, look) : '',
    code ? words('code', { code: message.checkCode }) : '',
    link,
  ]
  return pieces.filter(Boolean).join(' ')
}

/** The most words that fit; longer is never shorter in parts. */
function mostThatFits(count: number, fits: (words: number) => boolean): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle - 1
  }
  return low
}

/** As it will be sent to a number: the title, then as many of the plain words as there is room for. */
export function smsText(message: Said, link: string, look: Look): Weighed {
  // A word of which nothing is left leaves no gap either.
  const sent = (text: string) => (look.marks ? text : withoutMarks(text)).trim()
  const body = message.isPrivate
    ? tokensOf(words('private'))
    : [...tokensOf(ended(sent(message.title))), ...tokensOf(sent(message.text))]
  const cut = (count: number) => body.slice(0, count).join(' ') + (count < body.length ? '...' : '')
  for (const frame of message.isPrivate ? frames.slice(2) : frames) {
    const made = (count: number) => weigh(framed(message, look, link, frame, cut(count)), look)
    const most = mostThatFits(body.length, count => made(count).parts <= look.mostParts)
    const isEnough = message.isPrivate ? most === body.length : most > 0
    if (isEnough) return made(most)
  }
  return weigh(link, { marks: false })
}
