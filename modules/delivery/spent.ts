// GET /notices/:noticeId/spent, /spent and /spent/table: money is read from counters, never summed up message by message.
import { dayOf, iso, now } from '#core/clock'
import { pageOf, readCursor } from '#core/cursor'
import { firstIdAt, outside } from '#core/ids'
import type { Answers } from '#core/serve'
import { Uuid } from '#core/shapes'
import { say, type Language } from '#core/words'
import { spentIn } from '#channels'
import { writeCsv } from '#people'
import type { spentOperations } from './contract-spent.ts'
import { added, isFew } from './figures.ts'
import { moneyWaiting } from './store/money-asked.ts'
import { spentLines, spentNotices, spentOnSubject, type Spent } from './store/spent.ts'
import { getView } from './view.ts'

const sumOf = (all: readonly Spent[]): Spent => ({
  messages: all.reduce((sum, one) => sum + one.messages, 0),
  parts: all.reduce((sum, one) => sum + one.parts, 0),
  dong: all.reduce((sum, one) => sum + one.dong, 0),
})

const beginOf = (month: string) => new Date(`${month}-01T00:00:00+07:00`)
const nextOf = (month: string) => dayOf(new Date(beginOf(month).getTime() + 32 * 86_400_000)).slice(0, 7)
const thisMonth = () => dayOf(now()).slice(0, 7)

/** Ids of what was published in it. */
const idsOf = (month: string) => ({ from: firstIdAt(beginOf(month)), before: firstIdAt(beginOf(nextOf(month))) })

const titleOf = ({ isPrivate, title }: { isPrivate: boolean; title: string }, language: Language) =>
  isPrivate ? say(language, 'delivery.private_title') : title

export const spending = {
  async spent({ noticeId }, call) {
    const view = await getView(call, noticeId)
    const tenants = view.publications.map(one => one.tenant)
    const [channels, stopped] = await Promise.all([
      spentOnSubject(call.db, tenants, view.subjectId),
      moneyWaiting(call.db, tenants, view.subjectId),
    ])
    const waiting = stopped.reduce((homes, one) => homes + one.homes, 0)
    const { reached, households } = added(view.units)
    const isHidden = !view.named.size && (isFew(reached) || isFew(households - reached))
    const sum = sumOf(channels)
    return {
      ...sum,
      reached: isHidden ? null : reached,
      perHome: isHidden || !reached ? null : Math.round(sum.dong / reached),
      channels: [...channels],
      waiting: !view.named.size && isFew(waiting) ? null : waiting,
    }
  },

  async spentInMonth({ month = thisMonth(), cursor, limit }, { db, caller }) {
    const tenant = caller.tenant!
    const { from, before } = idsOf(month)
    const found = await spentNotices(db, {
      tenant,
      from,
      before: readCursor(cursor, Uuid)?.[0] ?? before,
      limit: limit + 1,
    })
    const page = pageOf(found, limit, row => [row.publishedId])
    return {
      month,
      ...(await spentIn(db, tenant, month)),
      items: page.items.map(row => ({
        noticeId: outside(tenant, row.subjectId),
        title: titleOf(row, caller.language),
        publishedAt: iso(row.publishedAt),
        round: row.round,
        households: row.isOfCell ? null : row.households,
        reached: row.isOfCell ? null : row.reached,
        messages: row.messages,
        parts: row.parts,
        dong: row.dong,
      })),
      next: page.next,
    }
  },

  async spentTable({ month = thisMonth() }, { db, caller }) {
    const { language } = caller
    const lines = await spentLines(db, { tenant: caller.tenant!, ...idsOf(month) })
    const head = ['date', 'title', 'round', 'channel', 'messages', 'parts', 'dong'] as const
    const rows = lines.map(line => [
      dayOf(line.publishedAt).split('-').toReversed().join('/'),
      titleOf(line, language),
      String(line.round),
      line.channel,
      String(line.messages),
      String(line.parts),
      String(line.dong),
    ])
    return new Response(writeCsv([head.map(name => say(language, `delivery.spent.${name}`)), ...rows]), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="chi-${month}.csv"`,
        'cache-control': 'no-store',
      },
    })
  },
} satisfies Answers<typeof spentOperations>
