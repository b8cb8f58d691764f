// Ten thousand notices of the last days, as rows: what a feed is read from.
import { randomBytes } from 'node:crypto'
import type { Sql } from '#core/db'
import { firstIdAt, newId } from '#core/ids'
import type { BenchCommune } from './ground.ts'

const day = 86_400_000
const idAt = (at: Date) => {
  const hex = randomBytes(8).toString('hex')
  return `${firstIdAt(at).slice(0, 15)}${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(4)}`
}
const words = 'Bà con nhốt lợn, rắc vôi, báo trưởng thôn khi lợn bỏ ăn. '

/** @returns the notices' ids, newest last. Two in five go to the whole commune, the rest to one village each. */
export async function makeNotices(
  sql: Sql,
  { tenant, unit, villages }: BenchCommune,
  count: number,
  days = 365,
): Promise<string[]> {
  const now = Date.now()
  const made = Array.from({ length: count }, (_, n) => {
    const at = new Date(now - ((count - n) * days * day) / count)
    const isWide = n % 5 < 2
    return {
      at,
      id: idAt(at),
      shown: idAt(at),
      notice: newId(),
      card: newId(),
      target: isWide ? unit : villages[n % villages.length]!,
      ask: n > count - 10 ? 5 : 3,
    }
  })
  const content = {
    title: 'Dịch tả lợn châu Phi',
    plain: words,
    body: words.repeat(8),
    steps: [{ act: 'Nhốt lợn' }],
    topic: 'animals',
    files: [],
  }
  for (let from = 0; from < count; from += 2000) {
    const some = made.slice(from, from + 2000)
    const ids = some.map(x => x.id)
    await sql`
      insert into loa.publication (commune_id, published_id, no, subject, subject_id, card_id, kind, audience_kind, round, version, class,
        ask, is_private, is_internal, households, audience, ladder, content, author_title, published_at)
      select ${tenant}::int, p.id, ${from}::int + p.n, 'notice', p.notice, p.card, 'home', 'units', 1, 1, 'normal', p.ask, false, false, 0,
        '{}', '{}', ${sql.json(content)}, 'UBND xã', p.at
      from unnest(${ids}::uuid[], ${some.map(x => x.notice)}::uuid[], ${some.map(x => x.card)}::uuid[], ${some.map(x => x.ask)}::smallint[],
        ${some.map(x => x.at.toISOString())}::timestamptz[]) with ordinality as p(id, notice, card, ask, at, n)`
    await sql`
      insert into loa.audience (commune_id, target_id, shown_id, published_id, card_id, is_private)
      select ${tenant}::int, p.target, p.shown, p.id, p.card, false
      from unnest(${ids}::uuid[], ${some.map(x => x.shown)}::uuid[], ${some.map(x => x.card)}::uuid[], ${some.map(x => x.target)}::uuid[])
        as p(id, shown, card, target)`
    await sql`
      insert into loa.reach_unit (commune_id, published_id, unit_id, households, visible_at, none)
      select ${tenant}::int, p.id, u.id, 250, p.at, 250
      from unnest(${ids}::uuid[], ${some.map(x => x.target)}::uuid[], ${some.map(x => x.at.toISOString())}::timestamptz[]) as p(id, target, at)
      join unnest(${villages}::uuid[]) as u(id) on p.target = u.id or p.target = ${unit}`
  }
  await sql`analyze loa.publication, loa.audience, loa.reach_unit`
  return made.map(one => one.notice)
}
