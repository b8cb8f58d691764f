// A notice as a Messenger message. Decisions without I/O.
import { fill, say } from '#core/words'
import type { Outgoing } from '../channel.ts'

/** Meta counts characters; ours are composed, so that no letter counts twice. */
export const mostLetters = 2000

/** By code points, as Meta counts them. */
const lettersOf = (text: string) => Array.from(text)
const lengthOf = (text: string) => lettersOf(text).length

function cut(text: string, most: number): string {
  const letters = lettersOf(text)
  if (letters.length <= most) return text
  const kept = letters.slice(0, Math.max(most - 1, 0)).join('')
  return `${kept.slice(0, Math.max(kept.lastIndexOf(' '), 0)).replace(/[\s.,;:]+$/, '')}…`
}

const classWords = ({ class: of }: Pick<Outgoing, 'class'>) =>
  of === 'normal' ? '' : `${say('vi', `facebook.${of}`)} - `

export type Said = Pick<Outgoing, 'title' | 'text' | 'author' | 'checkCode' | 'isPrivate' | 'isOptional' | 'class'>

/** Who says it and what, then as many words as there is room for, the link, the code last. */
export function messengerText(message: Said, link: string): { text: string; isCut: boolean } {
  const foot = [
    fill(say('vi', 'facebook.open'), { link }),
    fill(say('vi', 'facebook.check'), { code: message.checkCode }),
    message.isOptional ? say('vi', 'facebook.stop') : '',
  ]
    .filter(Boolean)
    .join('\n')
  if (message.isPrivate) {
    const text = `${message.author}: ${say('vi', 'facebook.private')}\n${link}`
    return { text: text.normalize('NFC'), isCut: false }
  }
  const head = `${classWords(message)}${message.author}\n${message.title}`.normalize('NFC')
  const body = message.text.normalize('NFC').trim()
  const room = mostLetters - lengthOf(head) - lengthOf(foot.normalize('NFC')) - 4
  const words = cut(body, Math.max(room, 0))
  const text = [cut(head, 1200), words, foot].filter(Boolean).join('\n\n').normalize('NFC')
  return { text, isCut: words !== body }
}

/** A tap on it comes back as what its payload says. */
export const knownPayload = 'da-ro'
export const knownButton = () => ({ content_type: 'text', title: say('vi', 'facebook.known'), payload: knownPayload })
