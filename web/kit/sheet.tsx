import type { ComponentChildren } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks'
import { shellWords } from '../shell-words.ts'
import { Icon } from './icon.tsx'

export interface SheetProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ComponentChildren
}

/** Rises from below; Esc and back close it, and focus returns to where it was. */
export function Sheet(props: SheetProps) {
  return props.isOpen ? <OpenSheet {...props} /> : null
}

/** One sheet in the place of another takes over its entry: going back for the first would close the second. */
let isLeaving = false

function enter(sheet: string) {
  if (isLeaving) history.replaceState({ sheet }, '')
  else history.pushState({ sheet }, '')
  isLeaving = false
}

const isAt = (sheet: string) => (history.state as { sheet?: string } | null)?.sheet === sheet

function leave(sheet: string) {
  isLeaving = true
  setTimeout(() => {
    // Whoever went on to another screen meanwhile stays there.
    if (isLeaving && isAt(sheet)) history.back()
    isLeaving = false
  })
}

function OpenSheet({ title, onClose, children }: SheetProps) {
  const say = shellWords()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const close = useRef(onClose)
  close.current = onClose
  useLayoutEffect(() => {
    enter(id)
    let isGone = false
    const back = () => {
      isGone = true
      close.current()
    }
    addEventListener('popstate', back, { once: true })
    return () => {
      removeEventListener('popstate', back)
      if (!isGone && isAt(id)) leave(id)
    }
  }, [])
  useEffect(() => {
    const from = document.activeElement as HTMLElement | null
    const element = dialog.current!
    // Old WebViews have no <dialog>: the class alone lays it over the page.
    if (typeof element.showModal === 'function') element.showModal()
    else element.setAttribute('open', '')
    return () => from?.focus()
  }, [])
  return (
    <dialog
      class="sheet"
      ref={dialog}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClick={event => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div class="sheet-head">
        <h2 id={id}>{title}</h2>
        <button type="button" class="act act-plain" aria-label={say('close')} onClick={onClose}>
          <Icon name="dong" />
        </button>
      </div>
      {children}
    </dialog>
  )
}
