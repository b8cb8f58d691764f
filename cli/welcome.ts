// What a start prints: where it answers, and how to get in.
import { outside } from '#core/ids'
import { linkFor, setupLink, type StaffRole } from '#access'
import { whatContactLacks } from '#channels'
import { findUnit, villagesOf } from '#units'
import type { Installation } from './installation.ts'

type Say = (line: string) => void

const offices: [StaffRole, string, 'commune' | 'village' | 'province'][] = [
  ['commune_officer', 'Cán bộ xã · commune officer', 'commune'],
  ['commune_chair', 'Chủ tịch xã · chair', 'commune'],
  ['village_head', 'Trưởng thôn · village head', 'village'],
  ['party_secretary', 'Bí thư chi bộ · Party secretary', 'village'],
  ['front_head', 'Trưởng ban Mặt trận · Front head', 'village'],
  ['digital_team_member', 'Tổ công nghệ số · digital team', 'village'],
  ['police', 'Công an xã · police', 'commune'],
  ['border_guard', 'Biên phòng · border guard', 'commune'],
  ['province_officer', 'Cán bộ tỉnh · province officer', 'province'],
]

/** The group that a role of the demo leads; outside id. */
async function groupOf({ running: { app } }: Installation, tenant: number, role: string) {
  const [post] = await app.sql<{ group_id: string }[]>`
    select p.group_id from loa.post p
    join loa.group_of_people g on g.commune_id = p.commune_id and g.id = p.group_id and g.closed_at is null
    where p.commune_id = ${tenant} and p.role = ${role} and p.closed_at is null order by p.id limit 1`
  return post && outside(tenant, post.group_id)
}

/** The bank's branch that serves the commune, by its number. */
async function findDemoBank({ running: { app } }: Installation, tenant: number) {
  const [row] = await app.sql<{ owner: number }[]>`
    select commune_id as owner from loa.owner_commune where serves = ${tenant} and valid_to is null order by commune_id limit 1`
  return row && String(row.owner)
}

async function homeWithPhone({ running: { app } }: Installation, tenant: number, unit: string) {
  const [home] = await app.sql<{ id: string }[]>`
    select id from loa.household
    where commune_id = ${tenant} and unit_id = ${unit} and phone_kind = 'app' and closed_at is null order by no limit 1`
  return home && outside(tenant, home.id)
}

/** A sign-in address for each role of the demo: the commune's posts, the first village's, one home. */
async function demoLinks(installation: Installation): Promise<[string, string][]> {
  const { app } = installation.running
  const commune = await findUnit(app.sql, '07615')
  if (!commune) return []
  const [village] = await villagesOf(app.sql, commune.tenant)
  const units = { commune: commune.id, village: village!.id, province: commune.parentId! }
  const links: [string, string][] = []
  for (const [role, words, where] of offices) links.push([words, await linkFor(app, { role, unit: units[where] })])
  for (const [role, words] of [
    ['association_officer', 'Cán bộ hội · association officer'],
    ['credit_group_head', 'Tổ trưởng vay vốn · credit group head'],
  ] as const) {
    const group = await groupOf(installation, commune.tenant, role)
    if (group) links.push([words, await linkFor(app, { role, unit: group })])
  }
  const bank = await findDemoBank(installation, commune.tenant)
  if (bank) links.push(['Cán bộ ngân hàng · bank officer', await linkFor(app, { role: 'bank_officer', unit: bank })])
  const household = await homeWithPhone(installation, commune.tenant, village!.id)
  if (household) links.push(['Một hộ dân · a household', await linkFor(app, { role: 'resident', household })])
  return links
}

export async function printWelcome(installation: Installation, say: Say) {
  const { config } = installation
  if (config.isDemo) {
    const links = await demoLinks(installation)
    const widest = Math.max(...links.map(([words]) => words.length))
    say('\nDỮ LIỆU THỬ · demo: made-up people, nothing is sent to anybody. Each link signs one browser in once:')
    for (const [words, url] of links) say(`  ${words.padEnd(widest)}  ${url}`)
    say(`\nThêm liên kết · more links:  npm run -s loa -- link --role village_head --unit ID`)
  }
  const setUp = config.isDemo ? undefined : await setupLink(installation.running.app)
  if (setUp) say(`\nLập xã đầu tiên · set up the first commune (once, within 7 days): ${setUp}`)
  const lack = whatContactLacks(config)
  if (lack) say(`\nBáo tin lên điện thoại chưa dùng được · ${lack}`)
  say(`\nLoa Làng: ${config.publicUrl}`)
}
