// What waits to be posted in chat groups: one's own as cards, those of villages below as rows.
import { useState } from 'preact/hooks'
import { api } from '../api.ts'
import { everyPage } from '../every-page.ts'
import { Count, Group, Row, Rows, Sheet } from '../kit.tsx'
import { useLoaded } from '../load.ts'
import { linkTo } from '../links.ts'
import { stretch } from '../time.ts'
import { PostingCard, type PostingTask } from './PostingCard.tsx'
import { say } from './posting-say.ts'

const keyOf = (task: PostingTask) => `${task.noticeId} ${task.chat.id} ${task.kind}`

function Below({ tasks, onDone }: { tasks: readonly PostingTask[]; onDone: () => Promise<void> }) {
  const [opened, setOpened] = useState<string>()
  const task = tasks.find(one => keyOf(one) === opened)
  return (
    <Group title={say('for_below')} count={<Count n={tasks.length} />}>
      <p class="pad pad-b0 soft">{say('for_below_words')}</p>
      <Rows label={say('for_below')}>
        {tasks.map(one => (
          <Row
            key={keyOf(one)}
            title={one.title}
            note={`${one.chat.name}, ${one.chat.unit}`}
            state={
              one.lateMinutes
                ? say('late', { time: stretch(one.lateMinutes * 60_000) })
                : one.kind === 'down'
                  ? say('take_down')
                  : undefined
            }
            isNotYet
            onClick={() => setOpened(keyOf(one))}
          />
        ))}
      </Rows>
      <Sheet title={say('to_post')} isOpen={Boolean(task)} onClose={() => setOpened(undefined)}>
        {task && <PostingCard key={keyOf(task)} task={task} isFirst onDone={onDone} />}
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
