// The commune that the screens are tried on: two villages, every role, a home with a phone.
import type { Sql } from '#core/db'
import { staffRoles, type Role } from '#access'
import { testCommune } from '#testing/commune'

export interface Known {
  /** Session of a holder of each role; put into the cookie it is a signed-in browser. */
  sessions: Record<Role, string>
  /** Session of another home of the first village. */
  neighbour: string
  unit: string
  villages: { id: string; name: string }[]
  /** Outside ids of the first village's homes. */
  homes: string[]
}

const ofVillage = new Set<Role>(['village_head', 'party_secretary', 'front_head', 'digital_team_member'])

export async function seedCommune(sql: Sql): Promise<Known> {
  const commune = await testCommune(sql, [14, 6])
  const [first] = commune.villages
  const sessions: Partial<Record<Role, string>> = {}
  for (const role of staffRoles)
    sessions[role] = await commune.staff(role, ofVillage.has(role) ? first!.id : commune.unit)
  sessions.resident = await commune.resident(first!.homes[0]!)
  return {
    sessions: sessions as Record<Role, string>,
    neighbour: await commune.resident(first!.homes[1]!),
    unit: commune.unit,
    villages: commune.villages.map(({ id, name }) => ({ id, name })),
    homes: first!.homes.map(id => commune.out(id)),
  }
}
