// The door list on paper: one row a home, boxes to tick, the head of the trail in the foot.
import { useRoute } from '#web/router.tsx'
import { api } from '#web/api.ts'
import { Act, Failed, Lines, OldCopy, Page } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { momentWords } from '#web/time.ts'
import { outcomeWords, useDoors, type OutcomeName } from './door-state.ts'
import { say } from './say.ts'
import './print-doors.css'

const boxes: readonly OutcomeName[] = ['told', 'told_by_neighbour', 'nobody_home', 'moved', 'refused']

export function PrintDoors() {
  const { query } = useRoute()
  const noticeId = query['noticeId'] || undefined
  const list = useDoors(noticeId)
  const sheet = useLoaded(() => api.delivery.doorSheet({}), [])
  const doors = (list.doors ?? []).filter(door => !door.isAccountedFor)
  return (
    <Page
      title={say('print_title')}
      sub={doors[0]?.title}
      back={`/doors${noticeId ? `?noticeId=${encodeURIComponent(noticeId)}` : ''}`}
    >
      <OldCopy at={list.storedAt} />
      {list.isLoading && <Lines retry={list.reload} />}
      {list.refusal && !list.doors && <Failed refusal={list.refusal} retry={list.reload} />}
      <div class="pad no-print">
        <Act kind="main" icon="in" onClick={() => window.print()}>
          {say('print_act')}
        </Act>
      </div>
      <div class="pad door-paper">
        <h2>{doors[0]?.title ?? say('doors_none')}</h2>
        <p>
          {doors[0] && `${doors[0].unit}. `}
          {say('print_hint')}
        </p>
        <div class="scroll-x" tabIndex={0} role="region" aria-label={say('print_title')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('print_no')}</th>
                <th scope="col">{say('print_home')}</th>
                <th scope="col">{say('print_where')}</th>
                {boxes.map(box => (
                  <th scope="col" key={box} class="tick">
                    {outcomeWords(box)}
                  </th>
                ))}
                <th scope="col">{say('print_told_at')}</th>
              </tr>
            </thead>
            <tbody>
              {doors.map(door => (
                <tr key={door.doorId}>
                  <td>{door.no}</td>
                  <th scope="row">
                    {door.headName}
                    {door.hasNeed && ' *'}
                  </th>
                  <td>{[door.alley, door.landmark, door.say].filter(Boolean).join('. ')}</td>
                  {boxes.map(box => (
                    <td key={box} class="tick">
                      <span class="box" />
                    </td>
                  ))}
                  <td class="write" />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p class="sign">{say('print_sign')}</p>
        {sheet.value && (
          <p class="trail-head">
            {say('print_foot', { time: momentWords(sheet.value.at), head: sheet.value.trailHead })}
          </p>
        )}
      </div>
    </Page>
  )
}
