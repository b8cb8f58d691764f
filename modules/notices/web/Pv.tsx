// How one way shows the text: a panel at a desk, a line that opens on a phone.
import type { ComponentChildren } from 'preact'
import { Icon } from '#web/kit.tsx'
import type { IconName } from '#web/icons.ts'
import { isDesk } from '#web/me.ts'
import './ways.css'

interface Props {
  icon: IconName
  title: string
  note?: string | undefined
  children: ComponentChildren
}

const Head = ({ icon, title, note }: Props) => (
  <>
    <Icon name={icon} isSmall />
    {title}
    {note && <span class="n">{note}</span>}
  </>
)

export const Pv = (props: Props) => (
  <article class="pv">
    <h2>
      <Head {...props} />
    </h2>
    <div class="pv-in">{props.children}</div>
  </article>
)

/** On a phone closed until it is tapped: seven panels would hide the act that sends. */
export const PvFold = (props: Props) =>
  isDesk() ? (
    <Pv {...props} />
  ) : (
    <details class="pv pv-fold">
      <summary>
        <Head {...props} />
      </summary>
      <div class="pv-in">{props.children}</div>
    </details>
  )
