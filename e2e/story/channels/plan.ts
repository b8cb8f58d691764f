// The day over the channels: each provider fails once on command, the officer reads what is wrong, and answers what people ask.
import { together } from '../agenda.ts'
import { midnight } from '../day.ts'
import { hour } from '../habits.ts'
import type { Channels } from './open.ts'

interface Account {
  id: string
  name: string
  trouble: string | null
  facts: { title: string; words: string }[]
}

const evening = 19

export function planChannels({ street, ways, isUsedUp }: Channels, noticeId: string) {
  const { agenda, timeline, time, net, officer } = street
  const plan = (at: number, act: () => Promise<void> | void) => {
    agenda.plan(midnight + at * hour, async () => {
      await act()
    })
  }
  const accounts = async () =>
    (await net.get<{ items: Account[] }>('GET', '/api/v1/channel-accounts', { cookie: officer() })).items
  const note = (words: string) => {
    timeline.note(time.now(), words)
  }
  for (const { outage, account } of ways) {
    const [begins, ends] = outage.words
    plan(outage.from, () => {
      outage.strike()
      note(begins)
    })
    plan(outage.to, async () => {
      const trouble = (await accounts()).find(one => one.name === account.name)?.trouble
      if (trouble) note(`Kênh báo tin ghi ở “${account.name}”: ${trouble}`)
      await outage.over()
      note(ends)
    })
  }
  plan(13, async () => {
    if (!isUsedUp()) return
    const facts = (await accounts()).flatMap(one => one.facts)
    for (const { title, words } of facts.filter(one => one.words.endsWith(' 0')))
      note(`Kênh báo tin ghi: ${title}: ${words}`)
  })
  plan(evening, async () => {
    for (const { id, name, trouble } of await accounts()) {
      const way = ways.find(one => one.account.name === name)
      if (!trouble || !way) continue
      const body = way.testTo === undefined ? {} : { to: way.testTo }
      const tried = await net.get<{ words: string }>('POST', `/api/v1/channel-accounts/${id}/test`, {
        cookie: officer(),
        body,
      })
      note(`Cán bộ gửi thử bằng “${name}”: ${tried.words}`)
    }
  })
  plan(evening, () => answerQuestions(street, noticeId))
}

/** What is open by then: asked first in the evening, and again before the officer goes to bed. */
export async function answerQuestions({ net, officer, time, timeline }: Channels['street'], noticeId: string) {
  const cookie = officer()
  const open = await net.list<{ id: string }>(`/api/v1/questions?noticeId=${noticeId}&open=true`, { cookie })
  await together(open, 4, async ({ id }) => {
    const body = { answer: 'Bà con gọi trưởng thôn, cán bộ thú y sẽ tới ngay trong ngày.' }
    await net.get('POST', `/api/v1/questions/${id}/answer`, { cookie, body })
  })
  if (open.length) timeline.note(time.now(), `Cán bộ xã trả lời ${open.length} câu hỏi`)
}
