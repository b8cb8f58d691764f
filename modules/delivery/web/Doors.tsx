// The doors to knock at: homes in need first, then alley by alley; what is done sinks. Everything works without a network.
import { useState } from 'preact/hooks'
import { useRoute } from '#web/router.tsx'
import { Act, Acts, Chips, Empty, evidenceOf, Failed, Group, Lines, OldCopy, Page, Pick, Row, Rows } from '#web/kit.tsx'
import { me } from '#web/me.ts'
import { fraction, number } from '#web/numbers.ts'
import { hour } from '#web/time.ts'
import { outcomeWords, useDoors, type Door, type DoorHere } from './door-state.ts'
import { DoorSheet } from './DoorSheet.tsx'
import { GiveDoors } from './GiveDoors.tsx'
import { givers } from './givers.ts'
import { say } from './say.ts'

const canGive = () => givers.includes(me.value?.role ?? '')

const isDone = (door: DoorHere) => door.outcome !== null

const noteOf = (door: DoorHere) =>
  [
    door.landmark || door.way,
    door.listens.length > 0 && say('listens', { languages: door.listens.join(', ') }).replace(/\.$/, ''),
    say(door.reason),
  ]
    .filter(Boolean)
    .join('. ')

const stateOf = (door: DoorHere) =>
  door.outcome &&
  `${outcomeWords(door.outcome)} ${door.outcomeAt ? hour(door.outcomeAt) : ''}. ${say(door.isWaiting ? 'waits' : 'is_sent')}`

function DoorRow({ door, open }: { door: DoorHere; open: () => void }) {
  return (
    <Row
      home={evidenceOf(door.level, door.isTold)}
      title={
        <>
          {say('home_of', { name: door.headName })}
          {door.hasNeed && <span class="soft"> · {say('needs_help')}</span>}
        </>
      }
      note={isDone(door) ? door.landmark : noteOf(door)}
      state={door.isConflict ? say('conflict') : stateOf(door)}
      isNotYet={door.isConflict || door.outcome === 'nobody_home'}
      onClick={open}
    />
  )
}

interface Whose {
  value: string
  label: string
  isIn: (door: Door) => boolean
}

/** Mine, each helper's, not given, all: only those that hold anything. */
function peopleOf(doors: readonly Door[]): Whose[] {
  const others = new Map(
    doors.flatMap(d => (d.assigned && !d.assigned.isMine ? [[d.assigned.account, d.assigned.name] as const] : [])),
  )
  const all: Whose[] = [
    { value: 'mine', label: say('mine'), isIn: door => door.assigned?.isMine ?? false },
    ...[...others].map(([account, name]) => ({
      value: account,
      label: name,
      isIn: (d: Door) => d.assigned?.account === account,
    })),
    { value: 'none', label: say('not_given'), isIn: door => door.assigned === null },
  ]
  const some = all.filter(one => doors.some(door => one.isIn(door)))
  return some.length > 1
    ? [...some, { value: 'all', label: say('everyone'), isIn: () => true }]
    : [{ value: 'all', label: say('everyone'), isIn: () => true }]
}

function groupsOf(left: readonly DoorHere[]) {
  const inNeed = left.filter(door => door.hasNeed)
  const byAlley = [
    ...Map.groupBy(
      left.filter(door => !door.hasNeed),
      door => door.alley || say('no_alley'),
    ),
  ]
  return [
    ...(inNeed.length ? [{ key: ' need', title: say('need_first', { n: number(inNeed.length) }), doors: inNeed }] : []),
    ...byAlley.map(([alley, doors]) => ({
      key: alley,
      title: say('alley_left', { alley, n: number(doors.length) }),
      doors,
    })),
  ]
}

function List({ doors, open }: { doors: readonly DoorHere[]; open: (door: DoorHere) => void }) {
  const done = doors.filter(door => isDone(door) && (door.outcome !== 'nobody_home' || door.isWaiting))
  const again = doors.filter(door => door.outcome === 'nobody_home' && !door.isWaiting)
  const left = [...doors.filter(door => !isDone(door)), ...again]
  return (
    <>
      <section class="pad pad-b0 stack">
        <p class="split">
          <b class="n">{say('visited', { part: fraction(done.length, doors.length) })}</b>
          <span class="soft">{say('to_go', { n: number(left.length) })}</span>
        </p>
        <progress
          value={done.length}
          max={doors.length || 1}
          aria-label={say('visited', { part: fraction(done.length, doors.length) })}
        />
      </section>
      {groupsOf(left).map(group => (
        <Group key={group.key} title={group.title}>
          <Rows label={group.title}>
            {group.doors.map(door => (
              <DoorRow key={door.doorId} door={door} open={() => open(door)} />
            ))}
          </Rows>
        </Group>
      ))}
      {done.length > 0 && (
        <Group title={say('been_to', { n: number(done.length) })}>
          <Rows label={say('been_to', { n: number(done.length) })}>
            {done.map(door => (
              <DoorRow key={door.doorId} door={door} open={() => open(door)} />
            ))}
          </Rows>
        </Group>
      )}
    </>
  )
}

export function Doors() {
  const { query } = useRoute()
  const noticeId = query['noticeId'] || undefined
  const list = useDoors(noticeId)
  const [whose, setWhose] = useState('')
  const [notice, setNotice] = useState('')
  const [openId, setOpen] = useState<string>()
  const [isGiving, setGiving] = useState(false)
  const all = list.doors ?? []
  const notices = [...new Map(all.map(door => [door.noticeId, door.title]))]
  const chosen = notices.some(([id]) => id === notice) ? notice : (notices[0]?.[0] ?? '')
  const ofNotice = all.filter(door => door.noticeId === chosen)
  const people = peopleOf(ofNotice)
  const person = people.find(one => one.value === whose) ?? people[0]!
  const doors = ofNotice.filter(door => person.isIn(door))
  const opened = all.find(door => door.doorId === openId)
  /** The next home slides up after a result. */
  const next = () => setOpen(undefined)
  const paper = `/doors/print?noticeId=${encodeURIComponent(chosen)}`
  return (
    <Page
      title={say('doors')}
      sub={notices.length === 1 ? notices[0]![1] : undefined}
      back={noticeId && `/notices/${encodeURIComponent(noticeId)}/reach`}
    >
      <OldCopy at={list.storedAt} />
      {list.isLoading && <Lines retry={list.reload} />}
      {list.refusal && !list.doors && <Failed refusal={list.refusal} retry={list.reload} />}
      {list.doors?.length === 0 && <Empty title={say('doors_none')} words={say('doors_none_words')} />}
      {notices.length > 1 && (
        <div class="pad pad-b0">
          <Pick
            label={say('which_notice')}
            options={notices.map(([value, label]) => ({ value, label }))}
            value={chosen}
            onChange={setNotice}
          />
        </div>
      )}
      {people.length > 1 && (
        <div class="pad pad-b0">
          <Chips
            label={say('whose')}
            options={people.map(one => ({
              value: one.value,
              label: one.label,
              count: ofNotice.filter(door => one.isIn(door)).length,
            }))}
            value={person.value}
            onChange={setWhose}
          />
        </div>
      )}
      {doors.length > 0 && <List doors={doors} open={door => setOpen(door.doorId)} />}
      {all.length > 0 && (
        <div class="pad stack">
          <Acts isLeft>
            {canGive() && (
              <Act kind="quiet" icon="nhom" onClick={() => setGiving(true)}>
                {say('give')}
              </Act>
            )}
            <Act kind="quiet" icon="in" href={paper}>
              {say('print')}
            </Act>
          </Acts>
          <p class="by">{say('once')}</p>
        </div>
      )}
      {opened && <DoorSheet key={opened.doorId} door={opened} canType={canGive()} onClose={next} />}
      <GiveDoors
        noticeId={chosen}
        doors={ofNotice.filter(door => door.outcome === null)}
        isOpen={isGiving}
        onClose={() => setGiving(false)}
        onDone={list.reload}
      />
    </Page>
  )
}
