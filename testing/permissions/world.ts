// The places of the permission matrix: for each role a post, and things that stand in its own unit, above, below, beside, and things of its own.
import { inside, newId, outside } from '#core/ids'
import { now } from '#core/clock'
import { fold } from '#core/fold'
import { staffRoles, tokenFor, type StaffRole } from '#access'
import type { TestApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'
import type { RoleName } from './twin.ts'

/**
 * Where a thing stands, seen from the role's post. `own`: its unit, its group, its home · `child`: below its unit · `parent`: the unit around
 * it · `other`: beside it, in another village, commune, group or home · `mine`: it wrote it, or was given it
 */
export type Position = 'own' | 'child' | 'parent' | 'other' | 'mine'

/** Values for names of inputs. What a spot does not name, it does not have. */
export type Spot = Record<string, unknown>

export interface Actor {
  role: RoleName
  token: string
  spots: Partial<Record<Position, Spot>>
}

export interface World {
  actors: Actor[]
  /** An id of the commune that names nothing: for what a path names beside the thing that decides. */
  madeUp: string
  /** A Party cell, whose members only its secretary sees. */
  cell: string
}

interface Maker {
  loa: TestApp
  commune: TestCommune
}

const units = (...ids: string[]) => ({ units: ids, groups: [] })
const groups = (...ids: string[]) => ({ units: [], groups: ids })

async function mustMake(said: Promise<{ status: number; body: { id: string }; text: string }>) {
  const { status, body, text } = await said
  if (status >= 300) throw new Error(`the matrix could not make its world: ${status} ${text}`)
  return body.id
}

async function write(loa: TestApp, token: string, audience: object, isSent = true): Promise<string> {
  const body = { title: 'Thử quyền', body: 'Thử', audience, internal: false }
  const id = await mustMake(loa.ask('POST', 'notices', { token, body }))
  if (isSent) await mustMake(loa.ask('POST', `notices/${id}/publish`, { token, body: {} }))
  return id
}

async function group(
  loa: TestApp,
  { tenant, unit: around }: TestCommune,
  kind: string,
  person: string,
  { unit = around, isConfidential = false } = {},
) {
  const id = newId()
  const name = `${kind} ${id.slice(-4)}`
  await loa.app.sql`
    insert into loa.group_of_people (commune_id, id, kind, name, folded, unit_id, is_confidential, opened_at)
    values (${tenant}, ${id}, ${kind}, ${name}, ${fold(name)}, ${unit}, ${isConfidential}, ${now()})`
  await loa.app.sql`
    insert into loa.group_member (commune_id, group_id, person_id, valid_from)
    values (${tenant}, ${id}, ${person}, ${new Date(now().getTime() - 86_400_000)})`
  return id
}

async function personOf(loa: TestApp, tenant: number, home: string) {
  const [row] = await loa.app.sql<{ id: string }[]>`
    select id from loa.person where commune_id = ${tenant} and household_id = ${home}`
  return row!.id
}

async function waitingPhone(loa: TestApp, tenant: number, home: string) {
  const id = newId()
  await loa.app.sql`
    insert into loa.join_request (commune_id, id, household_id, digest, device, at)
    values (${tenant}, ${id}, ${home}, ${Buffer.from(id)}, 'thử', ${now()})`
  return outside(tenant, id)
}

/** A door is a home in a publication: its id carries both. @param account whom it is given to */
async function door({ loa, commune: { tenant } }: Maker, noticeId: string, home: string, account?: string) {
  const [row] = await loa.app.sql<{ published_id: string }[]>`
    select published_id from loa.publication where commune_id = ${tenant} and subject_id = ${inside(noticeId).id}`
  const publishedId = row!.published_id
  if (account)
    await loa.app.sql`
      insert into loa.door (commune_id, published_id, household_id, account_id, assigned_at)
      values (${tenant}, ${publishedId}, ${home}, ${account}, ${now()})`
  const bytes = Buffer.from((publishedId + home).replaceAll('-', ''), 'hex')
  return `${tenant.toString(36)}-${bytes.toString('base64url')}`
}

/** The commune's import of a list. */
async function importAt(loa: TestApp, tenant: number) {
  const id = newId()
  await loa.app.sql`
    insert into loa.import_run (commune_id, id, file_name, state, options, summary, at)
    values (${tenant}, ${id}, 'thu.xlsx', 'dry', '{}', '{}', ${now()})`
  return outside(tenant, id)
}

/** The commune's account at a provider. */
async function channelAccount(loa: TestApp, tenant: number) {
  const id = newId()
  const settings = { host: '127.0.0.1', port: 25, security: 'none', from: 'a@b.example', fromName: 'Xã', perSecond: 1 }
  await loa.app.sql`
    insert into loa.channel_account (commune_id, id, kind, adapter, name, settings, rank, changed_at)
    values (${tenant}, ${id}, 'email', 'smtp', 'Thư', ${loa.app.sql.json(settings)}, 1, ${now()})`
  return outside(tenant, id)
}

/** What a home asked of the commune about its own data. */
async function dataRequest(loa: TestApp, tenant: number, home: string) {
  const id = newId()
  const by = new Date(now().getTime() + 86_400_000)
  await loa.app.sql`
    insert into loa.data_request (commune_id, id, household_id, kind, words, at, answer_by)
    values (${tenant}, ${id}, ${home}, 'correct', 'Tên ghi sai', ${now()}, ${by})`
  return outside(tenant, id)
}

/** A home of elsewhere that says it comes to the village of this one. */
async function arrivalAt(loa: TestApp, tenant: number, home: string) {
  const id = newId()
  await loa.app.sql`
    insert into loa.arrival (commune_id, id, from_commune, from_household, unit_id, head_name, persons, state, at)
    select ${tenant}, ${id}, 1, ${newId()}, unit_id, 'Lý Văn Đến', 3, 'waiting', ${now()} from loa.household
    where commune_id = ${tenant} and id = ${home}`
  return outside(tenant, id)
}

let chats = 0

/** A chat group of a unit, or of an association in it. */
async function chatAt({ loa, commune: { tenant, out } }: Maker, unit: string, of: string | null = null) {
  const id = newId()
  const no = ++chats
  await loa.app.sql`
    insert into loa.chat (commune_id, id, no, unit_id, group_id, platform, name, folded, added_at)
    values (${tenant}, ${id}, ${no}, ${unit}, ${of}, 'zalo', ${`Nhóm ${no}`}, ${`nhom ${no}`}, ${now()})`
  return out(id)
}

async function ofHome({ loa, commune }: Maker, home: string): Promise<Spot> {
  const { tenant, out } = commune
  return {
    householdId: out(home),
    home: out(home),
    duplicateId: out(home),
    requestId: await dataRequest(loa, tenant, home),
    arrivalId: await arrivalAt(loa, tenant, home),
    personId: out(await personOf(loa, tenant, home)),
    joinId: await waitingPhone(loa, tenant, home),
  }
}

/** A post of somebody else at a unit. */
async function postAt({ loa, commune }: Maker, unit: string, role: StaffRole) {
  await commune.staff(role, unit)
  const [row] = await loa.app.sql<{ id: string; commune_id: number }[]>`
    select id, commune_id from loa.post where unit_id = ${unit} and role = ${role} order by id desc limit 1`
  return outside(row!.commune_id, row!.id)
}

/** A village or commune, one home in it, and what somebody else wrote there. */
async function place(make: Maker, unit: string, home: string, author: StaffRole): Promise<Spot> {
  const { loa, commune } = make
  const noticeId = await write(loa, await commune.staff(author, unit), units(unit))
  const resident = await commune.resident(home)
  const asked = await loa.ask('POST', `notices/${noticeId}/questions`, { token: resident, body: { words: 'Mấy giờ?' } })
  const person = await personOf(loa, commune.tenant, home)
  return {
    unit,
    chatId: await chatAt(make, unit),
    groupId: commune.out(await group(loa, commune, 'women', person, { unit })),
    audience: units(unit),
    noticeId,
    doorId: await door(make, noticeId, home),
    questionId: asked.body.id,
    postId: await postAt(make, unit, 'front_head'),
    ...(await ofHome(make, home)),
  }
}

async function ofGroup(make: Maker, id: string, home: string): Promise<Spot> {
  const { loa, commune } = make
  const token = await commune.staff('association_officer', commune.unit, id)
  const out = commune.out(id)
  return {
    groupId: out,
    chatId: await chatAt(make, commune.unit, id),
    audience: groups(out),
    noticeId: await write(loa, token, groups(out)),
    ...(await ofHome(make, home)),
  }
}

/** Above a post stand the commune’s things, whose homes may well be the post’s own. */
const withoutHome = ({ unit, audience, noticeId, postId, groupId, importId, accountId, chatId }: Spot): Spot => ({
  unit,
  chatId,
  audience,
  noticeId,
  postId,
  groupId,
  importId,
  accountId,
})

async function actor(
  make: Maker,
  role: StaffRole,
  unit: string,
  spots: Actor['spots'],
  own?: { group?: string | undefined; writes: object },
): Promise<Actor> {
  const token = await make.commune.staff(role, unit, own?.group)
  const mine = own ? { noticeId: await write(make.loa, token, own.writes) } : undefined
  return { role, token, spots: { ...spots, ...(mine && { mine }) } }
}

/** Somebody to whom one door was given. */
async function walker(make: Maker, role: StaffRole, unit: string, home: string, spots: Actor['spots']): Promise<Actor> {
  const made = await actor(make, role, unit, spots)
  const me = await make.loa.ask('GET', 'me', { token: made.token })
  const doorId = await door(make, spots.own!['noticeId'] as string, home, inside(me.body.id).id)
  return { ...made, spots: { ...spots, mine: { doorId, home: make.commune.out(home) } } }
}

async function villageActors(make: Maker, around: Spot, cell: string): Promise<Actor[]> {
  const { loa, commune } = make
  const [first, second] = commune.villages
  const officer = await commune.staff('commune_officer')
  const body = { name: 'Xóm Trong', kind: 'xóm' }
  const hamlet = await mustMake(loa.ask('POST', `units/${first!.id}/villages`, { token: officer, body }))
  const spots = {
    own: await place(make, first!.id, first!.homes[0]!, 'village_head'),
    other: await place(make, second!.id, second!.homes[0]!, 'village_head'),
    child: { unit: hamlet, audience: units(hamlet), postId: await postAt(make, hamlet, 'front_head') },
    parent: around,
  }
  const writes = units(first!.id)
  const ofSecretary = { ...spots, own: { ...spots.own, groupId: commune.out(cell) } }
  return [
    await actor(make, 'village_head', first!.id, spots, { writes }),
    await actor(make, 'party_secretary', first!.id, ofSecretary, { writes, group: cell }),
    await walker(make, 'front_head', first!.id, first!.homes[1]!, spots),
    await walker(make, 'digital_team_member', first!.id, first!.homes[2]!, spots),
  ]
}

async function groupActors(make: Maker, around: Spot): Promise<Actor[]> {
  const { loa, commune } = make
  const { tenant } = commune
  const [home, otherHome] = [commune.villages[0]!.homes[1]!, commune.villages[1]!.homes[1]!]
  const made = async (kind: string, of: string) => group(loa, commune, kind, await personOf(loa, tenant, of))
  const actors: Actor[] = []
  for (const [role, kind] of [
    ['association_officer', 'women'],
    ['credit_group_head', 'credit_group'],
  ] as const) {
    const own = await made(kind, home)
    const spots = {
      own: await ofGroup(make, own, home),
      other: await ofGroup(make, await made(kind, otherHome), otherHome),
      parent: withoutHome(around),
    }
    actors.push(await actor(make, role, commune.unit, spots, { group: own, writes: groups(commune.out(own)) }))
  }
  return actors
}

/** An officer of a bank's branch that serves the first commune; beside it another branch, which serves the other. */
async function bankActor(make: Maker, theirs: Maker, owners: { own: string; other: string }): Promise<Actor> {
  const { loa, commune } = make
  const credit = async ({ commune: where }: Maker, home: string) =>
    group(loa, where, 'credit_group', await personOf(loa, where.tenant, home))
  const [home, homeThere] = [commune.villages[0]!.homes[1]!, theirs.commune.villages[0]!.homes[1]!]
  const own = await credit(make, home)
  const there = await credit(theirs, homeThere)
  const token = await tokenFor(loa.app, { role: 'bank_officer', unit: owners.own })
  const rival = await tokenFor(loa.app, { role: 'bank_officer', unit: owners.other })
  const spots = {
    own: { ...(await ofGroup(make, own, home)), ownerId: owners.own },
    other: {
      ...(await ofGroup(theirs, there, homeThere)),
      noticeId: await write(loa, rival, groups(theirs.commune.out(there))),
      ownerId: owners.other,
    },
    mine: { noticeId: await write(loa, token, groups(commune.out(own))) },
  }
  return { role: 'bank_officer', token, spots }
}

const makeOwner = (loa: TestApp, token: string, commune: string) =>
  mustMake(loa.ask('POST', 'owners', { token, body: { name: 'Ngân hàng Thử', communes: [commune] } }))

async function residents({ loa, commune }: Maker, village: Spot, other: Spot): Promise<Actor[]> {
  const [home] = commune.villages[0]!.homes
  const token = await commune.resident(home!)
  const [row] = await loa.app.sql<{ id: string }[]>`
    select id from loa.session where commune_id = ${commune.tenant} and household_id = ${home!} order by id desc limit 1`
  const own = { ...village, sessionId: commune.out(row!.id) }
  return [{ role: 'resident', token, spots: { own, other } }]
}

/** Two communes of two provinces; in the first, two villages with homes, a hamlet, groups, and a post of every role. */
export async function makeWorld(loa: TestApp): Promise<World> {
  const commune = await testCommune(loa.app.sql, [3, 3])
  const beside = await testCommune(loa.app.sql, [2, 1])
  const make = { loa, commune }
  const theirs = { loa, commune: beside }
  const { unit, province, villages } = commune
  const homeOfSecond = villages[1]!.homes[2]!
  const provinceToken = await commune.staff('province_officer', province)
  const provinceThere = await beside.staff('province_officer', beside.province)
  const owners = {
    own: await makeOwner(loa, provinceToken, unit),
    other: await makeOwner(loa, provinceThere, beside.unit),
  }
  const above: Spot = {
    unit: province,
    audience: units(province),
    noticeId: await write(loa, provinceToken, units(province), false),
    postId: await postAt(make, province, 'province_officer'),
    communes: [unit],
    ownerId: owners.own,
  }
  const here = {
    communes: [unit],
    ...(await place(make, unit, homeOfSecond, 'commune_officer')),
    importId: await importAt(loa, commune.tenant),
    accountId: await channelAccount(loa, commune.tenant),
  }
  const there = {
    communes: [beside.unit],
    ownerId: owners.other,
    ...(await place(theirs, beside.unit, beside.villages[0]!.homes[0]!, 'commune_officer')),
    importId: await importAt(loa, beside.tenant),
    accountId: await channelAccount(loa, beside.tenant),
  }
  const village = await place(make, villages[0]!.id, villages[0]!.homes[2]!, 'village_head')
  const communeSpots = { own: here, child: village, other: there, parent: above }
  const writes = units(unit)
  const cell = await group(loa, commune, 'party_cell', await personOf(loa, commune.tenant, villages[0]!.homes[0]!), {
    isConfidential: true,
  })
  const byVillage = await villageActors(make, withoutHome(here), cell)
  const neighbours = byVillage[0]!.spots
  const provinceSpots = { own: above, child: here, other: there }
  const actors = [
    await actor(make, 'province_officer', province, provinceSpots),
    ...(await Promise.all(
      (['commune_chair', 'commune_officer', 'police', 'border_guard'] as const).map(role =>
        actor(make, role, unit, communeSpots, { writes }),
      ),
    )),
    ...byVillage,
    ...(await groupActors(make, here)),
    await bankActor(make, theirs, owners),
    ...(await residents(make, neighbours.own!, neighbours.other!)),
  ]
  const missing = staffRoles.filter(role => !actors.some(one => one.role === role))
  if (missing.length) throw new Error(`the matrix has no post of: ${missing.join(', ')}`)
  return { actors, madeUp: commune.out(newId()), cell: commune.out(cell) }
}
