// What a person with weak eyes, a narrow phone or a screen reader would stumble over. Each finding is a sentence.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const require = createRequire(import.meta.url)
/** The builder itself opens a second page for each look and brings the whole of axe three times: half of the time of all looks. */
const axeSource = readFileSync(
  createRequire(require.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
)

interface Axe {
  run: (of: Document, how: object) => Promise<{ violations: { id: string; nodes: Node[] }[] }>
}
interface Node {
  target: string[]
  any: { message: string }[]
  all: { message: string }[]
  none: { message: string }[]
}

/** Runs in the page. */
async function violations(how: object): Promise<string[]> {
  const { axe } = window as unknown as { axe: Axe }
  const found = await axe.run(document, how)
  const why = ({ any, all, none }: Node) => (any[0] ?? all[0] ?? none[0])?.message ?? ''
  return found.violations.map(({ id, nodes }) => {
    const some = nodes.slice(0, 3).map(node => `${node.target.join(' ')} (${why(node)})`)
    return `axe ${id}: ${some.join(' ; ')}`
  })
}

/** WCAG 2.0–2.2 A and AA, and best practice; or only some rules. */
export async function axeFindings(page: Page, only?: string[]): Promise<string[]> {
  // The whole page at once: what only scrolls under the tabs is not hidden.
  const size = page.viewportSize()!
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, height + 200) })
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  const runOnly = only ? { type: 'rule', values: only } : { type: 'tag', values: tags }
  const found = await page.evaluate(violations, { runOnly, resultTypes: ['violations'] })
  await page.setViewportSize(size)
  return found
}

/** Runs in the page. @param smallest side of a target in px */
function measure(smallest: number): string[] {
  const found = new Set<string>()
  const width = window.innerWidth
  const name = (e: Element) =>
    `${e.tagName.toLowerCase()}${typeof e.className === 'string' && e.className ? `.${e.className.trim().replace(/ /g, '.')}` : ''} "${(e.textContent ?? '').trim().slice(0, 30)}"`
  /** Kept for readers of screens only. */
  const isClipped = (e: Element): boolean =>
    getComputedStyle(e).clip.startsWith('rect(0') || Boolean(e.parentElement && isClipped(e.parentElement))
  const { scrollWidth } = document.scrollingElement!
  if (scrollWidth > width + 1) found.add(`the page is wider than the screen: ${scrollWidth} > ${width}`)
  const isSkipped = (e: Element) => Boolean(e.closest('.sr,[inert],.skip,svg,.scroll-x')) || isClipped(e)

  const blockOf = (e: Element): Element => {
    let at = e
    while (at.parentElement && /^inline$/.test(getComputedStyle(at).display)) at = at.parentElement
    return at
  }
  const checkText = (e: Element) => {
    for (const node of e.childNodes) {
      if (node.nodeType !== 3 || !node.nodeValue?.trim()) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const box = blockOf(e).getBoundingClientRect()
      for (const line of range.getClientRects())
        if (line.right > box.right + 1.5 || line.left < box.left - 1.5) {
          found.add(`text leaves its box: ${name(e)}`)
          break
        }
    }
  }
  const checkTarget = (e: HTMLElement, style: CSSStyleDeclaration, box: DOMRect) => {
    if (!e.matches('a[href],button,input,select,textarea,summary') || (e as HTMLButtonElement).disabled) return
    const isInSentence = style.display === 'inline'
    const heading = isInSentence ? e.closest('h2,h3') : null
    if (isInSentence && !heading) return
    const around = (e.closest('label') ?? heading ?? e).getBoundingClientRect()
    const [w, h] = [Math.max(box.width, around.width), Math.max(box.height, around.height)]
    const least = heading ? 24 : smallest
    if (w < least - 0.5 || h < least - 0.5) found.add(`small target: ${name(e)} ${Math.round(w)}×${Math.round(h)}`)
  }
  for (const e of document.querySelectorAll<HTMLElement>('body *')) {
    if (isSkipped(e)) continue
    const style = getComputedStyle(e)
    const box = e.getBoundingClientRect()
    if (style.display === 'none' || style.visibility === 'hidden' || (!box.width && !box.height)) continue
    if (box.right > width + 1 || box.left < -1)
      found.add(`outside the screen: ${name(e)} ${Math.round(box.left)}…${Math.round(box.right)}`)
    const isCut = ['hidden', 'clip'].includes(style.overflowX) && e.clientWidth > 2 && e.tagName !== 'PROGRESS'
    if (isCut && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 2))
      found.add(`cut: ${name(e)}`)
    checkText(e)
    checkTarget(e, style, box)
  }
  return [...found]
}

/** Nothing outside, cut, or too small to hit: 48 px for residents and heads, 24 px at a desk. */
export const layoutFindings = (page: Page, smallest: 24 | 48): Promise<string[]> => page.evaluate(measure, smallest)

/** A screen that opens on a refusal: somebody was offered a way that leads nowhere. */
export const refusalFindings = async (page: Page): Promise<string[]> =>
  (await page.locator('[data-refused]').all()).length
    ? [`refused: ${(await page.locator('[data-refused]').first().textContent()) ?? ''}`]
    : []
