import type { Caller } from '#core/caller'
import type { App, Place } from '#core/module'
import { doesServe, isOwner } from '#units'
import { permissions, type Permission, type Scope } from './permissions.ts'
import type { Role } from './roles.ts'
import { isCreditGroup } from './store/places.ts'
import { isHomeOfGroup } from './store/sessions.ts'

const isPermission = (name: string): name is Permission => name in permissions

/** The scopes a caller's role has of a permission; none means "may not". */
export function scopesOf(caller: Caller, permission: string): readonly Scope[] {
  if (!isPermission(permission) || !caller.role) return []
  const row: Partial<Record<Role, readonly Scope[]>> = permissions[permission]
  return row[caller.role as Role] ?? []
}

/** Does the post's owner (a bank's branch) serve the commune? */
const serves = async (app: App, { tenant }: Caller, place: Place) =>
  isOwner(tenant) && doesServe(app.sql, tenant, place.tenant)

async function coversGroup(app: App, caller: Caller, place: Place): Promise<boolean> {
  if (isOwner(caller.tenant))
    return (
      Boolean(place.group) && (await serves(app, caller, place)) && isCreditGroup(app.sql, place.tenant, place.group!)
    )
  if (!caller.group || place.tenant !== caller.tenant) return false
  if (place.group) return place.group === caller.group
  return Boolean(place.household) && isHomeOfGroup(app.sql, place.tenant, caller.group, place.household!)
}

async function covers(app: App, caller: Caller, scope: Scope, place: Place): Promise<boolean> {
  switch (scope) {
    case 'any':
      return true
    case 'below':
      return Boolean(caller.path && place.path?.startsWith(caller.path))
    case 'own':
      return place.tenant === caller.tenant && Boolean(caller.path) && place.path === caller.path
    case 'posts':
      if (!place.isPosts) return false
      return Boolean(caller.path && place.path?.startsWith(caller.path)) || serves(app, caller, place)
    case 'author':
      return Boolean(caller.post && place.author === caller.post)
    case 'home':
      return place.tenant === caller.tenant && Boolean(caller.household && place.household === caller.household)
    case 'card':
      return Boolean(place.isByCard && caller.path && place.path?.startsWith(caller.path))
    case 'assigned':
      return Boolean(caller.account && place.assigned?.includes(caller.account))
    case 'group':
      return coversGroup(app, caller, place)
  }
}

/** Permission = role × place. Without a place: does the role have it anywhere at all? */
export async function may(app: App, caller: Caller, permission: string, place?: Place): Promise<boolean> {
  const scopes = scopesOf(caller, permission)
  if (!place) return scopes.length > 0
  for (const scope of scopes) if (await covers(app, caller, scope, place)) return true
  return false
}

/** Who belongs to which group is the group's own to know, and the commune's that keeps its book: what says it is kept from everybody else. */
export const seesMembers = (caller: Caller) => scopesOf(caller, 'group.members').includes('below')
