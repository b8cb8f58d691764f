import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
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

function OpenSheet({ title, onClose, children }: SheetProps) {
  const say = shellWords()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const from = document.activeElement as HTMLElement | null
    const element = dialog.current!
    // Old WebViews have no <dialog>: the class alone lays it over the page.
    if (typeof element.showModal === 'function') element.showModal()
    else element.setAttribute('open', '')
    history.pushState({ sheet: id }, '')
    let isGone = false
    const back = () => {
      isGone = true
      close.current()
    }
    addEventListener('popstate', back, { once: true })
    return () => {
      removeEventListener('popstate', back)
      if (!isGone && (history.state as { sheet?: string } | null)?.sheet === id) history.back()
      from?.focus()
    }
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
