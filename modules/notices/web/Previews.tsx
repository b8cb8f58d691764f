// One text, as each way shows it.
import { ClassTag, Leaf, Steps } from '#web/kit.tsx'
import { isDesk } from '#web/me.ts'
import { number } from '#web/numbers.ts'
import { hourWords } from '#web/time.ts'
import type { Fields, Preview } from './draft.ts'
import { Pv, PvFold } from './Pv.tsx'
import { say } from './say.ts'
import { say as sayWay } from './way-say.ts'
import { WayPanels } from './Ways.tsx'
import type { Ways } from './ways-state.ts'

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

/** Read aloud at about 160 words a minute, as people speak at a door. */
const secondsOf = (text: string) => Math.ceil((text.split(/\s+/).filter(Boolean).length / 160) * 60)

const AtDoor = ({ fields, doors }: { fields: Fields; doors: number | null | undefined }) => (
  <PvFold
    icon="cua"
    title={say('pv_door')}
    note={fields.words ? say('seconds', { n: secondsOf(fields.words) }) : undefined}
  >
    <p class="script">{fields.words}</p>
    <p class="s soft">{doors ? sayWay('doors', { n: number(doors) }) : sayWay('no_doors')}</p>
  </PvFold>
)

/** What the home's own page shows, and each way that brings it there; the door at last. */
export const Previews = ({
  fields,
  preview,
  ways,
}: {
  fields: Fields
  preview: Preview | undefined
  ways: Ways | undefined
}) => (
  <section class={isDesk() ? 'previews' : 'band pad out'} aria-label={sayWay('title')}>
    <h2 class="ways-title">{sayWay('title')}</h2>
    <InApp fields={fields} />
    {ways && <WayPanels ways={ways} />}
    {!fields.isInternal && <AtDoor fields={fields} doors={ways ? ways.doors : preview?.unreachable} />}
  </section>
)
