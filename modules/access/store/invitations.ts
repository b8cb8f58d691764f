import { now } from '#core/clock'
import type { Db } from '#core/db'
import { newId } from '#core/ids'
import { digest, newToken } from '#core/secrets'
import { tokenText } from './sessions.ts'

export type InvitationKind = 'account' | 'link' | 'setup' | 'home'

export interface InvitationRow {
  commune_id: number
  id: string
  kind: InvitationKind
  account_id: string | null
  post_id: string | null
  household_id: string | null
  by_account: string | null
  ends_at: Date
  used_at: Date | null
}

/** A single-use invitation. @returns what stands in its address; kept only as a digest */
export async function addInvitation(
  db: Db,
  one: {
    tenant: number
    kind: InvitationKind
    account?: string | undefined
    post?: string | undefined
    household?: string | undefined
    by?: string | undefined
    minutes: number
  },
): Promise<{ token: string; endsAt: Date }> {
  const secret = newToken(18)
  const endsAt = new Date(now().getTime() + one.minutes * 60_000)
  await db`
    insert into loa.invitation (commune_id, id, kind, digest, account_id, post_id, household_id, by_account, made_at, ends_at)
    values (${one.tenant}, ${newId()}, ${one.kind}, ${digest(secret)}, ${one.account ?? null}, ${one.post ?? null},
      ${one.household ?? null}, ${one.by ?? null}, ${now()}, ${endsAt})`
  return { token: tokenText(one.tenant, secret), endsAt }
}

export async function findInvitation(db: Db, tenant: number, secret: string): Promise<InvitationRow | undefined> {
  const [row] = await db<InvitationRow[]>`
    select commune_id, id, kind, account_id, post_id, household_id, by_account, ends_at, used_at from loa.invitation
    where commune_id = ${tenant} and digest = ${digest(secret)}`
  return row
}

/** Uses it up. @returns false when somebody was faster or it has ended */
export async function spendInvitation(db: Db, tenant: number, id: string): Promise<boolean> {
  const spent = await db`
    update loa.invitation set used_at = ${now()}
    where commune_id = ${tenant} and id = ${id} and used_at is null and ends_at > ${now()} returning 1`
  return spent.length > 0
}

/** Unused invitations of an account die: a new one takes their place. */
export async function endInvitationsOf(db: Db, account: string) {
  await db`update loa.invitation set ends_at = ${now()} where account_id = ${account} and used_at is null and ends_at > ${now()}`
}

/** Set-up links that nobody used die: the newest is the only one. */
export async function endSetUpLinks(db: Db) {
  await db`
    update loa.invitation set ends_at = ${now()}
    where commune_id = 0 and kind = 'setup' and used_at is null and ends_at > ${now()}`
}
