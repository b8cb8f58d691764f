// A small day in the commune, made through the API as people would: something on every screen.
import { inject } from 'vitest'
import { call } from './screen.ts'

export interface Day {
  /** Stands in the titles of what waits, so that two days of one run are told apart. */
  mark: string
  /** Priority, waits for the heads to pass it on. */
  relayed: string
  /** Emergency to both villages, approved by the chair. */
  emergency: string
  /** Wide emergency that waits for the chair. */
  waiting: string
  /** Normal, to the first village at once. */
  simple: string
  draft: string
}

interface Standing {
  id: string
  state: string
}

const daysAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function written(words: object): Promise<string> {
  const { id } = await call<Standing>('commune_officer', 'POST', 'notices', {
    body: 'Theo thông báo của Ủy ban nhân dân xã, mời bà con thực hiện.\n\n- Đúng giờ\n- Mang theo giấy tờ',
    audience: { units: [inject('known').unit] },
    ...words,
  })
  return id
}

const publish = (id: string) => call<Standing>('commune_officer', 'POST', `notices/${id}/publish`, {})

/** A paper of this day alone: notices on one paper are one card. As long as papers' numbers are. */
const paperOf = (name: string, day: number) => ({
  number: `${day % 100_000}/${name}-UBND`,
  date: daysAhead(0),
  issuer: 'UBND xã Thử',
})

/** What earlier days of the same run left open: only one emergency stands first on a home's screen. */
async function endEarlierDays() {
  const { items } = await call<{ items: (Standing & { class: string })[] }>(
    'commune_officer',
    'GET',
    'notices?limit=100',
  )
  for (const { id } of items.filter(notice => notice.class === 'emergency' && notice.state === 'published'))
    await call('commune_officer', 'POST', `notices/${id}/withdraw`, { reason: 'Ngày hôm trước đã qua' })
}

const pigs = {
  class: 'emergency',
  ask: 'acknowledged',
  plain: 'Lợn ốm phải báo ngay. Không bán, không mổ, không vứt ra suối.',
  steps: [
    { act: 'Nhốt lợn, không cho người lạ vào chuồng', why: 'Bệnh theo giày dép, quần áo' },
    { act: 'Báo trưởng thôn khi lợn bỏ ăn' },
    { act: 'Rắc vôi quanh chuồng' },
  ],
}

/** Once a run of a test file. */
export async function makeDay(): Promise<Day> {
  await endEarlierDays()
  const day = Date.now() % 1_000_000
  const mark = `đợt ${day}`
  const relayed = await written({
    title: `Khám tiểu đường miễn phí, ${mark}`,
    plain: 'Bà con từ 40 tuổi ra Trạm Y tế xã khám tiểu đường. Nhịn ăn từ 22 giờ đêm trước.',
    class: 'priority',
    ask: 'acknowledged',
    relay: 'village',
    event: { at: `${daysAhead(3)}T07:00:00+07:00`, place: 'Trạm Y tế xã' },
    paper: paperOf('TB', day),
  })
  await publish(relayed)
  const emergency = await written({
    title: 'Dịch tả lợn châu Phi đã có trong xã. Làm ngay 3 việc',
    paper: paperOf('CĐ', day),
    ...pigs,
  })
  await publish(emergency)
  await call('commune_chair', 'POST', `notices/${emergency}/approve`)
  const waiting = await written({
    title: `Lũ về trong đêm, bà con ven suối lên nhà văn hóa, ${mark}`,
    paper: paperOf('CĐ', day + 1),
    ...pigs,
  })
  await publish(waiting)
  const simple = await written({
    title: 'Giả danh công an gọi điện bắt chuyển tiền',
    plain: 'Cúp máy, gọi ngay trực ban công an xã.',
    audience: { units: [inject('known').villages[0]!.id] },
  })
  await publish(simple)
  const draft = await written({ title: 'Lịch tiêm phòng cho trâu bò' })
  return { mark, relayed, emergency, waiting, simple, draft }
}
