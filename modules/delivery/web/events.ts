// News from the server while the page is looked at; a phone in a pocket keeps no line open.
import { useEffect, useRef } from 'preact/hooks'

/** @param heard every event of the name but the first, which only says that the line stands */
export function useEvents(path: string | undefined, name: string, heard: (data: string) => void) {
  const call = useRef(heard)
  call.current = heard
  useEffect(() => {
    if (!path || typeof EventSource === 'undefined') return undefined
    let source: EventSource | undefined
    const open = () => {
      if (document.hidden || source) return
      let isFirst = true
      source = new EventSource(path)
      source.addEventListener(name, event => {
        if (!isFirst) call.current((event as MessageEvent<string>).data)
        isFirst = false
      })
    }
    const look = () => {
      if (!document.hidden) return open()
      source?.close()
      source = undefined
    }
    open()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      source?.close()
    }
  }, [path, name])
}
