// What goes into a chat group as it is. Always Vietnamese: the group reads it, not whoever posts it.
import { say } from '#core/words'
import type { TaskKind } from './chat-rules.ts'
import type { PostingRow } from './store/postings.ts'
import { unitTitle } from '#units'

const words = (key: string, data: Record<string, unknown> = {}) => say('vi', `notices.post.${key}`, data)

/** A post is read in a chat: what is longer is read behind the link. */
const mostLetters = 900

function cutWords(text: string): string {
  if (text.length <= mostLetters) return text
  const cut = text.slice(0, mostLetters)
  return `${cut.slice(0, cut.lastIndexOf(' ')).replace(/[\s.,;:]+$/, '')}…`
}

/** `2026-12-02T07:00:00+07:00` → `07:00 ngày 02-12-2026`. */
function whenWords(at: string): string {
  const [year, month, day] = at.slice(0, 10).split('-')
  const date = `${day}-${month}-${year}`
  return at.length > 10 ? words('at_hour', { hour: at.slice(11, 16), date }) : words('on_day', { date })
}

/** Lines of Markdown as a chat shows them. */
const plainOf = (body: string) =>
  body
    .replaceAll(/^#+\s*/gm, '')
    .replaceAll(/^[-*]\s+/gm, '• ')
    .replaceAll(/\*\*|__/g, '')
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')

type Posted = Pick<
  PostingRow,
  'content' | 'class' | 'withdrawn_reason' | 'author_title' | 'unit_name' | 'unit_kind' | 'local_words' | 'local_by'
>

/** @param address the group's own link */
export function postText(row: Posted, kind: TaskKind, address: string): string {
  const { content, class: of } = row
  if (kind === 'down')
    return words('withdrawn', { title: content.title, reason: row.withdrawn_reason ?? '', author: row.author_title })
  const mark = [
    of === 'normal' ? '' : words(of),
    kind === 'again' ? words('corrected') : '',
    unitTitle({ name: row.unit_name, kind: row.unit_kind }),
  ]
  const steps = content.steps.map(({ act, why }, n) => `${n + 1}. ${act}${why ? ` (${why})` : ''}`)
  const { event, paper } = content
  const blocks = [
    `${mark.filter(Boolean).join(' - ')}\n${content.title}`,
    cutWords(content.plain || plainOf(content.body)),
    steps.length ? `${words('steps')}\n${steps.join('\n')}` : '',
    event ? [whenWords(event.at), event.place].filter(Boolean).join(', ') : '',
    row.local_words ? `${row.local_by ?? words('head')}: ${row.local_words}` : '',
    [
      row.author_title,
      paper ? words('paper', { number: paper.number, date: paper.date.split('-').toReversed().join('-') }) : '',
    ]
      .filter(Boolean)
      .join('. '),
    words('read', { address }),
  ]
  return blocks.filter(Boolean).join('\n\n').normalize('NFC')
}
