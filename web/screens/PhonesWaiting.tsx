// Somebody stands at a door with a phone and waits for the head's yes: that comes before the day's work.
import { api } from '../api.ts'
import { Row, Rows } from '../kit.tsx'
import { useLoaded } from '../load.ts'
import { me } from '../me.ts'
import { number } from '../numbers.ts'
import { linkTo } from '../links.ts'
import { say } from './say.ts'

export function PhonesWaiting() {
  const unit = me.value?.unit?.id ?? ''
  const joins = useLoaded(() => api.access.joinRequests({ unit, limit: 50 }), [unit], { every: 20_000 })
  const n = joins.value?.items.length ?? 0
  const href = linkTo('/phones')
  if (!n || !href) return null
  return (
    <Rows>
      <Row
        icon="qr"
        title={say('phones_waiting', { n: number(n) })}
        note={say('phones_waiting_words')}
        count={n}
        href={href}
      />
    </Rows>
  )
}
