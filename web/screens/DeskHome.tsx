// The officer's desk: the title is the finding; beside the newest notice stands what has to be unblocked; below, every village.
import { api } from '../api.ts'
import { Act, ClassTag, Failed, Icon, Lines, OldCopy, Page, Reach } from '../kit.tsx'
import { useLoaded } from '../load.ts'
import { fraction, number } from '../numbers.ts'
import { clock, near, stretch } from '../time.ts'
import type { IconName } from '../icons.ts'
import { FirstSteps } from './FirstSteps.tsx'
import { NoticesTable } from './NoticesTable.tsx'
import { linkTo } from '../links.ts'
import { leftOf, relaysOf, running, type RelayNow, type Running } from './running.ts'
import { say } from './say.ts'
import { VillagesTable } from './VillagesTable.tsx'

export interface Desk {
  notices: Running[]
  /** Of the newest notice. */
  relays: RelayNow[]
  openQuestions: number
  /** Homes of other communes that wait to be received. */
  arrivals: number
  /** Late in groups of the villages, or waiting in the commune's own. */
  postings: number
}

async function loadDesk(): Promise<Desk> {
  const [notices, questions, arrivals, postings] = await Promise.all([
    running(6),
    api.notices.questions({ open: 'true', limit: '100' }).catch(() => ({ items: [] })),
    api.people.arrivals({}).catch(() => ({ items: [] })),
    api.notices.postingTasks({ limit: '100' }).catch(() => ({ items: [] })),
  ])
  const relays = await relaysOf(notices[0])
  return {
    notices,
    relays: relays.filter(relay => relay.how !== 'none'),
    openQuestions: questions.items.length,
    arrivals: arrivals.items.length,
    postings: postings.items.filter(task => task.isMine || task.lateMinutes > 0).length,
  }
}

const isLate = ({ passedAt, dueAt }: RelayNow) => !passedAt && new Date(dueAt).getTime() < clock.value
const wasLate = (relay: RelayNow) => relay.lateMinutes > 0 || isLate(relay) || relay.how === 'time'

/** The finding of the page. */
function titleOf({ notices, relays }: Desk): string {
  const [top] = notices
  if (!top) return say('title_nothing')
  const { title } = top.notice
  if (!relays.length) return say('title_reach', { part: fraction(top.reach.reached, top.reach.households), title })
  const passed = relays.filter(relay => relay.passedAt && !wasLate(relay)).length
  const late = relays.filter(wasLate).length
  if (late) return say('title_late', { part: fraction(passed, relays.length), late, title })
  if (passed === relays.length) return say('title_all_relayed', { n: number(passed), title })
  return say('title_some_relayed', { part: fraction(passed, relays.length), left: relays.length - passed, title })
}

const Todo = ({ icon, words, act, href }: { icon: IconName; words: string; act: string; href: string | undefined }) => (
  <li>
    <span>
      <Icon name={icon} isSmall />
      {words}
    </span>
    {href && (
      <Act kind="quiet" href={href}>
        {act}
      </Act>
    )}
  </li>
)

function ToUnblock({ desk }: { desk: Desk }) {
  const [top] = desk.notices
  const late = desk.relays.filter(isLate).length
  const reachHref = top && linkTo('/notices/:noticeId/reach', { noticeId: top.notice.id })
  const soon = desk.notices.find(({ reach }) => {
    const left = reach.lastUsefulAt ? new Date(reach.lastUsefulAt).getTime() - clock.value : -1
    return left > 0 && left < 86_400_000 && (leftOf(reach) ?? 0) > 0
  })
  const isClear = !late && !desk.openQuestions && !desk.arrivals && !desk.postings && !soon
  return (
    <section class="todo">
      <h2>{say('to_unblock')}</h2>
      {isClear && <p class="soft">{say('nothing_to_unblock')}</p>}
      <ul>
        {late > 0 && (
          <Todo icon="chuyen" words={say('late_villages', { n: number(late) })} act={say('see')} href={reachHref} />
        )}
        {desk.openQuestions > 0 && (
          <Todo
            icon="hoi"
            words={say('open_questions', { n: number(desk.openQuestions) })}
            act={say('answer')}
            href={linkTo('/questions')}
          />
        )}
        {desk.arrivals > 0 && (
          <Todo
            icon="nha"
            words={say('arrivals', { n: number(desk.arrivals) })}
            act={say('see')}
            href={linkTo('/homes/arrivals')}
          />
        )}
        {desk.postings > 0 && (
          <Todo
            icon="nhom"
            words={say('postings_waiting', { n: number(desk.postings) })}
            act={say('see')}
            href={linkTo('/chats')}
          />
        )}
        {soon && (
          <Todo
            icon="gio"
            words={say('unreachable_soon', {
              time: stretch(new Date(soon.reach.lastUsefulAt!).getTime() - clock.value),
              n: number(leftOf(soon.reach) ?? 0),
            })}
            act={say('see')}
            href={linkTo('/notices/:noticeId/unreached', { noticeId: soon.notice.id })}
          />
        )}
      </ul>
    </section>
  )
}

function Top({ notice, reach }: Running) {
  const href = linkTo('/notices/:noticeId/reach', { noticeId: notice.id })
  return (
    <section>
      <p>
        <ClassTag of={notice.class} /> {href ? <a href={href}>{notice.title}</a> : notice.title}
        {notice.publishedAt && `, ${near(notice.publishedAt)}`}
      </p>
      <Reach {...reach} left={leftOf(reach)} hasKey />
    </section>
  )
}

export function DeskHome() {
  const {
    value: desk,
    refusal,
    isLoading,
    storedAt,
    reload,
  } = useLoaded(loadDesk, [], { stored: 'desk', every: 30_000 })
  const [top] = desk?.notices ?? []
  return (
    <Page title={desk ? titleOf(desk) : say('title_nothing')}>
      <OldCopy at={storedAt} />
      {isLoading && <Lines retry={reload} />}
      {refusal && !desk && <Failed refusal={refusal} retry={reload} />}
      {desk && !top && <FirstSteps />}
      {desk && top && (
        <>
          <div class="facts-row">
            <Top {...top} />
            <ToUnblock desk={desk} />
          </div>
          <VillagesTable reach={top.reach} relays={desk.relays} />
          {desk.notices.length > 1 && (
            <section class="below">
              <h2>{say('recent')}</h2>
              <NoticesTable rows={desk.notices.slice(1)} />
            </section>
          )}
        </>
      )}
    </Page>
  )
}
