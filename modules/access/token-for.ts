// For the one who runs the server: a token or a sign-in link of a post's holder, or of a home.
import { inTransaction, type Tx } from '#core/db'
import { inside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { holdersAt } from './store/posts.ts'
import { now } from '#core/clock'
import { appoint, ensurePost } from './make-post.ts'
import type { Role } from './roles.ts'
import { addInvitation } from './store/invitations.ts'
import { findHome } from './store/places.ts'
import { newSession } from './store/sessions.ts'

export interface Whose {
  role: Role
  /** A unit's id or code; for bank, association and credit group also the owner's number or the group's outside id. */
  unit?: string | undefined
  group?: string | undefined
  /** A home's outside id, for a resident. */
  household?: string | undefined
  /** Of the holder, when the post is vacant. */
  name?: string | undefined
}

const tokenDays = 90
const linkMinutes = 72 * 60

async function holderOf(tx: Tx, whose: Whose) {
  if (whose.role === 'resident') throw new Problem('post_place', { role: whose.role })
  const post = await ensurePost(tx, { role: whose.role, unit: whose.unit, group: whose.group })
  const of = { tenant: post.tenant, roles: [whose.role], unitIds: null, groupId: null }
  const holders = await holdersAt(tx, of, now())
  const held = holders.find(one => one.post === post.id && one.part === 'holder')
  if (held) return { tenant: post.tenant, post: post.id, account: held.account }
  const { account } = await appoint(tx, { post: post.id, name: whose.name ?? post.title })
  return { tenant: post.tenant, post: post.id, account }
}

async function homeOf(tx: Tx, whose: Whose) {
  const { tenant, id } = inside(whose.household ?? '')
  const home = await findHome(tx, tenant, id)
  if (!home) throw new Problem('not_found')
  return { tenant, household: id }
}

const ownerOf = (tx: Tx, whose: Whose) => (whose.role === 'resident' ? homeOf(tx, whose) : holderOf(tx, whose))

/** A bearer token that acts as the post's holder (made if the post is vacant) or as the home. @throws Problem post_place, not_found */
export const tokenFor = (app: App, whose: Whose): Promise<string> =>
  inTransaction(app.sql, async tx => {
    const owner = await ownerOf(tx, whose)
    const kind = whose.role === 'resident' ? 'resident' : 'token'
    const { token, id } = await newSession(tx, { ...owner, kind, name: 'loa token', days: tokenDays })
    await record(tx, {
      tenant: owner.tenant,
      what: 'token.made_on_server',
      about: { kind: 'session', id },
      data: { role: whose.role },
    })
    return token
  })

/** The address of a single-use sign-in link, good for 72 hours. @throws Problem post_place, not_found */
export const linkFor = (app: App, whose: Whose): Promise<string> =>
  inTransaction(app.sql, async tx => {
    const owner = await ownerOf(tx, whose)
    const kind = whose.role === 'resident' ? 'home' : 'link'
    const { token } = await addInvitation(tx, { ...owner, kind, minutes: linkMinutes })
    await record(tx, { tenant: owner.tenant, what: 'link.made_on_server', data: { role: whose.role } })
    return `${app.config.publicUrl}/link/${token}`
  })
