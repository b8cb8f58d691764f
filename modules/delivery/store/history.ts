// What became of the commune's last messages of a class: how many homes the earlier ways had reached by a moment.
import type { Db } from '#core/db'

export interface Past {
  messages: number
  /** Homes to which one of the earlier ways was handed over. */
  homes: number
  /** Of them, reached by then. */
  reached: number
}

const lastMessages = 5

/** @param minutes after a home could see it */
export async function pastOf(
  db: Db,
  of: { tenant: number; class: string; channels: readonly string[]; minutes: number; at: Date },
): Promise<Past> {
  const { tenant, channels, minutes, at } = of
  const [row] = await db<Past[]>`
    with past as materialized (
      select p.published_id, p.published_at from loa.publication p
      where p.commune_id = ${tenant} and p.class = ${of.class} and p.kind = 'home' and p.withdrawn_at is null
        and p.published_at <= ${new Date(at.getTime() - minutes * 60_000)}
        and p.published_at > ${new Date(at.getTime() - 60 * 86_400_000)}
      order by p.published_at desc limit ${lastMessages}),
    told as (
      select distinct p.published_id, d.household_id, coalesce(u.visible_at, p.published_at) as since from past p
      join loa.delivery d on d.commune_id = ${tenant} and d.published_id = p.published_id and d.channel = any(${[...channels]}::text[])
        and d.state = 'handed_over'
      left join loa.reach_unit u on u.commune_id = ${tenant} and u.published_id = p.published_id and u.unit_id = d.unit_id)
    select count(distinct t.published_id)::int as messages, count(*)::int as homes,
      (count(*) filter (where r.reached_at <= t.since + make_interval(mins => ${minutes})))::int as reached
    from told t
    left join loa.reach_home r on r.commune_id = ${tenant} and r.published_id = t.published_id and r.household_id = t.household_id`
  return row!
}
