import type { Caller } from '#core/caller'
import { iso, today } from '#core/clock'
import type { Db } from '#core/db'
import { outside } from '#core/ids'
import { findLateBackup } from '#core/keep-backups'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { say } from '#core/words'
import { isOwner, servedUnits, unitTitle } from '#units'
import type { Me, MyPost } from './contract.ts'
import { findAssist } from './store/assists.ts'
import { findAccount } from './store/accounts.ts'
import { findCommune, findHome } from './store/places.ts'
import { languageOfSession } from './store/sessions.ts'
import { postsOfAccount, type HeldPost } from './store/posts.ts'

const placeOf = (id: string, { name, kind }: { name: string; kind: string }, level: string) => ({
  id,
  name,
  kind,
  title: unitTitle({ name, kind }),
  level,
})

const unitOf = (post: HeldPost) =>
  post.unitId && post.unitName !== null
    ? { unit: placeOf(post.unitId, { name: post.unitName, kind: post.unitKind ?? '' }, post.unitLevel ?? '') }
    : {}

const groupOf = (post: HeldPost) =>
  post.groupId && post.groupName ? { group: { id: outside(post.tenant, post.groupId), name: post.groupName } } : {}

const shown = (post: HeldPost, actedAs: string | undefined): MyPost => ({
  id: outside(post.tenant, post.id),
  role: post.role,
  title: post.title,
  part: post.part,
  ...unitOf(post),
  ...groupOf(post),
  isActive: post.id === actedAs,
})

async function communeOf(db: Db, tenant: number) {
  const found = await findCommune(db, tenant)
  return { no: tenant, name: found?.name ?? '' }
}

/** All homes of a phone that opens several. */
async function homesHere(db: Db, caller: Caller) {
  if (!caller.otherHomes) return {}
  const ids = [caller.household!, ...caller.otherHomes]
  const found = await Promise.all(ids.map(id => findHome(db, caller.tenant!, id)))
  return {
    homes: found
      .filter(home => home !== undefined)
      .map(home => ({
        id: outside(caller.tenant!, home.id),
        no: home.no,
        name: `Nhà ${home.headName}`,
        unit: `${home.unitKind} ${home.unitName}`,
      })),
  }
}

async function residentIs(db: Db, caller: Caller, isDemo: boolean): Promise<Me> {
  const tenant = caller.tenant!
  const home = await findHome(db, tenant, caller.household!)
  if (!home) throw new Problem('sign_in_needed')
  const id = outside(tenant, home.id)
  const assist = caller.helper && (await findAssist(db, tenant, caller.helper.assist))
  return {
    // What a helper's phone keeps is this session's, not the home's own phones'.
    id: assist ? outside(tenant, assist.id) : id,
    kind: 'resident',
    role: 'resident',
    name: `Nhà ${home.headName}`,
    language: await languageOfSession(db, tenant, caller.session!),
    isDemo,
    commune: await communeOf(db, tenant),
    unit: placeOf(home.unitId, { name: home.unitName, kind: home.unitKind }, 'village'),
    household: { id },
    ...(assist && { assist: { id: outside(tenant, assist.id), title: assist.title, endsAt: iso(assist.endsAt) } }),
    ...((caller.otherHomes ?? caller.readsFor) && { choosesHome: true }),
    ...(await homesHere(db, caller)),
    posts: [],
    hasPassword: false,
  }
}

/** Whoever answers for the commune hears of backups that fail. */
async function alarmFor(app: App, { role, language }: Caller): Promise<string | undefined> {
  if (role !== 'commune_chair' && role !== 'commune_officer') return undefined
  const late = await findLateBackup(app)
  return late && say(language, 'backup.late', { day: late.split('-').toReversed().join('/') })
}

const servedBy = async (db: Db, owner: number) =>
  (await servedUnits(db, owner)).map(({ id, level, ...unit }) => placeOf(id, unit, level))

/** @throws Problem sign_in_needed when account or home have ended in the meantime */
export async function whoAmI(app: App, db: Db, caller: Caller): Promise<Me> {
  const { isDemo } = app.config
  if (caller.kind === 'resident') return residentIs(db, caller, isDemo)
  const [account, held] = await Promise.all([
    findAccount(db, caller.account!),
    postsOfAccount(db, caller.account!, today()),
  ])
  if (!account) throw new Problem('sign_in_needed')
  const posts = held.map(post => shown(post, caller.post))
  const active = posts.find(post => post.isActive)
  const alarm = await alarmFor(app, caller)
  return {
    id: outside(caller.tenant!, account.id),
    kind: 'staff',
    role: active?.role ?? null,
    name: account.name,
    ...(active && { title: active.title }),
    ...(active?.unit && { unit: active.unit }),
    ...(active?.group && { group: active.group }),
    ...(isOwner(caller.tenant) && { serves: await servedBy(db, caller.tenant) }),
    language: account.language,
    isDemo,
    commune: await communeOf(db, caller.tenant!),
    posts,
    hasPassword: account.password_hash !== null,
    ...(alarm && { alarm }),
  }
}
