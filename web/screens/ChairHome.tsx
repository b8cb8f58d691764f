// The chair: three numbers, and what waits for a yes.
import { api } from '../api.ts'
import { Act, Failed, Group, Lines, OldCopy, Page } from '../kit.tsx'
import { useLoaded } from '../load.ts'
import { fraction, number } from '../numbers.ts'
import { ApprovalCard, type Approval } from './ApprovalCard.tsx'
import { MoneyCard, type MoneyAsked } from './MoneyCard.tsx'
import { NoticesTable } from './NoticesTable.tsx'
import { SentAlone, type Alone } from './SentAlone.tsx'
import { linkTo } from '../links.ts'
import { leftOf, relaysOf, running, type Running } from './running.ts'
import { say } from './say.ts'

interface Chair {
  notices: Running[]
  approvals: Approval[]
  /** A copy kept before this was told has none. */
  alone?: Alone[]
  money?: MoneyAsked[]
  passed: number
  villages: number
}

/** A chair approves what his commune wrote, a province's officer what another of them did. */
const approvals = async () => (await api.notices.approvals({ limit: '100' })).items
const money = async () => (await api.notices.moneyWaiting({})).items
const alone = async () => (await api.notices.sentAlone({ limit: '20' })).items

async function loadChair(): Promise<Chair> {
  const [notices, waiting, unasked, asked] = await Promise.all([running(6), approvals(), alone(), money()])
  const relays = await relaysOf(notices[0])
  return {
    notices,
    approvals: waiting,
    alone: unasked,
    money: asked,
    passed: relays.filter(relay => relay.passedAt).length,
    villages: relays.length,
  }
}

const waitingOf = (chair: Chair) => chair.approvals.length + (chair.money?.length ?? 0)

function Numbers({ chair }: { chair: Chair }) {
  const [top] = chair.notices
  return (
    <div class="stats">
      <p class="stat">
        <b>{top ? fraction(top.reach.reached, top.reach.households) : '–'}</b>
        {say('stat_reached')}
      </p>
      {chair.villages > 0 ? (
        <p class="stat">
          <b>{fraction(chair.passed, chair.villages)}</b>
          {say('stat_relayed')}
        </p>
      ) : (
        <p class="stat">
          <b>{top ? number(leftOf(top.reach) ?? 0) : '–'}</b>
          {say('stat_left')}
        </p>
      )}
      <p class="stat">
        <b class={waitingOf(chair) ? 'is-late' : undefined}>{number(waitingOf(chair))}</b>
        {say('stat_waiting')}
      </p>
    </div>
  )
}

export function ChairHome() {
  const {
    value: chair,
    refusal,
    isLoading,
    storedAt,
    reload,
  } = useLoaded(loadChair, [], { stored: 'chair', every: 15_000 })
  const waiting = chair ? waitingOf(chair) : 0
  const all = linkTo('/notices')
  return (
    <Page title={waiting ? say('chair_title_waiting', { n: number(waiting) }) : say('chair_title_clear')}>
      <OldCopy at={storedAt} />
      {isLoading && <Lines retry={reload} />}
      {refusal && !chair && <Failed refusal={refusal} retry={reload} />}
      {chair && (
        <>
          <Numbers chair={chair} />
          {chair.money?.map(one => (
            <MoneyCard key={one.noticeId} of={one} onDone={() => void reload()} />
          ))}
          {chair.approvals.map(approval => (
            <ApprovalCard key={approval.noticeId} approval={approval} onDone={() => void reload()} />
          ))}
          {Boolean(chair.alone?.length) && (
            <Group title={say('sent_alone')}>
              {chair.alone!.map(one => (
                <SentAlone key={one.noticeId + one.sentAt} of={one} />
              ))}
            </Group>
          )}
          {chair.notices.length > 0 && (
            <Group title={say('recent')}>
              <NoticesTable rows={chair.notices} />
            </Group>
          )}
          {all && (
            <p>
              <Act kind="quiet" icon="bieudo" href={all}>
                {say('all_notices')}
              </Act>
            </p>
          )}
        </>
      )}
    </Page>
  )
}
