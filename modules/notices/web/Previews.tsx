// One text, as each way shows it.
import type { ComponentChildren } from 'preact'
import { ClassTag, Icon, Leaf, Steps } from '#web/kit.tsx'
import type { IconName } from '#web/icons.ts'
import { isDesk, me } from '#web/me.ts'
import { hourWords } from '#web/time.ts'
import type { Fields, Preview } from './draft.ts'
import { say } from './say.ts'

const Pv = ({
  icon,
  title,
  note,
  children,
}: {
  icon: IconName
  title: string
  note?: string | undefined
  children: ComponentChildren
}) => (
  <article class="pv">
    <h2>
      <Icon name={icon} isSmall />
      {title}
      {note && <span class="n">{note}</span>}
    </h2>
    <div class="pv-in">{children}</div>
  </article>
)

const whenAndWhere = ({ day, hour, place }: Fields) =>
  [day && hour ? hourWords(`${day}T${hour}:00+07:00`) : '', place].filter(Boolean).join(', ')

function InApp({ fields }: { fields: Fields }) {
  const inside = (
    <div>
      <p>
        <ClassTag of={fields.class} />
      </p>
      <h3>{fields.title || say('no_title')}</h3>
      {fields.day && <p class="by">{whenAndWhere(fields)}</p>}
    </div>
  )
  return (
    <Pv icon="may" title={say('pv_app')}>
      {fields.day ? (
        <div class="notice-dated">
          <Leaf date={fields.day} />
          {inside}
        </div>
      ) : (
        inside
      )}
      <p class="s">{fields.words}</p>
      {fields.steps.some(step => step.act) && <Steps steps={fields.steps.filter(step => step.act)} />}
    </Pv>
  )
}

const OnLock = ({ fields, preview }: { fields: Fields; preview: Preview | undefined }) => (
  <Pv icon="loa" title={say('pv_push')}>
    <p class="bubble">
      <b>{me.value?.title ?? me.value?.commune.name}</b>
      <br />
      {preview?.isPrivate ? say('pv_push_private') : fields.title || say('no_title')}
    </p>
  </Pv>
)

/** Read aloud at about 160 words a minute, as people speak at a door. */
const secondsOf = (text: string) => Math.ceil((text.split(/\s+/).filter(Boolean).length / 160) * 60)

const AtDoor = ({ fields, preview }: { fields: Fields; preview: Preview | undefined }) => (
  <Pv
    icon="cua"
    title={say('pv_door')}
    note={fields.words ? say('seconds', { n: secondsOf(fields.words) }) : undefined}
  >
    <p class="script">{fields.words}</p>
    {preview?.unreachable ? <p class="s soft">{say('pv_door_homes', { n: preview.unreachable })}</p> : null}
  </Pv>
)

/** On a phone the app's card alone: the rest is read at a desk. */
export const Previews = ({ fields, preview }: { fields: Fields; preview: Preview | undefined }) => (
  <section class={isDesk() ? 'previews' : 'band pad out'} aria-label={say('previews')}>
    <InApp fields={fields} />
    {isDesk() && <OnLock fields={fields} preview={preview} />}
    {isDesk() && <AtDoor fields={fields} preview={preview} />}
  </section>
)
