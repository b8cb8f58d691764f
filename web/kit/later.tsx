import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** What people did not come for: fetched once the screen stands. */
export function Later({ load }: { load: () => Promise<ComponentType> }) {
  const [Found, setFound] = useState<ComponentType>()
  useEffect(() => {
    const timer = setTimeout(
      () =>
        void load().then(
          found => setFound(() => found),
          () => {},
        ),
      1000,
    )
    return () => clearTimeout(timer)
  }, [])
  return Found ? <Found /> : null
}
