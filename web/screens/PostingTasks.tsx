// What waits to be posted in chat groups: one's own as cards, those of villages below as rows.
import { useState } from 'preact/hooks'
import { api } from '../api.ts'
import { everyPage } from '../every-page.ts'
import { Count, Group, Pick, Row, Rows, Sheet } from '../kit.tsx'
import { useLoaded } from '../load.ts'
import { linkTo } from '../links.ts'
import { number } from '../numbers.ts'
import { stretch } from '../time.ts'
import { PostingCard, type PostingTask } from './PostingCard.tsx'
import { say } from './posting-say.ts'

const keyOf = (task: PostingTask) => `${task.noticeId} ${task.chat.id} ${task.kind}`

const nameOf = ({ chat, lateMinutes }: PostingTask) =>
  `${chat.name}, ${chat.unit}${lateMinutes ? `, ${say('late', { time: stretch(lateMinutes * 60_000) })}` : ''}`

/** A notice in many groups is one row; opened, one group after the other is chosen. */
function Below({ tasks, onDone }: { tasks: readonly PostingTask[]; onDone: () => Promise<void> }) {
  const [notice, setNotice] = useState<string>()
  const [chosen, setChosen] = useState('')
  const notices = [...Map.groupBy(tasks, task => `${task.noticeId} ${task.kind}`)]
  const mine = notices.find(([key]) => key === notice)?.[1] ?? []
  const task = mine.find(one => keyOf(one) === chosen) ?? mine[0]
  return (
    <Group title={say('for_below')} count={<Count n={tasks.length} />}>
      <Rows label={say('for_below')}>
        {notices.map(([key, some]) => (
          <Row
            key={key}
            icon="nhom"
            title={some[0]!.title}
            note={say(some[0]!.kind === 'down' ? 'down_in' : 'not_in', { n: number(some.length) })}
            count={some.length}
            isLate={some.some(one => one.lateMinutes > 0)}
            onClick={() => setNotice(key)}
          />
        ))}
      </Rows>
      <Sheet title={say('to_post')} isOpen={Boolean(task)} onClose={() => setNotice(undefined)}>
        <div class="stack">
          <p class="soft">{say('for_below_words')}</p>
          {mine.length > 1 && task && (
            <Pick
              label={say('group')}
              options={mine.map(one => ({ value: keyOf(one), label: nameOf(one) }))}
              value={keyOf(task)}
              onChange={setChosen}
            />
          )}
          {task && <PostingCard key={keyOf(task)} task={task} isFirst onDone={onDone} />}
        </div>
      </Sheet>
    </Group>
  )
}

/** @param fresh whatever says that there may be more: a notice was just passed on @param hasBelow shows what others are to post too */
export function PostingTasks({ fresh, hasBelow }: { fresh?: unknown; hasBelow?: boolean }) {
  const isMine = Boolean(linkTo('/chats'))
  const { value, reload } = useLoaded(
    async () => (isMine ? everyPage(cursor => api.notices.postingTasks({ limit: '100', ...cursor })) : []),
    [fresh],
    { stored: 'posting-tasks', every: 60_000 },
  )
  const mine = (value ?? []).filter(task => task.isMine)
  const below = hasBelow ? (value ?? []).filter(task => !task.isMine) : []
  return (
    <>
      {mine.length > 0 && (
        <Group
          title={say('to_post')}
          count={<Count n={mine.length} isLate={mine.some(task => task.lateMinutes > 0)} />}
        >
          {mine.map((task, n) => (
            <PostingCard key={keyOf(task)} task={task} isFirst={n === 0} onDone={reload} />
          ))}
        </Group>
      )}
      {below.length > 0 && <Below tasks={below} onDone={reload} />}
    </>
  )
}
