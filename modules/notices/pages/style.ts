// The style of pages without JavaScript: the product's own sheets, cut down to the classes that a page uses, and sent inside it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../../../web/styles')
const sheet = ['tokens', 'first', 'more']
  .map(name => readFileSync(join(folder, `${name}.css`), 'utf8'))
  .join('\n')
  .replaceAll(/\/\*.*?\*\//gs, '')

interface Block {
  head: string
  body: string
}

/** The blocks of one level: `selector { … }`, `@media … { blocks }`. */
function blocksOf(css: string): Block[] {
  const found: Block[] = []
  let depth = 0
  let start = 0
  let open = 0
  for (let at = 0; at < css.length; at++)
    if (css[at] === '{') {
      if (depth++ === 0) open = at
    } else if (css[at] === '}' && --depth === 0) {
      found.push({ head: css.slice(start, open).trim(), body: css.slice(open + 1, at) })
      start = at + 1
    }
  return found
}

const classesIn = (selector: string) => [...selector.matchAll(/\.([a-z][\w-]*)/gi)].map(found => found[1]!)

function cut(css: string, used: ReadonlySet<string>): string {
  return blocksOf(css)
    .map(({ head, body }) => {
      if (head.startsWith('@media')) {
        const inside = cut(body, used)
        return inside ? `${head}{${inside}}` : ''
      }
      if (head.startsWith('@')) return ''
      const kept = head.split(',').filter(selector => classesIn(selector).every(name => used.has(name)))
      return kept.length ? `${kept.map(one => one.trim()).join(',')}{${body.replaceAll(/\s*\n\s*/g, '').trim()}}` : ''
    })
    .join('')
}

const made = new Map<string, string>()

/** The style of a page, by the classes in its HTML. */
export function styleFor(html: string): string {
  const used = new Set([...html.matchAll(/class="([^"]*)"/g)].flatMap(found => found[1]!.split(' ')))
  const key = [...used].toSorted((a, b) => (a < b ? -1 : 1)).join(' ')
  const style = made.get(key) ?? cut(sheet, used)
  if (made.size < 200) made.set(key, style)
  return style
}
