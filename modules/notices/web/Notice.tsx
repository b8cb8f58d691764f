// One notice in the app: residents say "Đã rõ" and ask; its author corrects it and takes it back.
import { useEffect } from 'preact/hooks'
import { useRoute } from '#web/router.tsx'
import { api } from '#web/api.ts'
import { Act, Failed, Lines, OldCopy, Page, toast } from '#web/kit.tsx'
import { newId } from '#web/id.ts'
import { useLoaded } from '#web/load.ts'
import { isDesk, me } from '#web/me.ts'
import { keep, waiting } from '#web/outbox.ts'
import { hour, iso } from '#web/time.ts'
import { Asking } from './Asking.tsx'
import { Author } from './Author.tsx'
import type { NoticeShown } from './draft.ts'
import { HowItWent, NoticeBody, Urgent } from './NoticeBody.tsx'
import { OldVersion } from './OldVersion.tsx'
import { OwnRelay } from './OwnRelay.tsx'
import { say } from './say.ts'
import { WhichHome } from './WhichHome.tsx'

const knows = (level: string | undefined) => level === 'acknowledged' || level === 'acted'

/** Opened is seen: told once a round, also from a phone that was offline. */
function useSeen(notice: NoticeShown | undefined) {
  // A phone that answers for several homes asks first whose it is: see WhichHome.
  const isResident = me.value?.kind === 'resident' && !me.value.choosesHome
  useEffect(() => {
    if (!isResident || !notice || notice.state !== 'published') return
    if (notice.own && (knows(notice.own.level) || notice.own.level === 'seen')) return
    const receipt = { id: newId(), noticeId: notice.id, level: 'seen' as const, at: iso() }
    void keep('delivery.receipts', { receipts: [receipt] }, { label: say('seen_label'), isOwnId: true })
  }, [notice?.id, notice?.round])
}

const isWaitingHere = (notice: NoticeShown) =>
  waiting.value.some(one => one.operation === 'delivery.acknowledge' && one.input['noticeId'] === notice.id)

function DaRo({ notice, reload }: { notice: NoticeShown; reload: () => Promise<void> }) {
  if (me.value?.kind !== 'resident' || notice.state !== 'published' || notice.expired) return null
  if (me.value.choosesHome) return <WhichHome notice={notice} reload={reload} />
  if (notice.own && knows(notice.own.level))
    return (
      <Act kind="done" icon="ro">
        {say('done', { time: hour(notice.own.at) })}
      </Act>
    )
  if (isWaitingHere(notice))
    return (
      <Act kind="done" icon="chogui">
        {say('done_waiting')}
      </Act>
    )
  const acknowledge = async () => {
    const kept = await keep(
      'delivery.acknowledge',
      { noticeId: notice.id, id: newId(), at: iso(), version: notice.version },
      { label: `${say('acknowledge')}: ${notice.title}`, isOwnId: true, isListed: true },
    )
    if (kept.state === 'refused') toast(kept.refusal.message)
    else toast(say(kept.state === 'sent' ? 'acknowledge' : 'done_waiting'))
    await reload()
  }
  return (
    <Act kind="main" icon="ro" onClick={acknowledge}>
      {say('acknowledge')}
    </Act>
  )
}

export function Notice() {
  const { params, query } = useRoute()
  const noticeId = params['noticeId'] ?? ''
  const version = Number(query['version'])
  return version > 0 ? <OldVersion noticeId={noticeId} version={version} /> : <Newest noticeId={noticeId} />
}

function Newest({ noticeId }: { noticeId: string }) {
  const loaded = useLoaded(() => api.notices.read({ noticeId }), [noticeId], {
    stored: `notice ${noticeId}`,
    every: 15_000,
  })
  const notice = loaded.value
  useSeen(notice)
  const isUrgent = notice?.class === 'emergency'
  const isResident = me.value?.kind === 'resident'
  const foot = notice && isResident ? <DaRo notice={notice} reload={loaded.reload} /> : undefined
  return (
    <Page
      title={notice ? (isUrgent ? say('urgent_bar') : say('notice_bar')) : say('notice_bar')}
      sub={notice?.unit || undefined}
      back={isDesk() ? undefined : '/'}
      hasOwnTitle={isUrgent}
      foot={foot}
    >
      <OldCopy at={loaded.storedAt} />
      {loaded.isLoading && <Lines retry={loaded.reload} />}
      {loaded.refusal && !notice && <Failed refusal={loaded.refusal} retry={loaded.reload} />}
      {notice && (
        <>
          {!isResident && <Author notice={notice} reload={loaded.reload} />}
          {!isResident && <OwnRelay key={notice.version} notice={notice} reload={loaded.reload} />}
          {isUrgent && <Urgent notice={notice} />}
          <NoticeBody notice={notice} />
          {isResident && notice.state === 'published' && <Asking notice={notice} />}
          {notice.publishedAt && <HowItWent notice={notice} />}
        </>
      )}
    </Page>
  )
}
