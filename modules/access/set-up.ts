// A real commune begins empty: one single-use link makes its first two posts and its villages.
import type { Caller } from '#core/caller'
import { inTransaction, type Tx } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { createUnit, findUnit, type UnitNow } from '#units'
import type { Context } from 'hono'
import { callerOf } from './caller.ts'
import { mustBeOurPage } from './cookie.ts'
import { handOver } from './hand-over.ts'
import { appoint, makePost } from './make-post.ts'
import { invitationHours } from './rules.ts'
import { limitTries, openStaffSession } from './sign-in.ts'
import { anyAccount } from './store/accounts.ts'
import { addInvitation, endSetUpLinks, spendInvitation } from './store/invitations.ts'
import { getLink } from './use-link.ts'

const setUpDays = 7

/** A new single-use address for setting up the first commune; undefined once anybody has an account. Older ones die. */
export async function setupLink(app: App): Promise<string | undefined> {
  if (await anyAccount(app.sql)) return undefined
  return inTransaction(app.sql, async tx => {
    await endSetUpLinks(tx)
    const { token } = await addInvitation(tx, { tenant: 0, kind: 'setup', minutes: setUpDays * 24 * 60 })
    return `${app.config.publicUrl}/link/${token}`
  })
}

export interface FirstPeople {
  commune: string
  chair: string
  officer: string
  /** Who sits in front of the screen. */
  me: 'chair' | 'officer'
  /** One village a line: `Thôn Phú Hưng`. */
  villages: string
}

const kinds = [
  'thôn',
  'bản',
  'buôn',
  'bon',
  'plei',
  'làng',
  'ấp',
  'xóm',
  'khu phố',
  'khu',
  'tổ dân phố',
  'tổ',
  'phum',
  'sóc',
]

/** A line as people keep lists: without its number, `1. Thôn Phú Hưng`, and with the short word written out. */
const readLine = (line: string) =>
  line
    .normalize('NFC')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^(\d{1,3}[.)/]|[-–•*+])\s*/, '')
    .replace(/^tdp\.? /i, 'Tổ dân phố ')
    .replace(/[.,;]+$/, '')

/** `Tổ dân phố 5` → kind `tổ dân phố`, name `5`; a line that does not begin with such a word is a `thôn`. */
export function readVillages(text: string): { kind: string; name: string }[] {
  const lines = text
    .split('\n')
    .map(line => readLine(line))
    .filter(Boolean)
  const read = lines.map(line => {
    const kind = kinds.toSorted((a, b) => b.length - a.length).find(word => line.toLowerCase().startsWith(`${word} `))
    return kind ? { kind, name: line.slice(kind.length + 1) } : { kind: 'thôn', name: line }
  })
  const seen = new Set<string>()
  return read.filter(({ kind, name }) => {
    const key = `${kind} ${name.toLowerCase()}`
    return !seen.has(key) && seen.add(key)
  })
}

async function fill(tx: Tx, commune: UnitNow, role: 'commune_chair' | 'commune_officer', name: string) {
  const post = await makePost(tx, { role, unit: commune.id })
  const { account } = await appoint(tx, { post: post.id, name })
  const by = { account, post: post.id }
  await record(tx, { tenant: post.tenant, what: 'post.made', by, about: { kind: 'post', id: post.id }, data: { role } })
  return { post: post.id, account, tenant: post.tenant, title: post.title, name }
}

/**
 * Makes chair, officer and villages, signs the one in front of the screen in, and gives the other's invitation.
 * @throws Problem link_ended, setup_commune, cross_site
 */
export async function setUp(app: App, c: Context, text: string, first: FirstPeople) {
  mustBeOurPage(c)
  const old = await callerOf(app, c)
  limitTries(app, 'set-up', 'link', old.address)
  return inTransaction(app.sql, async tx => {
    const link = await getLink(tx, text)
    const commune = await findUnit(tx, first.commune)
    if (commune?.level !== 'commune') throw new Problem('setup_commune')
    if (!(await spendInvitation(tx, link.commune_id, link.id)) || (await anyAccount(tx)))
      throw new Problem('link_ended')
    const chair = await fill(tx, commune, 'commune_chair', first.chair)
    const officer = await fill(tx, commune, 'commune_officer', first.officer)
    const [mine, theirs] = first.me === 'chair' ? [chair, officer] : [officer, chair]
    const by: Caller = { ...old, kind: 'staff', tenant: mine.tenant, account: mine.account, post: mine.post }
    for (const village of readVillages(first.villages)) await createUnit(tx, commune, { ...village, source: '' }, by)
    await openStaffSession(app, tx, c, { ...mine, old })
    const { token, endsAt } = await addInvitation(tx, {
      tenant: theirs.tenant,
      kind: 'account',
      account: theirs.account,
      post: theirs.post,
      by: mine.account,
      minutes: invitationHours * 60,
    })
    await record(tx, { tenant: mine.tenant, what: 'commune.set_up', by, about: { kind: 'unit', id: commune.id } })
    return { theirs, invitation: handOver(app, token, endsAt) }
  })
}
