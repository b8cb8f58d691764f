// Police, border guard, associations, bank, credit groups: what they wrote, and writing.
import { api } from '../api.ts'
import { Act, ClassTag, Empty, Failed, Group, Lines, OldCopy, Page, Row, Rows } from '../kit.tsx'
import { useLoaded } from '../load.ts'
import { number } from '../numbers.ts'
import { near } from '../time.ts'
import { linkTo } from '../links.ts'
import { isDesk } from '../me.ts'
import { mostTabs, myTabs } from '../shell/phone-frame.tsx'
import { OtherTabs } from './OtherTabs.tsx'
import { PostingTasks } from './PostingTasks.tsx'
import type { Listed } from './running.ts'
import { say } from './say.ts'

const hrefOf = (notice: Listed) =>
  notice.state === 'published' || notice.state === 'withdrawn'
    ? (linkTo('/notices/:noticeId/reach', { noticeId: notice.id }) ??
      linkTo('/notices/:noticeId', { noticeId: notice.id }))
    : linkTo('/notices/:noticeId/edit', { noticeId: notice.id })

/** A desk has its rail. */
const hasMore = () => !isDesk() && myTabs().length > mostTabs

export function WriterHome() {
  const { value, refusal, isLoading, storedAt, reload } = useLoaded(
    () => api.notices.list({ mine: 'true', limit: '50' }),
    [],
    {
      stored: 'mine',
      every: 60_000,
    },
  )
  const write = linkTo('/notices/new')
  const act = write && (
    <Act kind="main" icon="sua" href={write}>
      {say('write')}
    </Act>
  )
  return (
    <Page title={say('writer_title')}>
      <OldCopy at={storedAt} />
      <PostingTasks />
      {isLoading && <Lines retry={reload} />}
      {refusal && !value && <Failed refusal={refusal} retry={reload} />}
      {value?.items.length === 0 && (
        <Empty title={say('writer_empty')} words={say('writer_empty_words')} icon="loa" act={act} />
      )}
      {value && value.items.length > 0 && (
        <>
          {act && <div class="pad">{act}</div>}
          <Rows>
            {value.items.map(notice => (
              <Row
                key={notice.id}
                href={hrefOf(notice)}
                title={notice.title}
                note={
                  <>
                    <ClassTag of={notice.class} /> {say(`state_${notice.state}`)}{' '}
                    {near(notice.publishedAt ?? notice.madeAt)}
                    {notice.households !== null && `, ${say('homes_count', { n: number(notice.households) })}`}
                  </>
                }
              />
            ))}
          </Rows>
        </>
      )}
      {hasMore() && (
        <Group title={say('other_work')}>
          <Rows>
            <OtherTabs />
          </Rows>
        </Group>
      )}
    </Page>
  )
}
