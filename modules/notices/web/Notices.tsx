// What was written and sent, newest first; drafts and what waits stand with their state.
import { useState } from 'preact/hooks'
import type { Answer } from '#core/operation'
import type { notices } from '#notices/contract'
import { api } from '#web/api.ts'
import { Act, Acts, Chips, ClassTag, Empty, Failed, Lines, OldCopy, Page, Row, Rows } from '#web/kit.tsx'
import { number } from '#web/numbers.ts'
import { usePages } from '#web/pages.ts'
import { near } from '#web/time.ts'
import { say } from './say.ts'

type Listed = Answer<typeof notices.list>['items'][number]
const shownStates = ['', 'draft', 'waiting_approval', 'scheduled', 'published', 'withdrawn'] as const
type Shown = (typeof shownStates)[number]

const whenOf = (notice: Listed) =>
  notice.state === 'scheduled' && notice.publishAt
    ? say('leaves_at', { time: near(notice.publishAt) })
    : near(notice.publishedAt ?? notice.madeAt)

const Line = ({ notice }: { notice: Listed }) => (
  <Row
    href={notice.state === 'draft' ? `/notices/${notice.id}/edit` : `/notices/${notice.id}`}
    title={
      <>
        {notice.class !== 'normal' && <ClassTag of={notice.class} />} {notice.title}
      </>
    }
    note={[
      notice.isMine ? whenOf(notice) : `${notice.author}, ${whenOf(notice)}`,
      notice.households === null ? '' : say(notice.internal ? 'n_posts' : 'n_homes', { n: number(notice.households) }),
      notice.isPrivate ? say('private') : notice.internal ? say('internal_short') : '',
    ]
      .filter(Boolean)
      .join('. ')}
    state={notice.state === 'published' ? undefined : say(`state_${notice.state}`)}
    isNotYet
  />
)

export function Notices() {
  const [state, setState] = useState<Shown>('')
  const list = usePages(cursor => api.notices.list({ limit: 50, ...(state ? { state } : {}), ...cursor }), [state], {
    stored: `notices ${state}`,
    every: 60_000,
  })
  const items = list.value?.items ?? []
  return (
    <Page title={say('list_title')}>
      <div class="pad pad-b0 stack">
        <Acts isLeft>
          <Act kind="main" icon="sua" href="/notices/new">
            {say('write_title')}
          </Act>
        </Acts>
        <Chips
          label={say('state')}
          value={state}
          options={shownStates.map(value => ({ value, label: say(value ? `state_${value}` : 'state_all') }))}
          onChange={value => setState(value as Shown)}
        />
        <OldCopy at={list.storedAt} />
      </div>
      {list.isLoading && <Lines retry={list.reload} />}
      {list.refusal && !list.value && <Failed refusal={list.refusal} retry={list.reload} />}
      {list.value && !items.length && <Empty title={say('list_empty')} words={say('list_empty_words')} icon="loa" />}
      {items.length > 0 && (
        <Rows label={say('list_title')}>
          {items.map(notice => (
            <Line key={notice.id} notice={notice} />
          ))}
        </Rows>
      )}
      {list.more && (
        <p class="pad">
          <Act kind="quiet-main" onClick={list.more}>
            {say('more')}
          </Act>
        </p>
      )}
    </Page>
  )
}
