import { useState } from 'preact/hooks'
import type { Group } from '../contract.ts'
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'
import { Act, Acts, Chips, Empty, Failed, Lines, Page, Row, Rows } from '#web/kit.tsx'
import { linkTo } from '#web/links.ts'
import { useLoaded } from '#web/load.ts'
import { number } from '#web/numbers.ts'
import { groupKinds } from '../kinds.ts'
import { MakeGroup } from './MakeGroup.tsx'
import { mayMake } from './may.ts'
import { inset } from './inset.ts'
import { say } from './say.ts'

const noteOf = (group: Group) =>
  [
    say(group.kind),
    group.unit?.title,
    group.owner,
    group.members === null
      ? group.isConfidential
        ? say('secret')
        : undefined
      : say('members_n', { n: number(group.members) }),
    group.branches ? say('branches_n', { n: number(group.branches) }) : undefined,
  ]
    .filter(Boolean)
    .join(' · ')

/** A group whose members are not the reader's to know is listed, but leads nowhere: a bank sees how many, not who. */
export const GroupRow = ({ group }: { group: Group }) => (
  <Row
    title={group.name}
    note={noteOf(group)}
    icon={group.isConfidential ? 'khoa' : 'nhom'}
    href={group.members === null ? undefined : linkTo('/groups/:groupId', { groupId: group.id })}
  />
)

/** Every group that the post may see. */
export function Groups() {
  const { value, refusal, reload } = useLoaded(
    () => everyPage(cursor => api.groups.list({ limit: 100, ...cursor })),
    [],
  )
  const [kind, setKind] = useState('')
  const [isMaking, setMaking] = useState(false)
  const groups = value ?? []
  const kinds = groupKinds.filter(one => groups.some(group => group.kind === one))
  const ids = new Set(groups.map(group => group.id))
  // A branch stands on the page of its group.
  const tops = groups.filter(group => !group.parentId || !ids.has(group.parentId))
  const shown = tops.filter(group => !kind || group.kind === kind)
  const make = mayMake() && (
    <Act kind="quiet" icon="cong" onClick={() => setMaking(true)}>
      {say('make')}
    </Act>
  )
  return (
    <Page
      title={value ? (groups.length ? say('title', { n: number(groups.length) }) : say('title_none')) : say('groups')}
    >
      {!value && (refusal ? <Failed refusal={refusal} retry={reload} /> : <Lines retry={reload} />)}
      {value && !groups.length && (
        <Empty
          title={say('title_none')}
          words={say(mayMake() ? 'none_words' : 'none_words_others')}
          icon="nhom"
          act={make}
        />
      )}
      {value && groups.length > 0 && (
        <div class="stack">
          {make && (
            <div class={inset()}>
              <Acts isLeft>{make}</Acts>
            </div>
          )}
          {kinds.length > 1 && (
            <div class={inset()}>
              <Chips
                label={say('filter')}
                value={kind}
                onChange={setKind}
                options={[
                  { value: '', label: say('all'), count: tops.length },
                  ...kinds.map(one => ({
                    value: one,
                    label: say(one),
                    count: tops.filter(group => group.kind === one).length,
                  })),
                ]}
              />
            </div>
          )}
          <Rows label={say('groups')}>
            {shown.map(group => (
              <GroupRow key={group.id} group={group} />
            ))}
          </Rows>
        </div>
      )}
      {isMaking && <MakeGroup onClose={() => setMaking(false)} onMade={reload} />}
    </Page>
  )
}
