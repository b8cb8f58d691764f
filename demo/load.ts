// Fills an empty demo database: two communes, their homes, posts and groups, in one transaction.
import { inTransaction, type Tx } from '#core/db'
import type { App } from '#core/module'
import { record } from '#core/trail'
import { addHomes, type Basis } from '#people'
import { appoint, makePost } from '#access'
import { findUnit, getUnit, makeOwner, type UnitNow } from '#units'
import { chance } from './chance.ts'
import { loadVillages } from '../modules/units/load-villages.ts'
import { loadGroups } from '../modules/groups/load-groups.ts'
import { loadChats } from '../modules/notices/load-chats.ts'
import { loadPosts, type LoadedPost } from '../modules/access/load-posts.ts'
import { makeChats } from './chats.ts'
import { makeMinhHoa, makeSonDong, type DemoCommune } from './generate.ts'
import { makeGroups, type DemoGroup, type Resident } from './groups.ts'
import { familyName, personName } from './names.ts'
import { makePosts } from './posts.ts'

export interface DemoSize {
  seed: number
  /** Only the first villages of Sơn Động, for a quick run. */
  villages?: number | undefined
}

/** Since when everything of the demo stands: the day on which the commune was made. */
const since = new Date('2025-07-01T00:00:00+07:00')
const sinceDay = '2025-07-01'

interface Loading {
  tx: Tx
  seed: number
  demo: DemoCommune
  commune: UnitNow
  villages: { id: string; name: string; kind: string }[]
}

/** How the made-up telephone numbers came to us; each is marked, so that no channel ever sends to one. */
const basis: Basis = {
  basis: 'agency_duty',
  how: 'demo',
  wording: 'Dữ liệu thử: không ai có thật',
  by: null,
  isDemo: true,
}

/** @returns everybody, each with the place of the village in the list */
async function loadPeople({ tx, demo, commune, villages }: Loading): Promise<Resident[]> {
  const homes = demo.villages.flatMap((village, n) => village.homes.map(home => ({ ...home, village: n })))
  const added = await addHomes(
    tx,
    commune.tenant,
    homes.map(home => ({
      ...home,
      unitId: villages[home.village]!.id,
      pin: { lat: home.lat, lng: home.lng },
      persons: home.persons.map(person => ({ ...person, phones: person.phone ? [person.phone] : [] })),
    })),
    basis,
  )
  const everybody = homes.flatMap((home, n) =>
    home.persons.map(({ birthYear, sex }) => ({ birthYear, sex, village: home.village, home: added.homes[n]! })),
  )
  return everybody.map((person, n) => ({ ...person, id: added.persons[n]! }))
}

const groupRole = {
  women: 'association_officer',
  farmers: 'association_officer',
  credit_group: 'credit_group_head',
} as const
const hasRole = (kind: string): kind is keyof typeof groupRole => kind in groupRole

/** Who leads an association or a credit group. */
const postsOfGroups = (tenant: number, groups: readonly DemoGroup[]): LoadedPost[] =>
  groups.flatMap(group =>
    hasRole(group.kind)
      ? [
          {
            tenant,
            role: groupRole[group.kind],
            group: { id: group.id, name: group.name },
            holders: [{ key: group.id, name: `Người phụ trách ${group.name}`, part: 'holder' as const }],
          },
        ]
      : [],
  )

async function loadOffices({ tx, seed, demo, commune, villages }: Loading, groups: readonly DemoGroup[]) {
  const province = await getUnit(tx, commune.parentId!)
  const posts = makePosts(seed, demo.code, villages.length).map(post => {
    const unit =
      post.role === 'province_officer' ? province : post.village === undefined ? commune : villages[post.village]!
    // A secretary keeps the book of his own cell.
    const cell =
      post.role === 'party_secretary' && groups.find(g => g.kind === 'party_cell' && g.village === post.village)
    return { ...post, unit, tenant: unit === province ? province.tenant : commune.tenant, ...(cell && { group: cell }) }
  })
  await loadPosts(tx, [...posts, ...postsOfGroups(commune.tenant, groups)], since)
}

async function loadCommune(tx: Tx, seed: number, demo: DemoCommune, hasGroups: boolean) {
  const commune = await findUnit(tx, demo.code)
  if (!commune) throw new Error(`the table of communes does not have ${demo.code}`)
  const villages = await loadVillages(tx, commune, demo.villages, sinceDay)
  const loading = { tx, seed, demo, commune, villages }
  const residents = await loadPeople(loading)
  const names = demo.villages.map(village => village.name)
  const groups = hasGroups ? makeGroups(seed, names, residents) : []
  if (groups.length)
    await loadGroups(
      tx,
      commune.tenant,
      groups.map(group => ({
        ...group,
        unitId: group.village === undefined ? commune.id : villages[group.village]!.id,
      })),
      since,
    )
  await loadOffices(loading, groups)
  const chats = makeChats(seed, demo.villages).map(({ village, ...chat }) => ({
    ...chat,
    unitId: village === undefined ? commune.id : villages[village]!.id,
  }))
  await loadChats(tx, commune.tenant, chats, since)
  await record(tx, {
    tenant: commune.tenant,
    what: 'demo.loaded',
    about: { kind: 'unit', id: commune.id },
    data: { seed, villages: villages.length },
  })
  return { commune, villages }
}

/** An invented branch of a policy bank, for both communes, with one officer. */
async function loadBank(tx: Tx, seed: number, communes: readonly string[]) {
  const owner = await makeOwner(tx, { name: 'Phòng giao dịch Ngân hàng Chính sách (thử)', communes })
  const by = chance(seed, 'bank')
  const post = await makePost(tx, { role: 'bank_officer', unit: owner.id })
  await appoint(tx, { post: post.id, name: personName(by, familyName(by, 'town'), 'f'), from: since })
}

const isLoaded = async (app: App) => {
  const [row] = await app.sql<{ yes: boolean }[]>`select exists (select 1 from loa.household) as yes`
  return row!.yes
}

/** Loads the demo unless it is there. @returns false when it was */
export async function loadDemo(app: App, { seed, villages }: DemoSize): Promise<boolean> {
  if (await isLoaded(app)) return false
  await inTransaction(app.sql, async tx => {
    const [withGroups, without] = [makeSonDong(seed, villages), makeMinhHoa(seed)]
    await loadCommune(tx, seed, withGroups, true)
    await loadCommune(tx, seed, without, false)
    await loadBank(tx, seed, [withGroups.code, without.code])
  })
  await app.sql`analyze loa.household, loa.household_stay, loa.person, loa.contact`
  return true
}
