// "Nhà nào đã rõ?": a phone that answers for several homes says it for the home that is chosen, one by one.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { Act, Failed, Lines, Row, Rows, Sheet, toast } from '#web/kit.tsx'
import { newId } from '#web/id.ts'
import { useLoaded } from '#web/load.ts'
import { keep, waiting } from '#web/outbox.ts'
import { hour, iso } from '#web/time.ts'
import type { NoticeShown } from './draft.ts'
import { say } from './say.ts'

const knows = (level: string) => level === 'acknowledged' || level === 'acted'

const isWaitingFor = (noticeId: string, home: string) =>
  waiting.value.some(
    ({ operation, input }) =>
      operation === 'delivery.acknowledge' && input['noticeId'] === noticeId && input['home'] === home,
  )

export function WhichHome({ notice, reload }: { notice: NoticeShown; reload: () => Promise<void> }) {
  const loaded = useLoaded(() => api.delivery.homesHere({ noticeId: notice.id }), [notice.id, notice.round], {
    stored: `homes of ${notice.id}`,
  })
  const [isOpen, setOpen] = useState(false)
  const homes = loaded.value?.items ?? []
  const acknowledge = async (home: string, no: number) => {
    const kept = await keep(
      'delivery.acknowledge',
      { noticeId: notice.id, home, id: newId(), at: iso(), version: notice.version },
      { label: `${say('acknowledge_no', { no })}: ${notice.title}`, isOwnId: true },
    )
    if (kept.state === 'refused') toast(kept.refusal.message)
    else toast(say(kept.state === 'sent' ? 'acknowledge_no' : 'done_waiting', { no }))
    await Promise.all([loaded.reload(), reload()])
  }
  const left = homes.filter(home => !knows(home.level) && !isWaitingFor(notice.id, home.id))
  return (
    <>
      {homes.length > 0 && !left.length ? (
        <Act kind="done" icon="ro" onClick={() => setOpen(true)}>
          {say('all_homes_know', { n: homes.length })}
        </Act>
      ) : (
        <Act kind="main" icon="ro" onClick={() => setOpen(true)}>
          {say('which_home')}
        </Act>
      )}
      <Sheet title={say('which_home')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p class="soft">{say('which_home_words')}</p>
        {loaded.isLoading && <Lines retry={loaded.reload} />}
        {loaded.refusal && !loaded.value && <Failed refusal={loaded.refusal} retry={loaded.reload} />}
        <Rows label={say('which_home')}>
          {homes.map(({ id, no, name, unit, isReading, level, levelAt }) => (
            <Row
              key={id}
              icon="nha"
              title={name}
              note={[say('home_no', { no }), unit, isReading && say('reading_for')].filter(Boolean).join(', ')}
              state={
                knows(level)
                  ? say('home_knows', { time: levelAt ? hour(levelAt) : '' })
                  : isWaitingFor(notice.id, id)
                    ? say('done_waiting')
                    : say('press_knows')
              }
              isNotYet={!knows(level)}
              onClick={knows(level) || isWaitingFor(notice.id, id) ? undefined : () => void acknowledge(id, no)}
            />
          ))}
        </Rows>
      </Sheet>
    </>
  )
}
