// The desk's view: the curve and its steps, villages by homes left, ways.
import { channelName } from '#channels/names'
import { Act, ReachBar, Table } from '#web/kit.tsx'
import { me } from '#web/me.ts'
import { fraction, number } from '#web/numbers.ts'
import { near } from '#web/time.ts'
import { Curve, findingOf } from './Curve.tsx'
import { leftOf, type ReachOf } from './reach-state.ts'
import { say } from './say.ts'
import { SpentOnNotice, useSpent, WaitsForMoney } from './SpentOnNotice.tsx'

type Village = ReachOf['villages'][number]

const shownLeft = (village: Village) => {
  const left = leftOf(village)
  return left === null ? '–' : number(left)
}

/** Sorted by homes left, not by percent. */
function Villages({ reach }: { reach: ReachOf }) {
  const isCommunes = reach.villages.some(unit => ['xã', 'phường', 'đặc khu'].includes(unit.kind))
  const rows = reach.villages.toSorted((a, b) => (leftOf(b) ?? 0) - (leftOf(a) ?? 0))
  return (
    <section class="stack">
      <h2>{say(isCommunes ? 'communes' : 'villages')}</h2>
      <Table<Village>
        caption={say(isCommunes ? 'communes' : 'villages')}
        isTight
        rows={rows}
        keyOf={unit => unit.unitId}
        columns={[
          {
            head: say(isCommunes ? 'commune' : 'village'),
            cell: unit => (
              <>
                {unit.title}
                {!unit.visibleAt && unit.households !== 0 && <span class="is-late"> {say('waiting_relay')}</span>}
              </>
            ),
            by: unit => unit.title,
          },
          { head: say('reached'), cell: unit => <ReachBar {...unit} isSmall />, isWide: true },
          { head: say('fraction'), cell: unit => fraction(unit.reached, unit.households), isRight: true },
          {
            head: say('remaining'),
            cell: unit => <b>{shownLeft(unit)}</b>,
            isRight: true,
            by: unit => leftOf(unit) ?? 0,
          },
        ]}
      />
    </section>
  )
}

/** Homes added in the stretch between a step and the next: not "because of" it. */
function addedBy(reach: ReachOf, from: string, until: string | undefined) {
  const upTo = (at: string | undefined) =>
    reach.curve.findLast(point => at === undefined || new Date(point.at).getTime() + 60_000 <= new Date(at).getTime())
      ?.reached ?? 0
  return upTo(until) - upTo(from)
}

function Steps({ reach }: { reach: ReachOf }) {
  if (!reach.steps.length) return null
  return (
    <section class="stack">
      <h2>{say('steps')}</h2>
      <Table<ReachOf['steps'][number]>
        caption={say('steps')}
        isTight
        rows={reach.steps}
        keyOf={step => `${step.step} ${step.channel}`}
        columns={[
          { head: say('step_what'), cell: step => channelName(step.channel) },
          { head: say('step_time'), cell: step => near(step.dueAt), isRight: true },
          { head: say('step_done'), cell: step => fraction(step.doneVillages, step.villages), isRight: true },
          {
            head: say('step_added'),
            cell: step => `+${number(addedBy(reach, step.dueAt, reach.steps[reach.steps.indexOf(step) + 1]?.dueAt))}`,
            isRight: true,
          },
        ]}
      />
    </section>
  )
}

function Ways({ reach }: { reach: ReachOf }) {
  if (!reach.channels.length) return null
  return (
    <section class="stack">
      <h2>{say('channels')}</h2>
      <Table<ReachOf['channels'][number]>
        caption={say('channels')}
        isTight
        rows={reach.channels}
        keyOf={way => way.channel}
        columns={[
          { head: say('channel'), cell: way => channelName(way.channel) },
          {
            head: say('fraction'),
            cell: way => (way.reached === null ? '–' : fraction(way.reached, reach.households)),
            isRight: true,
          },
        ]}
      />
    </section>
  )
}

export function ReachDesk({ reach, noticeId }: { reach: ReachOf; noticeId: string }) {
  const left = leftOf(reach)
  const spent = useSpent(noticeId)
  const seesNames = ['commune_officer', 'commune_chair', 'village_head', 'party_secretary'].includes(
    me.value?.role ?? '',
  )
  return (
    <div class="pad stack-l">
      <WaitsForMoney spent={spent} />
      {Boolean(left) && seesNames && (
        <Act kind="quiet" icon="cua" href={`/notices/${encodeURIComponent(noticeId)}/unreached`}>
          {say('see_left', { n: number(left!) })}
        </Act>
      )}
      <section class="stack">
        <h2>{findingOf(reach)}</h2>
        <Curve reach={reach} />
      </section>
      <Steps reach={reach} />
      <Villages reach={reach} />
      <Ways reach={reach} />
      <SpentOnNotice spent={spent} />
    </div>
  )
}
