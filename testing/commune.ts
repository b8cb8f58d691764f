// A small commune for tests: two villages, a few homes, a holder for each post; beside it another commune, so that a leak would show.
import { newId, outside } from '#core/ids'
import { now } from '#core/clock'
import { fold, givenName } from '#core/fold'
import type { Db } from '#core/db'
import { digest, newToken } from '#core/secrets'
import type { Role } from '#access'

export interface TestVillage {
  id: string
  path: string
  name: string
  /** Households' ids, as rows keep them. */
  homes: string[]
}

export interface TestCommune {
  tenant: number
  unit: string
  path: string
  province: string
  villages: TestVillage[]
  /** A bearer token of a new account that holds a new post of this role at the unit (or group). */
  staff: (role: Exclude<Role, 'resident'>, unit?: string, group?: string) => Promise<string>
  /** A bearer token of a home. */
  resident: (household: string) => Promise<string>
  /** What leaves the server for a row's id. */
  out: (id: string) => string
}

const long = () => new Date(now().getTime() + 30 * 86_400_000)
const since = new Date('2025-07-01T00:00:00+07:00')

async function unitRow(
  db: Db,
  unit: {
    level: string
    tenant: number
    no: number
    name: string
    kind: string
    code?: string
    parent?: string
    path: string
  },
) {
  const id = newId()
  await db`insert into loa.unit (id, level, commune_id, no) values (${id}, ${unit.level}, ${unit.tenant}, ${unit.no})`
  await db`
    insert into loa.unit_version (unit_id, valid_from, code, name, folded, kind, parent_id, path)
    values (${id}, '2025-07-01', ${unit.code ?? null}, ${unit.name}, ${fold(unit.name)}, ${unit.kind}, ${unit.parent ?? null}, ${unit.path})`
  return id
}

/** One home with a head of household, in a village since 1-7-2025. */
export async function addHome(
  db: Db,
  tenant: number,
  unit: string,
  no: number,
  name = `Lý Văn Số${no}`,
): Promise<string> {
  const id = newId()
  await db`
    insert into loa.household (commune_id, id, no, unit_id, head_name, head_folded, head_given, phone_kind, opened_at)
    values (${tenant}, ${id}, ${no}, ${unit}, ${name}, ${fold(name)}, ${givenName(name)}, 'app', ${since})`
  await db`insert into loa.household_stay (commune_id, household_id, unit_id, valid_from) values (${tenant}, ${id}, ${unit}, ${since})`
  await db`
    insert into loa.person (commune_id, id, household_id, name, folded, given, relation, is_head, birth_year)
    values (${tenant}, ${newId()}, ${id}, ${name}, ${fold(name)}, ${givenName(name)}, 'chủ hộ', true, 1970)`
  return id
}

async function session(
  db: Db,
  tenant: number,
  row: { kind: string; account?: string; post?: string; household?: string },
) {
  const secret = newToken()
  await db`
    insert into loa.session (commune_id, id, kind, digest, account_id, post_id, household_id, made_at, seen_at, ends_at)
    values (${tenant}, ${newId()}, ${row.kind}, ${digest(secret)}, ${row.account ?? null}, ${row.post ?? null}, ${row.household ?? null},
      ${now()}, ${now()}, ${long()})`
  return `${tenant.toString(36)}-${secret}`
}

/** A new account that holds a new post. @returns its bearer token */
async function staffToken(db: Db, tenant: number, role: string, unit: string | undefined, group: string | undefined) {
  const account = newId()
  const post = newId()
  await db`insert into loa.account (id, name, made_at) values (${account}, ${`Người giữ ${role}`}, ${now()})`
  await db`
    insert into loa.post (id, commune_id, role, unit_id, group_id, title, made_at)
    values (${post}, ${tenant}, ${role}, ${unit ?? null}, ${group ?? null}, ${role}, ${now()})`
  await db`
    insert into loa.post_term (post_id, account_id, part, valid_from) values (${post}, ${account}, 'holder', ${since})`
  return session(db, tenant, { kind: 'token', account, post })
}

let serial = 90_000

/** @param sizes homes of each village */
export async function testCommune(db: Db, sizes: readonly number[] = [3, 2]): Promise<TestCommune> {
  const tenant = ++serial
  const base = `t${serial}/`
  const province = await unitRow(db, {
    level: 'province',
    tenant: 80_000 + (serial % 10_000),
    no: 1,
    name: `Tỉnh Thử ${serial}`,
    kind: 'tỉnh',
    path: base,
  })
  const path = `${base}${tenant}/`
  const unit = await unitRow(db, {
    level: 'commune',
    tenant,
    no: 0,
    name: `Xã Thử ${serial}`,
    kind: 'xã',
    code: `T${serial}`,
    parent: province,
    path,
  })
  await db`insert into loa.commune (commune_id, kind, unit_id, name, opened_on) values (${tenant}, 'commune', ${unit}, ${`Xã Thử ${serial}`}, '2025-07-01')`
  const villages: TestVillage[] = []
  let no = 0
  for (const [index, size] of sizes.entries()) {
    const name = `Thôn Thử ${index + 1}`
    const villagePath = `${path}${index + 1}/`
    const id = await unitRow(db, {
      level: 'village',
      tenant,
      no: index + 1,
      name,
      kind: 'thôn',
      parent: unit,
      path: villagePath,
    })
    const homes: string[] = []
    for (let n = 0; n < size; n++) homes.push(await addHome(db, tenant, id, ++no))
    villages.push({ id, path: villagePath, name, homes })
  }
  await db`insert into loa.counter (commune_id, name, value) values (${tenant}, 'household', ${no}), (${tenant}, 'village', ${sizes.length})`
  return {
    tenant,
    unit,
    path,
    province,
    villages,
    staff: (role, at = unit, group) => staffToken(db, tenant, role, at, group),
    resident: household => session(db, tenant, { kind: 'resident', household }),
    out: id => outside(tenant, id),
  }
}
