// The commune that the screens are tried on: two villages, every role, a home with a phone.
import { now } from '#core/clock'
import type { Sql } from '#core/db'
import { fold } from '#core/fold'
import { newId } from '#core/ids'
import { staffRoles, type Role } from '#access'
import { testCommune, type TestCommune } from '#testing/commune'

export interface Known {
  /** Session of a holder of each role; put into the cookie it is a signed-in browser. */
  sessions: Record<Role, string>
  /** Session of another home of the first village. */
  neighbour: string
  unit: string
  villages: { id: string; name: string }[]
  /** Outside ids of the first village's homes. */
  homes: string[]
  /** A group with a few members of the first village. */
  group: string
  /** The Party cell of the first village; its secretary sees no other group. */
  cell: string
}

const ofVillage = new Set<Role>(['village_head', 'party_secretary', 'front_head', 'digital_team_member'])

const ofGroup = new Set<Role>(['association_officer', 'credit_group_head'])

async function groupOf(sql: Sql, { tenant, villages }: TestCommune, kind: string, name: string, unit: string) {
  const id = newId()
  await sql`
    insert into loa.group_of_people (commune_id, id, kind, name, folded, unit_id, opened_at)
    values (${tenant}, ${id}, ${kind}, ${name}, ${fold(name)}, ${unit}, ${now()})`
  await sql`
    insert into loa.group_member (commune_id, group_id, person_id, valid_from)
    select ${tenant}, ${id}, id, ${now()} from loa.person
    where commune_id = ${tenant} and household_id = any(${villages[0]!.homes.slice(0, 5)}::uuid[])`
  return id
}

export async function seedCommune(sql: Sql): Promise<Known> {
  const commune = await testCommune(sql, [14, 6])
  const [first] = commune.villages
  const group = await groupOf(sql, commune, 'women', 'Hội Phụ nữ xã', commune.unit)
  const cell = await groupOf(sql, commune, 'party_cell', 'Chi bộ thôn', first!.id)
  const sessions: Partial<Record<Role, string>> = {}
  for (const role of staffRoles)
    sessions[role] = await commune.staff(
      role,
      ofVillage.has(role) ? first!.id : commune.unit,
      ofGroup.has(role) ? group : role === 'party_secretary' ? cell : undefined,
    )
  sessions.resident = await commune.resident(first!.homes[0]!)
  return {
    sessions: sessions as Record<Role, string>,
    neighbour: await commune.resident(first!.homes[1]!),
    unit: commune.unit,
    villages: commune.villages.map(({ id, name }) => ({ id, name })),
    homes: first!.homes.map(id => commune.out(id)),
    group: commune.out(group),
    cell: commune.out(cell),
  }
}
