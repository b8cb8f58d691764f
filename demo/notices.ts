// What has been said in the demo commune so far, so that no screen is empty: written through the API, as an officer would.
import type { Process } from '#core/compose'
import { dayOf, now } from '#core/clock'
import { inTransaction } from '#core/db'
import { inside, newId, outside } from '#core/ids'
import { tokenFor, type StaffRole } from '#access'
import { give, newestRound } from '#delivery'
import { getUnit, villagesOf } from '#units'
import { chance } from './chance.ts'

const commune = '07615'
const inDays = (days: number) => dayOf(new Date(now().getTime() + days * 86_400_000))

/** Press, Sông Cầu ward: "a policy of free diabetes screening, but the document arrived very close to the examination date". */
const screening = () => ({
  title: 'Khám tiểu đường miễn phí cho người từ 40 tuổi',
  body: `Trạm Y tế xã khám tiểu đường miễn phí cho người từ 40 tuổi.\n\n- Mang theo thẻ bảo hiểm y tế.\n- Nhịn ăn từ 22 giờ đêm trước.\n- Ghi tên với trưởng thôn trước ngày khám.`,
  plain: 'Bà con từ 40 tuổi ra Trạm Y tế xã khám tiểu đường, 7 giờ sáng. Nhịn ăn từ 22 giờ đêm trước.',
  class: 'normal',
  topic: 'health',
  paper: { number: '87/TB-UBND', date: inDays(-1), issuer: 'UBND xã Sơn Động' },
  event: { at: `${inDays(4)}T07:00:00+07:00`, place: 'Trạm Y tế xã' },
  steps: [{ act: 'Ghi tên với trưởng thôn' }, { act: 'Nhịn ăn từ 22 giờ đêm trước' }],
  ask: 'acknowledged',
  relay: 'none',
})

/** Press, Minh Hóa commune: a dispatch on African swine fever. It waits for the heads, as a task with a clock. */
const dispatch = () => ({
  title: 'Dịch tả lợn châu Phi đã có trong xã',
  body: 'Bệnh dịch tả lợn châu Phi đã xuất hiện trong xã.\n\n- Không mua bán, vận chuyển lợn ra khỏi thôn.\n- Rắc vôi, phun khử trùng chuồng mỗi ngày.',
  plain: 'Xã có dịch tả lợn. Lợn ốm hay chết: báo trưởng thôn ngay. Đừng bán, đừng mổ, đừng vứt xác.',
  class: 'priority',
  topic: 'disease',
  paper: { number: '112/CĐ-UBND', date: inDays(0), issuer: 'UBND xã Sơn Động' },
  steps: [{ act: 'Lợn ốm, lợn chết: báo trưởng thôn ngay' }, { act: 'Không bán, không mổ, không vứt xác lợn' }],
  ask: 'acknowledged',
  relay: 'village',
})

const meeting = () => ({
  title: 'Họp thôn sáng Chủ nhật: bàn làm đường ngõ',
  body: 'Mời mỗi nhà một người dự họp thôn, bàn việc góp công làm đường ngõ.',
  plain: 'Sáng Chủ nhật 8 giờ họp thôn ở nhà văn hóa. Mỗi nhà một người.',
  class: 'normal',
  topic: 'meeting',
  ask: 'seen',
})

/** It waits for the chair: a wide emergency needs a second person. */
const flood = () => ({
  title: 'Mưa lớn đêm nay, suối lên nhanh: không qua ngầm',
  body: 'Từ tối nay có mưa rất to. Các ngầm qua suối có thể ngập.',
  plain: 'Đêm nay mưa to, suối lên nhanh. Không đi qua ngầm.',
  class: 'emergency',
  topic: 'disaster',
  steps: [{ act: 'Không đi qua ngầm, qua suối' }, { act: 'Chuyển đồ đạc và gia súc lên chỗ cao' }],
})

/** The bank's to its credit groups: private, so that no neighbour learns who has a loan. */
const tradingDay = () => ({
  title: 'Ngày giao dịch của ngân hàng tại xã đổi sang thứ Bảy',
  body: 'Tháng này ngân hàng giao dịch tại trụ sở xã vào thứ Bảy, từ 8 giờ. Bà con mang theo sổ vay vốn.',
  plain: 'Thứ Bảy, 8 giờ, ngân hàng giao dịch ở trụ sở xã. Bà con nhớ mang sổ.',
  class: 'normal',
  topic: 'general',
  ask: 'seen',
})

type Draft = Record<string, unknown>

async function ask(running: Process, token: string, path: string, body: object): Promise<{ id: string }> {
  const answer = await running.hono.request(`/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`the demo's notice was refused: ${await answer.text()}`)
  return (await answer.json()) as { id: string }
}

const say = (running: Process, token: string, draft: Draft, unit: string) =>
  sayTo(running, token, draft, { units: [unit] })

async function sayTo(running: Process, token: string, draft: Draft, audience: object): Promise<string> {
  const { id } = await ask(running, token, 'notices', { ...draft, audience })
  await ask(running, token, `notices/${id}/publish`, {})
  return id
}

const spread = [
  ['acknowledged', 0.46],
  ['seen', 0.12],
  ['delivered', 0.16],
  ['none', 0.26],
] as const
const hours = 3_600_000

/** How homes with such a phone have taken it in the hours since. */
async function hear({ app }: Process, noticeId: string, seed: number, until: Date) {
  const { tenant, id } = inside(noticeId)
  const publication = await newestRound(app.sql, tenant, id)
  if (!publication) return
  const homes = await app.sql<{ id: string; no: number }[]>`
    select id, no from loa.household where commune_id = ${tenant} and phone_kind = 'app' order by no`
  const by = chance(seed, 'heard', noticeId)
  const begin = now().getTime()
  const evidence = homes.flatMap(home => {
    const level = by.weighted(spread)
    const at = new Date(Math.min(begin + by.delay(0.6 * hours, 1.1), until.getTime()))
    const about = { tenant, publishedId: publication.publishedId, householdId: home.id, channel: 'app', version: 1 }
    return level === 'none' ? [] : [{ ...about, id: newId(), level, at, receivedAt: at }]
  })
  for (let from = 0; from < evidence.length; from += 1000)
    await inTransaction(app.sql, tx => give(app, tx, evidence.slice(from, from + 1000)))
}

async function sayAsBank(running: Process, tenant: number) {
  const { sql } = running.app
  const [bank] = await sql<{ owner: number }[]>`
    select commune_id as owner from loa.owner_commune where serves = ${tenant} and valid_to is null`
  const groups = await sql<{ id: string }[]>`
    select id from loa.group_of_people where commune_id = ${tenant} and kind = 'credit_group' and closed_at is null`
  if (!bank || !groups.length) return
  const token = await tokenFor(running.app, { role: 'bank_officer', unit: String(bank.owner) })
  await sayTo(running, token, tradingDay(), { groups: groups.map(group => outside(tenant, group.id)) })
}

/** @param until what was heard was heard before then */
export async function publishDemoNotices(running: Process, seed: number, until: Date) {
  const { app } = running
  const { id: unit, tenant } = await getUnit(app.sql, commune)
  const [village] = await villagesOf(app.sql, tenant)
  const tokenOf = (role: StaffRole, at: string) => tokenFor(app, { role, unit: at })
  const officer = await tokenOf('commune_officer', unit)
  // Whoever is told of a notice is told by a job: its queue must be there.
  await running.settle()
  const screeningId = await say(running, officer, screening(), unit)
  await say(running, await tokenOf('village_head', village!.id), meeting(), village!.id)
  await running.settle()
  await sayAsBank(running, tenant)
  await running.settle()
  await hear(running, screeningId, seed, until)
  return {
    /** What has come in just now. */
    async today() {
      await say(running, officer, dispatch(), unit)
      await say(running, officer, flood(), unit)
      await running.settle()
    },
  }
}
