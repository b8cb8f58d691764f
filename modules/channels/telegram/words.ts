// A notice as a message of the commune's bot. Decisions without I/O.
import { say } from '#core/words'
import type { Outgoing } from '../channel.ts'

/** What Telegram takes in one message. */
const most = 4096

export type Said = Pick<Outgoing, 'title' | 'text' | 'author' | 'checkCode' | 'isPrivate' | 'isOptional' | 'class'>

/** Whole words, with a sign where some are left out. */
function cutTo(words: string, room: number): string {
  const text = words.normalize('NFC')
  if (text.length <= room) return text
  const cut = text.slice(0, Math.max(0, room - 1)).replace(/[\uD800-\uDBFF]$/, '')
  const space = cut.lastIndexOf(' ')
  return `${space > cut.length / 2 ? cut.slice(0, space) : cut}…`
}

/** The link last. */
export function messageText(message: Said, link: string): string {
  const { author, title, isPrivate, isOptional, checkCode } = message
  const head = message.class === 'emergency' ? `${say('vi', 'telegram.emergency')} · ${author}` : author
  if (isPrivate) return `${head}: ${say('vi', 'telegram.private')}\n${link}`.normalize('NFC')
  const tail = [
    say('vi', isOptional ? 'telegram.hint_optional' : 'telegram.hint'),
    say('vi', 'telegram.code', { code: checkCode, link }),
  ]
    .join('\n')
    .normalize('NFC')
  const top = cutTo(`${head}: ${title}`, 500)
  return `${top}\n\n${cutTo(message.text, most - top.length - tail.length - 4)}\n\n${tail}`
}

export const isCut = (message: Said, link: string) =>
  !message.isPrivate && !messageText(message, link).includes(message.text.normalize('NFC'))

/** Said back by the button; nobody is asked for "Đã rõ" of what he has not read yet. */
export const known = 'known'
export const buttonsFor = ({ isPrivate }: Pick<Outgoing, 'isPrivate'>) =>
  isPrivate
    ? {}
    : { reply_markup: { inline_keyboard: [[{ text: say('vi', 'telegram.known'), callback_data: known }]] } }
