// A phone that opens several homes: whose notices it shows, and which it gives up.
import { api } from '#web/api.ts'
import { Act, Group, Row, Rows, Tag } from '#web/kit.tsx'
import type { Me } from '../contract.ts'
import { doing, say } from './say.ts'

export function MyHomes({ me, startAnew }: { me: Me; startAnew: () => unknown }) {
  const [open, ...others] = me.homes ?? []
  if (!open) return null
  return (
    <Group title={say('homes_mine')}>
      <p class="pad soft pad-b0">{say('homes_mine_words')}</p>
      <div class="row-in">
        <span class="row-main">
          <b>{open.name}</b>
          <span>
            {say('home_no', { no: open.no })}, {open.unit}
          </span>
          <Tag kind="good">{say('home_open')}</Tag>
        </span>
        <Act
          kind="quiet"
          label={say('home_leave_label', { name: open.name })}
          onClick={async () => {
            if (await doing(api.access.leaveHome({ homeId: open.id }), say('home_left'))) await startAnew()
          }}
        >
          {say('home_leave')}
        </Act>
      </div>
      <Rows label={say('homes_mine')}>
        {others.map(home => (
          <Row
            key={home.id}
            icon="nha"
            title={home.name}
            note={`${say('home_no', { no: home.no })}, ${home.unit}. ${say('home_switch')}`}
            onClick={() =>
              void doing(api.access.switchHome({ home: home.id })).then(done => (done ? startAnew() : undefined))
            }
          />
        ))}
      </Rows>
    </Group>
  )
}
