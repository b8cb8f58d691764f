import type { ComponentChildren, FunctionComponent } from 'preact'
import { useEffect } from 'preact/hooks'
import { signal } from '@preact/signals'
import { PhoneFrame } from '../shell/phone-frame.tsx'

export interface PageProps {
  title: string
  /** Whose view, or which place; under the title. */
  sub?: string | undefined
  /** Where "back" leads. */
  back?: string | undefined
  /** The one act of the screen, always in reach. */
  foot?: ComponentChildren
  /** The title is said by the content itself (an emergency). */
  hasOwnTitle?: boolean | undefined
  children: ComponentChildren
}

/** The frame of officers is fetched when an officer signs in. */
export const frame = signal<FunctionComponent<PageProps>>(PhoneFrame)

/** A screen: bar, strip, content, the one act, tabs or rail. */
export function Page(props: PageProps) {
  useEffect(() => {
    document.title = `${props.title} – Loa Làng`
  }, [props.title])
  const Frame = frame.value
  return <Frame {...props} />
}

/** A grey heading over a group of things. */
export const Group = ({
  title,
  count,
  children,
}: {
  title: string
  count?: ComponentChildren
  children?: ComponentChildren
}) => (
  <>
    <h2 class="group">
      {title} {count}
    </h2>
    {children}
  </>
)
