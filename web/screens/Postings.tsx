// In which chat groups a notice stands: who posted it, when, how often the group's link was opened.
import { api } from '../api.ts'
import { Table } from '../kit.tsx'
import { useLoaded } from '../load.ts'
import { linkTo } from '../links.ts'
import { fraction, number } from '../numbers.ts'
import { near, stretch } from '../time.ts'
import { say } from './posting-say.ts'

type Posting = Awaited<ReturnType<typeof api.notices.postings>>['items'][number]

const minutes = (n: number) => stretch(n * 60_000)

function stateOf(one: Posting): string {
  const late = one.lateMinutes
  switch (one.state) {
    case 'waiting':
      return late ? say('state_waiting_late', { time: minutes(late) }) : say('state_waiting')
    case 'posted': {
      const said = { time: near(one.postedAt!), by: one.by ?? '' }
      return late ? say('state_posted_late', { ...said, late: minutes(late) }) : say('state_posted', said)
    }
    case 'taken_down':
      return say('state_taken_down', { time: near(one.downAt!) })
    case 'again':
    case 'down':
    case 'missed':
      return say(`state_${one.state}`)
  }
}

/** What an account has yet to do there. */
function byItself({ byItself: one }: Posting): string {
  if (!one) return ''
  if (one.state !== 'waiting') return say('by_itself_not', { words: one.words ?? '' })
  return one.words ? say('by_itself_later', { words: one.words }) : say('by_itself_soon')
}

const proofAddress = (noticeId: string, one: Posting) =>
  `/api/v1/chats/${encodeURIComponent(one.chat.id)}/notices/${encodeURIComponent(noticeId)}/proof`

const stands = ({ state }: Posting) => state === 'posted' || state === 'down'

export function Postings({ noticeId }: { noticeId: string }) {
  const { value } = useLoaded(() => api.notices.postings({ noticeId }), [noticeId], { every: 60_000 })
  const rows = value?.items ?? []
  if (!rows.length) return null
  const title = say('postings', { part: fraction(rows.filter(stands).length, rows.length) })
  // A screenshot is for those who keep the groups.
  const seesProof = Boolean(linkTo('/chats'))
  return (
    <section class="stack">
      <h2>{title}</h2>
      <p class="soft">{say('postings_words')}</p>
      <Table
        caption={title}
        rows={rows}
        keyOf={one => one.chat.id}
        isTight
        columns={[
          {
            head: say('group'),
            cell: one => (
              <>
                {one.chat.name} <span class="by">{say(`platform_${one.chat.platform}`)}</span>
              </>
            ),
          },
          {
            head: say('state'),
            cell: one => (
              <>
                {one.state === 'waiting' && one.byItself ? '' : stateOf(one)} {byItself(one)}
                {one.url && (
                  <>
                    {' '}
                    <a href={one.url} target="_blank" rel="noopener">
                      {say('see_post')}
                    </a>
                  </>
                )}
                {one.hasProof && seesProof && (
                  <>
                    {' '}
                    <a
                      href={proofAddress(noticeId, one)}
                      target="_blank"
                      rel="noopener"
                      aria-label={say('proof_of', { name: one.chat.name })}
                    >
                      {say('proof')}
                    </a>
                  </>
                )}
              </>
            ),
          },
          { head: say('opens'), cell: one => number(one.opens), isRight: true, by: one => one.opens },
        ]}
      />
    </section>
  )
}
