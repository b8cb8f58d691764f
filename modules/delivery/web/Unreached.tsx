// Homes not reached, each with its reason.
import { useState } from 'preact/hooks'
import { useRoute } from '#web/router.tsx'
import type { Answer } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { Act, Acts, Chips, Empty, evidenceOf, Failed, Group, Lines, OldCopy, Page, Row, Rows } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { number } from '#web/numbers.ts'
import { usePages } from '#web/pages.ts'
import { say } from './say.ts'

type Item = Answer<Contracts['delivery']['unreached']>['items'][number]

const noteOf = (item: Item) =>
  [
    item.landmark,
    say(item.reason),
    item.lastOutcome === 'nobody_home' && item.reason !== 'nobody_home' && say('nobody_home'),
  ]
    .filter(Boolean)
    .join('. ')

const titleOf = (item: Item) => (item.headName ? say('home_of', { name: item.headName }) : String(item.no))

export function Unreached() {
  const { params, query } = useRoute()
  const noticeId = params['noticeId']!
  const [unit, setUnit] = useState(query['unit'] ?? '')
  const asked = { noticeId, limit: '100', ...(unit ? { unit } : {}) }
  const reach = useLoaded(() => api.delivery.reach({ noticeId }), [noticeId])
  const list = usePages(cursor => api.delivery.unreached({ ...asked, ...cursor }), [noticeId, unit])
  const items = list.value?.items
  const byPlace = [
    ...Map.groupBy(
      items ?? [],
      item => [unit ? '' : item.unit, item.alley].filter(Boolean).join(', ') || say('no_alley'),
    ),
  ]
  const villages = (reach.value?.villages ?? []).filter(
    one => one.households !== null && one.accountedFor !== null && one.households > one.accountedFor,
  )
  return (
    <Page title={say('unreached')} sub={reach.value?.title} back={`/notices/${encodeURIComponent(noticeId)}/reach`}>
      <OldCopy at={list.storedAt} />
      {villages.length > 1 && (
        <div class="pad pad-b0">
          <Chips
            label={say('village')}
            options={[
              { value: '', label: say('all_villages') },
              ...villages.map(one => ({
                value: one.unitId,
                label: one.name,
                count: one.households! - one.accountedFor!,
              })),
            ]}
            value={unit}
            onChange={setUnit}
          />
        </div>
      )}
      {list.isLoading && <Lines retry={list.reload} />}
      {list.refusal && !items && <Failed refusal={list.refusal} retry={list.reload} />}
      {items?.length === 0 && <Empty title={say('unreached_none')} words={say('unreached_none_words')} />}
      {byPlace.map(([place, inside]) => (
        <Group key={place} title={`${place} ${number(inside.length)}`}>
          <Rows label={place}>
            {inside.map(item => (
              <Row key={item.householdId} home={evidenceOf(item.level)} title={titleOf(item)} note={noteOf(item)} />
            ))}
          </Rows>
        </Group>
      ))}
      {list.more && (
        <div class="pad">
          <Acts isLeft>
            <Act kind="quiet" onClick={list.more}>
              {say('load_more')}
            </Act>
          </Acts>
        </div>
      )}
    </Page>
  )
}
