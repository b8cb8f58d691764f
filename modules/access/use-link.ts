import type { Context } from 'hono'
import { now } from '#core/clock'
import { inTransaction, type Db } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { callerOf, splitToken } from './caller.ts'
import { mustBeOurPage } from './cookie.ts'
import { keepLogin } from './my-sessions.ts'
import { hashPassword } from './password.ts'
import { firstPost, limitTries, openHomeSession, openStaffSession } from './sign-in.ts'
import { findInvitation, spendInvitation, type InvitationRow } from './store/invitations.ts'
import { findPost } from './store/posts.ts'

/** An invitation that can still be used. @throws Problem link_ended for used, ended and unknown ones alike */
export async function getLink(db: Db, text: string): Promise<InvitationRow> {
  const token = splitToken(text)
  const found = token && (await findInvitation(db, token.tenant, token.secret))
  if (!found || found.used_at || found.ends_at <= now()) throw new Problem('link_ended')
  return found
}

async function postOf(db: Db, link: InvitationRow) {
  const post = link.post_id ? await findPost(db, link.commune_id, link.post_id) : undefined
  if (post && !post.closed_at) return { post: post.id, tenant: post.commune_id }
  const first = await firstPost(db, link.account_id!)
  return { post: first.id, tenant: first.tenant }
}

const by = ({ account_id, post_id }: InvitationRow) => ({
  ...(account_id && { account: account_id }),
  ...(post_id && { post: post_id }),
})

/**
 * Swaps the link for a cookie; a second press finds it used. @param wanted login and password chosen with an
 * invitation. @param keeps the phone goes on opening its other homes
 * @throws Problem link_ended, phone_full, too_many_requests, cross_site, login_taken, password_like_login
 */
export async function useLink(
  app: App,
  c: Context,
  text: string,
  { wanted, keeps }: { wanted: { login: string; password: string } | undefined; keeps: boolean },
) {
  mustBeOurPage(c)
  const old = await callerOf(app, c)
  limitTries(app, 'link', text.slice(0, 60), old.address)
  const hash = wanted && (await hashPassword(wanted.password))
  await inTransaction(app.sql, async tx => {
    const link = await getLink(tx, text)
    if (!(await spendInvitation(tx, link.commune_id, link.id))) throw new Problem('link_ended')
    await record(tx, {
      tenant: link.commune_id,
      what: 'link.used',
      by: by(link),
      about: { kind: 'invitation', id: link.id },
    })
    if (link.household_id)
      return openHomeSession(app, tx, c, { tenant: link.commune_id, household: link.household_id, old, keeps })
    if (wanted && hash) await keepLogin(tx, link.account_id!, wanted, hash)
    const { post, tenant } = await postOf(tx, link)
    return openStaffSession(app, tx, c, { account: link.account_id!, post, tenant, old })
  })
}
