// How far one notice got: for a head home by home, for the desk village by village and over time.
import { useLocation, useRoute } from '#web/router.tsx'
import { Act, ClassTag, Failed, Lines, OldCopy, Page, Pick, ReachBar, ReachKey } from '#web/kit.tsx'
import { isDesk, me } from '#web/me.ts'
import { fraction, number } from '#web/numbers.ts'
import { Postings } from '#web/screens/Postings.tsx'
import { near } from '#web/time.ts'
import { HomesOfVillage } from './HomesOfVillage.tsx'
import { leftOf, useReach, type ReachOf } from './reach-state.ts'
import { ReachDesk } from './ReachDesk.tsx'
import { say } from './say.ts'

const part = (reach: ReachOf) => fraction(reach.reached, reach.households)

/** `107/121 hộ đã rõ`, what is left, the bar and its key. */
function Head({ reach }: { reach: ReachOf }) {
  const left = leftOf(reach)
  const { closed, households } = reach
  const hasClosed = Boolean((closed.told_by_neighbour ?? 0) + (closed.moved ?? 0) + (closed.refused ?? 0))
  return (
    <div class="reach">
      <p class="big n" role="status">
        <b>
          {reach.isInternal ? say('say_posts', { part: part(reach) }) : say(`say_${reach.ask}`, { part: part(reach) })}
        </b>
      </p>
      <p class="soft">
        {left === null
          ? ''
          : left === 0
            ? say('none_left')
            : say(reach.isInternal ? 'left_posts' : 'left', { n: number(left) })}
      </p>
      <ReachBar {...reach} />
      <ReachKey {...reach} />
      {hasClosed && (
        <p class="by">
          {say('closed', {
            neighbour: number(closed.told_by_neighbour ?? 0),
            moved: number(closed.moved ?? 0),
            refused: number(closed.refused ?? 0),
          })}
        </p>
      )}
      {households === null && <p class="by">{say(reach.hidden ? 'hidden' : 'counting')}</p>}
      {households !== null && reach.hidden && <p class="by">{say('hidden')}</p>}
    </div>
  )
}

function Rounds({ reach, choose }: { reach: ReachOf; choose: (round: string) => void }) {
  if (reach.rounds < 2) return null
  const options = Array.from({ length: reach.rounds }, (_, n) => String(reach.rounds - n))
  return (
    <Pick
      label={say('rounds')}
      options={options.map(value => ({ value, label: say('round', { n: value }) }))}
      value={String(reach.round)}
      onChange={choose}
    />
  )
}

export function Reach() {
  const { params, query } = useRoute()
  const { route } = useLocation()
  const noticeId = params['noticeId']!
  const round = Number(query['round']) || undefined
  const loaded = useReach(noticeId, round)
  const reach = loaded.value
  const home = `/notices/${encodeURIComponent(noticeId)}`
  if (!reach)
    return (
      <Page title={say('reached')} back={home}>
        {loaded.isLoading && <Lines retry={loaded.reload} />}
        {loaded.refusal && <Failed refusal={loaded.refusal} retry={loaded.reload} />}
      </Page>
    )
  const left = leftOf(reach)
  const doors = `/doors?noticeId=${encodeURIComponent(noticeId)}`
  const village = me.value?.unit?.level === 'village' ? me.value.unit.id : undefined
  const ofVillage = reach.villages.find(unit => unit.unitId === village)
  const shown = ofVillage && !isDesk() ? { ...reach, ...ofVillage } : reach
  const canWalk =
    Boolean(left) &&
    !reach.isInternal &&
    !reach.withdrawnAt &&
    ['village_head', 'party_secretary'].includes(me.value?.role ?? '')
  return (
    <Page
      title={reach.title}
      sub={say('sent_at', { time: near(reach.publishedAt) })}
      back={home}
      foot={
        canWalk && !isDesk() ? (
          <Act kind="main" icon="cua" href={doors}>
            {say('give_doors')}
          </Act>
        ) : undefined
      }
    >
      <OldCopy at={loaded.storedAt} />
      <section class="pad stack-l">
        {reach.class !== 'normal' && (
          <p>
            <ClassTag of={reach.class} />
          </p>
        )}
        <Rounds reach={reach} choose={n => route(`${home}/reach?round=${n}`)} />
        <Head reach={shown} />
        {village && !isDesk() && !reach.isInternal && (
          <HomesOfVillage noticeId={noticeId} unit={village} round={round} reach={shown} doors={doors} />
        )}
      </section>
      {!reach.isInternal && (
        <div class="pad">
          <Postings noticeId={noticeId} />
        </div>
      )}
      {(isDesk() || !village) && <ReachDesk reach={reach} noticeId={noticeId} />}
    </Page>
  )
}
