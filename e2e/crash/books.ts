// What a provider took, against what the commune wrote down of it: nothing twice, no message without its line, every đồng accounted for.
import type { Sql } from '#core/db'
import type { Taken } from '#channels/sms-simulator'
import type { ShortMessages } from './short-messages.ts'

/** The title that the load gave it stands in the text without its marks. */
const titleIn = ({ text }: Taken) => `Tin số ${/Tin so (\d+)\./.exec(text)?.[1] ?? '?'}`
/** Letters of GSM 7 bit: one part, or several that say so themselves. */
const partsIn = ({ text }: Taken) => (text.length <= 160 ? 1 : Math.ceil(text.length / 153))
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

/** With a key it is never taken twice; without one a message that may have gone is not said again, unless it is an emergency. */
export const takenTwice = ({ taken }: ShortMessages): string[] =>
  [...Map.groupBy(taken(), one => `${one.phone} gets “${titleIn(one)}”`).entries()]
    .filter(([, all]) => all.length > 1)
    .map(([what, all]) => `${what} ${all.length} times by SMS`)

interface Written {
  title: string
  /** Homes by what became of their delivery; those that ride on another's apart. */
  own: number
  uncertain: number
  stopped: number
  unexpected: number
  again: number
  ids: string[]
  delivered: string[]
  messages: number
  parts: number
  dong: number
}

/** One line a publication. */
const writtenDown = (sql: Sql, tenant: number, takesKey: boolean) => sql<Written[]>`
  select p.content ->> 'title' as title, d.own, d.uncertain, d.stopped, d.unexpected, d.again, h.ids, h.delivered,
    coalesce(s.messages, 0) as messages, coalesce(s.parts, 0) as parts, coalesce(s.dong, 0)::float8 as dong
  from loa.publication p
  cross join lateral (
    select count(*) filter (where state = 'handed_over' and rides_on is null)::int as own,
      count(*) filter (where state = 'uncertain')::int as uncertain, count(*) filter (where state = 'stopped')::int as stopped,
      count(*) filter (where state not in ('handed_over', 'stopped', 'no_address')
        and (state <> 'uncertain' or ${takesKey}))::int as unexpected,
      count(*) filter (where tries > 1)::int as again
    from loa.delivery where commune_id = ${tenant} and published_id = p.published_id and channel = 'sms') d
  cross join lateral (
    select coalesce(array_agg(provider_id), '{}') as ids,
      coalesce(array_agg(provider_id) filter (where state = 'delivered'), '{}') as delivered
    from loa.handed_part where commune_id = ${tenant} and published_id = p.published_id and channel = 'sms') h
  left join loa.publication_spent s on s.commune_id = ${tenant} and s.published_id = p.published_id and s.channel = 'sms'
  where p.commune_id = ${tenant}`

/** One publication's. */
function differences(row: Written, taken: readonly Taken[], sms: ShortMessages): string[] {
  const { title, own, uncertain, stopped, ids, delivered, messages, parts, dong, unexpected } = row
  const byId = new Map(taken.map(one => [sms.idOf(one), one]))
  const written = ids.flatMap(id => byId.get(id) ?? [])
  const due = sum(written.map(partsIn))
  const inDoubt = taken.length - written.length
  const unheard = ids.filter(id => sms.told.has(id) && !delivered.includes(id))
  const wrong: [boolean, string][] = [
    [unexpected > 0, `${unexpected} deliveries by SMS ended as nothing here explains`],
    [written.length < ids.length, `${ids.length - written.length} messages written down that nobody took`],
    [own !== ids.length, `${own} homes were handed over to and ${ids.length} messages written down`],
    [inDoubt > uncertain + stopped, `${inDoubt} taken and not written down, of ${uncertain + stopped} in doubt`],
    [messages !== ids.length || parts !== due, `${messages} messages, ${parts} parts paid, ${due} parts handed over`],
    [dong !== due * sms.dongPerPart, `${dong} đồng for ${due} parts`],
    [unheard.length > 0, `${unheard.length} told to be delivered and not so`],
  ]
  return wrong.filter(([is]) => is).map(([, what]) => `“${title}”: ${what}`)
}

interface Totals {
  accepted: number
  parts: number
  dong: number
  /** With what was put aside for messages of which nobody knows whether they went. */
  held: number
}

export interface Books {
  wrong: string[]
  /** Homes of which a dead worker's call was made again, and messages that nobody knows to have gone. */
  again: number
  inDoubt: number
}

/** After everything came to its end. */
export async function books(sql: Sql, tenant: number, sms: ShortMessages): Promise<Books> {
  const taken = Map.groupBy(sms.taken(), titleIn)
  const rows = await writtenDown(sql, tenant, sms.takesKey)
  const [totals] = await sql<Totals[]>`
    select sum(u.accepted)::int as accepted, sum(u.parts)::int as parts, sum(u.dong)::float8 as dong,
      (select sum(dong)::float8 from loa.channel_spent where commune_id = ${tenant}) as held
    from loa.channel_use u where u.commune_id = ${tenant}`
  const { accepted, parts, dong, held } = totals!
  // Without a key nobody asks again what became of a message: its money stays put aside.
  const due = sms.takesKey ? dong : sum(sms.taken().map(partsIn)) * sms.dongPerPart
  const known = new Set(rows.map(row => row.title))
  const wrong: [boolean, string][] = [
    [accepted !== sum(rows.map(row => row.messages)), `the account counts ${accepted} messages, its notices others`],
    [parts !== sum(rows.map(row => row.parts)), `the account counts ${parts} parts, its notices others`],
    [dong !== sum(rows.map(row => row.dong)), `the account counts ${dong} đồng, its notices others`],
    [held < due, `${held} đồng of the month are spent or put aside, and at least ${due} are due`],
    [!sms.taken().length, 'no short message went at all'],
  ]
  return {
    wrong: [
      ...rows.flatMap(row => differences(row, taken.get(row.title) ?? [], sms)),
      ...wrong.filter(([is]) => is).map(([, what]) => what),
      ...[...taken.keys()].filter(title => !known.has(title)).map(title => `“${title}” was sent and never published`),
    ],
    again: sum(rows.map(row => row.again)),
    inDoubt: sms.taken().length - sum(rows.map(row => row.ids.length)),
  }
}
