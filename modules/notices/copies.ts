// A notice from above the commune: one copy a commune, brought to where the origin stands. A job that runs twice, late or out of turn does no harm.
import { today } from '#core/clock'
import { inTransaction, type Db, type Tx } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { isOwner, servedTenants, servedUnits, type UnitNow } from '#units'
import { keptAudience } from './audience.ts'
import { originOf } from './content.ts'
import { applyCorrection } from './correct.ts'
import { authorOf, sendOut } from './send-out.ts'
import { communesBelow } from './store/homes.ts'
import { copyFiles } from './store/files.ts'
import { findNotice, insertNotice, lockNotice, type KeptAudience, type NoticeRow } from './store/notices.ts'
import { versionsOf, type VersionRow } from './store/versions.ts'
import { takeBack } from './withdraw.ts'

interface Origin {
  tenant: number
  noticeId: string
}

interface Part {
  audience: KeptAudience
  paths: string[]
  /** The commune's own. */
  path: string
}

/** The communes in which a unit lies or which lie in it, each with what is meant there. */
async function inCommunes(db: Db, unit: UnitNow) {
  const isWhole = unit.level === 'province' || unit.level === 'country'
  if (isWhole) return (await communesBelow(db, unit.path, today())).map(one => ({ ...one, commune: one.path }))
  return [{ tenant: unit.tenant, unit_id: unit.id, path: unit.path, commune: communePath(unit.path) }]
}

/** Tenant → the part of the audience that lies in it. */
async function audienceByCommune(db: Db, row: NoticeRow): Promise<Map<number, Part>> {
  const parts = new Map<number, Part>()
  const { attributes } = row.audience
  const partOf = (tenant: number, path: string) => {
    const part = parts.get(tenant) ?? {
      audience: { units: [], groups: [], ...(attributes ? { attributes } : {}) },
      paths: [],
      path,
    }
    parts.set(tenant, part)
    return part
  }
  const { units, groups } = await keptAudience(db, row.commune_id, row.audience)
  for (const unit of units)
    for (const { tenant, unit_id, path, commune } of await inCommunes(db, unit)) {
      const part = partOf(tenant, commune)
      part.audience.units.push(unit_id)
      part.paths.push(path)
    }
  const served = groups.length ? await servedUnits(db, row.commune_id, true) : []
  for (const group of groups) {
    const part = partOf(group.tenant, served.find(unit => unit.tenant === group.tenant)?.path ?? '')
    part.audience.groups.push(group.id)
    if (group.unitPath) part.paths.push(group.unitPath)
  }
  return parts
}

/** The first two numbers of a path are the province's and the commune's. */
const communePath = (path: string) => `${path.split('/').slice(0, 2).join('/')}/`

/** Wakes one job a commune. */
export async function spreadCopies(app: App, { tenant, noticeId }: Origin): Promise<void> {
  const row = await findNotice(app.sql, tenant, noticeId)
  if (!row) return
  const named = (await audienceByCommune(app.sql, row)).keys()
  // A group that was closed since is named no more; its copy is brought along all the same.
  const served = isOwner(tenant) ? await servedTenants(app.sql, tenant, true) : []
  const communes = [...new Set([...named, ...served])]
  await inTransaction(app.sql, async tx => {
    for (const to of communes) await app.jobs.send(tx, 'notices.copy', { tenant, noticeId, to })
  })
}

/** Brings one commune's copy to where its origin stands. */
export async function bringCopy(app: App, { tenant, noticeId, to }: Origin & { to: number }): Promise<void> {
  await inTransaction(app.sql, async tx => {
    const origin = await findNotice(tx, tenant, noticeId)
    if (!origin?.published_at) return
    const versions = await versionsOf(tx, tenant, noticeId)
    const copy = (await lockNotice(tx, to, noticeId)) ?? (await firstCopy(app, tx, origin, versions, to))
    if (!copy || copy.state === 'withdrawn') return
    const latest = await catchUp(app, tx, copy, versions)
    if (origin.state === 'withdrawn') await takeBack(app, tx, latest, origin.withdrawn_reason ?? '', authorOf(origin))
  })
}

/** @returns undefined where nobody lives whom it is for, or where there was nothing to show any more */
async function firstCopy(app: App, tx: Tx, origin: NoticeRow, versions: VersionRow[], to: number) {
  const part = (await audienceByCommune(tx, origin)).get(to)
  const first = versions[0]
  if (!part || !first || origin.state === 'withdrawn') return undefined
  const { validUntil, files: _, ...wording } = first.content
  const row: NoticeRow = {
    ...origin,
    ...wording,
    valid_until_said: validUntil,
    commune_id: to,
    version: first.version,
    state: 'draft',
    audience: part.audience,
    audience_paths: part.paths,
    unit_path: part.path,
    group_id: null,
    origin_id: originOf(origin),
    published_id: null,
    published_at: null,
    publish_at: null,
    round: 0,
  }
  try {
    return await tx.savepoint(async inner => {
      await insertNotice(inner, row)
      await copyFiles(inner, origin.commune_id, to, origin.id)
      return sendOut(app, inner, row, authorOf(origin), origin.published_at!)
    })
  } catch (error) {
    if (error instanceof Problem && error.code === 'audience_empty') return undefined
    throw error
  }
}

/** Corrections that the copy has not seen yet, in their order. */
async function catchUp(app: App, tx: Tx, copy: NoticeRow, versions: VersionRow[]): Promise<NoticeRow> {
  let row = copy
  for (const { version, content, told_again } of versions.filter(one => one.version > copy.version)) {
    const { files, ...wording } = content
    await copyFiles(tx, versionsTenant(copy), row.commune_id, row.id)
    row = await applyCorrection(
      app,
      tx,
      { ...row, version: version - 1 },
      { wording, files: files.map(file => file.id), tellAgain: told_again },
      authorOf(copy),
    )
  }
  return row
}

const versionsTenant = (copy: NoticeRow) => Number.parseInt(copy.origin_id!.split('-')[0]!, 36)
