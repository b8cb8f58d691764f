// A head's morning: what is urgent and how far it got, what waits to be passed on, what else waits.
import { api } from '../api.ts'
import { ClassTag, Count, Empty, Failed, Group, Lines, OldCopy, Page, Reach, Row, Rows } from '../kit.tsx'
import { DeviceCards } from '../device-cards.tsx'
import { useLoaded } from '../load.ts'
import { me } from '../me.ts'
import { clock, hour } from '../time.ts'
import { linkTo } from '../links.ts'
import { OtherTabs } from './OtherTabs.tsx'
import { PhonesWaiting } from './PhonesWaiting.tsx'
import { PostingTasks } from './PostingTasks.tsx'
import { RelayCard } from './RelayCard.tsx'
import { leftOf, running, type Running } from './running.ts'
import { say } from './say.ts'

const partOfDay = () => {
  const now = Number(hour(new Date(clock.value)).split(':')[0])
  return now < 12 ? 'morning' : now < 18 ? 'afternoon' : 'evening'
}

const emergencies = async () => (await running(3)).filter(({ notice }) => notice.class === 'emergency')

/** A head looks at his own village. */
function Urgent({ notice, reach }: Running) {
  const own = reach.villages.find(village => village.unitId === me.value?.unit?.id) ?? reach
  const href = linkTo('/notices/:noticeId/reach', { noticeId: notice.id })
  return (
    <section class="live">
      <h2>
        <ClassTag of={notice.class} /> {href ? <a href={href}>{notice.title}</a> : notice.title}
      </h2>
      <Reach
        {...own}
        ask={reach.ask}
        left={leftOf(own)}
        right={notice.publishedAt && say('sent_straight', { time: hour(notice.publishedAt) })}
      />
    </section>
  )
}

function OtherWork() {
  const questions = useLoaded(() => api.notices.questions({ open: 'true', limit: '100' }), [], { every: 120_000 })
  const arrivals = useLoaded(() => api.people.arrivals({}), [], { every: 120_000 }).value?.items.length ?? 0
  const asked = linkTo('/questions')
  const doors = linkTo('/doors')
  const open = questions.value?.items.length ?? 0
  const write = linkTo('/notices/new')
  const sent = linkTo('/notices')
  if (!asked && !doors && !write) return null
  return (
    <Group title={say('other_work')}>
      <Rows>
        {asked && (
          <Row
            icon="hoi"
            title={say('questions')}
            note={`${open} ${say('questions_open')}`}
            count={open}
            href={asked}
          />
        )}
        {arrivals > 0 && (
          <Row icon="nha" title={say('arrivals', { n: arrivals })} count={arrivals} href={linkTo('/homes/arrivals')} />
        )}
        {write && <Row icon="sua" title={say('write')} note={say('write_words')} href={write} />}
        {sent && <Row icon="bieudo" title={say('sent_notices')} href={sent} />}
        {doors && <Row icon="cua" title={say('doors')} note={say('doors_words')} href={doors} />}
        <OtherTabs />
      </Rows>
    </Group>
  )
}

export function HeadHome() {
  const relays = useLoaded(() => api.notices.relays({}), [], { stored: 'relays', every: 60_000 })
  const urgent = useLoaded(emergencies, [], { stored: 'urgent', every: 30_000 })
  const items = relays.value?.items
  return (
    <Page title={say(partOfDay())}>
      <OldCopy at={relays.storedAt} />
      {urgent.value?.map(one => (
        <Urgent key={one.notice.id} {...one} />
      ))}
      <PhonesWaiting />
      {relays.refusal && !items && <Failed refusal={relays.refusal} retry={relays.reload} />}
      {relays.isLoading && <Lines retry={relays.reload} />}
      {items && items.length > 0 && (
        <Group title={say('to_relay')} count={<Count n={items.length} />}>
          {items.map((relay, i) => (
            <RelayCard
              key={`${relay.noticeId} ${relay.unitId}`}
              relay={relay}
              isFirst={i === 0}
              onDone={() => void relays.reload()}
            />
          ))}
        </Group>
      )}
      {items?.length === 0 && <Empty title={say('nothing_to_relay')} words={say('nothing_to_relay_words')} />}
      <PostingTasks fresh={items?.length} />
      <OtherWork />
      <DeviceCards />
    </Page>
  )
}
