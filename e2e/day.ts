// A small day in the commune, made through the API as people would: something on every screen.
import type { Role } from '#access'
import { call, known } from './screen.ts'

export interface Day {
  /** Priority, waits for the heads to pass it on. */
  relayed: string
  /** Emergency to both villages, approved by the chair. */
  emergency: string
  /** Wide emergency that waits for the chair. */
  waiting: string
  /** Normal, to the first village at once. */
  simple: string
  draft: string
  /** Written by the first village's head. */
  headDraft: string
}

interface Standing {
  id: string
  state: string
}

const daysAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function written(words: object, author: Role = 'commune_officer'): Promise<string> {
  const { id } = await call<Standing>(author, 'POST', 'notices', {
    body: 'Theo thông báo của Ủy ban nhân dân xã, mời bà con thực hiện.\n\n- Đúng giờ\n- Mang theo giấy tờ',
    audience: { units: [known().unit] },
    ...words,
  })
  return id
}

const publish = (id: string) => call<Standing>('commune_officer', 'POST', `notices/${id}/publish`, {})

const paper = (number: string) => ({ number: `${number}-UBND`, date: daysAhead(0), issuer: 'UBND xã Thử' })

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

/** Once a test file: its commune has no other day. */
export async function makeDay(): Promise<Day> {
  const relayed = await written({
    title: 'Khám tiểu đường miễn phí',
    plain: 'Bà con từ 40 tuổi ra Trạm Y tế xã khám tiểu đường. Nhịn ăn từ 22 giờ đêm trước.',
    class: 'priority',
    ask: 'acknowledged',
    relay: 'village',
    event: { at: `${daysAhead(3)}T07:00:00+07:00`, place: 'Trạm Y tế xã' },
    paper: paper('12/TB'),
  })
  await publish(relayed)
  const emergency = await written({
    title: 'Dịch tả lợn châu Phi đã có trong xã. Làm ngay 3 việc',
    paper: paper('3/CĐ'),
    ...pigs,
  })
  await publish(emergency)
  await call('commune_chair', 'POST', `notices/${emergency}/approve`)
  const waiting = await written({
    title: 'Lũ về trong đêm, bà con ven suối lên nhà văn hóa',
    paper: paper('4/CĐ'),
    ...pigs,
  })
  await publish(waiting)
  const simple = await written({
    title: 'Giả danh công an gọi điện bắt chuyển tiền',
    plain: 'Cúp máy, gọi ngay trực ban công an xã.',
    audience: { units: [known().villages[0]!.id] },
  })
  await publish(simple)
  const draft = await written({ title: 'Lịch tiêm phòng cho trâu bò' })
  const own = { title: 'Dọn đường làng', audience: { units: [known().villages[0]!.id] } }
  const headDraft = await written(own, 'village_head')
  return { relayed, emergency, waiting, simple, draft, headDraft }
}
