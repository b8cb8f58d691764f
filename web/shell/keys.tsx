// Keys of the desk: / search, n new, j k rows, Enter open, Esc close, Ctrl+Enter the one act, ? the list. They can be switched off.
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from '../router.tsx'
import { Sheet } from '../kit/sheet.tsx'
import { screens } from '../screens.ts'
import { isFor } from '../screen.ts'
import { me } from '../me.ts'
import { say } from './say.ts'
import { view } from './view.ts'

const rowsOf = () => [
  ...document.querySelectorAll<HTMLElement>('main .row-in[href], main button.row-in, main tbody th a, main [data-row]'),
]

function step(by: 1 | -1) {
  const rows = rowsOf()
  if (!rows.length) return
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))
  rows[next]!.focus()
  rows[next]!.scrollIntoView({ block: 'nearest' })
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  Boolean(target.closest('input:not([type=radio]):not([type=checkbox]),textarea,select'))

/** Where "new" leads, if this person may write. */
const newPath = () => screens.find(screen => screen.path === '/notices/new' && isFor(screen, me.value?.role))?.path

export function Keys() {
  const { route } = useLocation()
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const acts: Record<string, () => unknown> = {
      '/': () => document.querySelector<HTMLElement>('main input[type=search]')?.focus(),
      n: () => {
        const path = newPath()
        if (path) route(path)
      },
      j: () => step(1),
      k: () => step(-1),
      '?': () => setOpen(true),
    }
    const press = (event: KeyboardEvent) => {
      if (!view.value.hasKeys || event.defaultPrevented || event.altKey || event.metaKey) return
      if (event.ctrlKey) {
        if (event.key === 'Enter') document.querySelector<HTMLElement>('main .act-main, .foot .act-main')?.click()
        return
      }
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) {
        if (isTyping(event.target)) (event.target as HTMLElement).blur()
        else document.querySelector<HTMLElement>('[data-back]')?.click()
        return
      }
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return
      const act = acts[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return (
    <Sheet title={say('keys')} isOpen={isOpen} onClose={() => setOpen(false)}>
      <dl class="facts">
        {(['search', 'new', 'rows', 'open', 'escape', 'send', 'list'] as const).map(name => (
          <div key={name}>
            <dt>
              <kbd>{keyNames[name]}</kbd>
            </dt>
            <dd>{say(`key_${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}

const keyNames = { search: '/', new: 'n', rows: 'j k', open: 'Enter', escape: 'Esc', send: 'Ctrl Enter', list: '?' }
