// What a home's own devices tell: POST /receipts and "Đã rõ".
import { iso, now } from '#core/clock'
import { inTransaction } from '#core/db'
import { inside, outside } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { record } from '#core/trail'
import { say } from '#core/words'
import { idFrom } from './id-from.ts'
import type { homeOperations } from './contract-home.ts'
import { corrected } from './corrected.ts'
import { levelName, type LevelName } from './levels.ts'
import { allOf, chosenOf, getCardFor, roundsAt, type Answering, type Reader } from './reader.ts'
import { give, giveSoon, type Evidence } from './receipt.ts'
import { homesShown } from './store/homes-shown.ts'
import { isReceipt } from './shapes.ts'

interface Told {
  id: string
  noticeId: string
  level: LevelName
  at: Date
  version: number | undefined
  receivedAt: Date
}

/**
 * One piece for each sender of the same paper; a reader gives none of what is private.
 * @throws Problem not_found, notice_withdrawn_since, assist_private
 */
async function evidenceOf(call: Call, reader: Answering, told: Told): Promise<Evidence[]> {
  const card = await getCardFor(call.app, call.caller, told.noticeId)
  const { id: subjectId } = inside(told.noticeId)
  const rounds = roundsAt(card, reader.kind, subjectId, told.version, told.at)
  const open = rounds.filter(one => !one.withdrawnAt || one.withdrawnAt > told.at)
  if (!rounds.length) throw new Problem('not_found')
  if (!open.length) throw new Problem('notice_withdrawn_since')
  const mine = reader.isReading ? open.filter(one => !one.isPrivate) : open
  return mine.map(one => ({
    tenant: reader.tenant,
    publishedId: one.publishedId,
    id: told.id,
    householdId: reader.id,
    level: told.level,
    channel: call.caller.helper ? 'assist' : 'app',
    version: one.subjectId === subjectId ? (told.version ?? one.version) : one.version,
    at: told.at,
    receivedAt: told.receivedAt,
    isOwn: true,
  }))
}

const ownLevels: ReadonlySet<LevelName> = new Set(['delivered', 'seen'])
/** A helper's phone is not the home's: that it holds a notice says nothing of the home. */
const helpedLevels: ReadonlySet<LevelName> = new Set(['seen'])

/** Said for the home by somebody who acts for it: with an entry that names his post. */
const giveNoted = (call: Call, subjectId: string, evidence: readonly Evidence[]) =>
  inTransaction(call.app.sql, async tx => {
    const { caller, app } = call
    const placed = await give(app, tx, evidence)
    if (placed.some(one => one.isVisible && one.isNew))
      await record(tx, {
        tenant: caller.tenant!,
        what: 'notice.acknowledged',
        by: caller,
        about: { kind: 'notice', id: subjectId },
        data: { household: caller.household },
      })
    return placed
  })

/** The same home and round give the same id: pressed twice it is one. */
const idOfAcknowledgement = (reader: Reader, noticeId: string, round: number) =>
  idFrom(`acknowledge ${reader.tenant} ${reader.id} ${noticeId} ${round}`)

/**
 * What a phone tells of one notice. That it holds it counts for every home it answers for: they share the address. That somebody saw
 * it counts for the home chosen alone.
 * @throws Problem level_not_yours, home_not_here, not_found, notice_withdrawn_since
 */
async function evidenceFrom(call: Call, told: Told, home: string | undefined): Promise<Evidence[]> {
  if (!(call.caller.helper ? helpedLevels : ownLevels).has(told.level)) throw new Problem('level_not_yours')
  const isForAll = told.level === 'delivered' && home === undefined
  const [first, ...others] = isForAll ? allOf(call.caller) : [chosenOf(call.caller, home)]
  // The phone made one id: the other homes' are made from it, so that a repeat is one for them too.
  const ofOthers = others.map(one => evidenceOf(call, one, { ...told, id: idFrom(`receipt ${told.id} ${one.id}`) }))
  return (await Promise.all([evidenceOf(call, first!, told), ...ofOthers])).flat()
}

export const receiving = {
  async receipts(input, call) {
    const receivedAt = now()
    const refused: { id: string; code: string }[] = []
    const pieces = await Promise.all(
      input.receipts.map(async one => {
        try {
          if (!isReceipt(one)) throw new Problem('invalid_input')
          const at = corrected(one.at, input.now, receivedAt)
          return await evidenceFrom(call, { ...one, at, version: one.version, receivedAt }, one.home)
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          refused.push({ id: one.id, code: error.code })
          return []
        }
      }),
    )
    const placed = await giveSoon(call.app, pieces.flat())
    let accepted = 0
    let repeated = 0
    let from = 0
    for (const piece of pieces) {
      const mine = placed.slice(from, (from += piece.length))
      if (!piece.length) continue
      if (!mine.some(one => one.isVisible)) refused.push({ id: piece[0]!.id, code: 'not_found' })
      else if (mine.some(one => one.isNew)) accepted++
      else repeated++
    }
    const { language } = call.caller
    return {
      accepted,
      repeated,
      refused: refused.map(one => ({ ...one, message: say(language, `problem.${one.code}`) })),
    }
  },

  async homesHere({ noticeId }, call) {
    const { tenant } = call.caller
    const all = allOf(call.caller)
    const card = await getCardFor(call.app, call.caller, noticeId)
    const subjectId = inside(noticeId).id
    const [round] = roundsAt(
      card.filter(one => one.subjectId === subjectId),
      'home',
      subjectId,
      undefined,
      now(),
    )
    if (!round) throw new Problem('not_found')
    const asked = all.filter(one => !(one.isReading && round.isPrivate))
    const reading = new Set(asked.filter(one => one.isReading).map(one => one.id))
    const rows = await homesShown(
      call.db,
      tenant!,
      round.publishedId,
      asked.map(one => one.id),
    )
    return {
      items: rows.map(({ id, level, levelAt, ...home }) => ({
        ...home,
        id: outside(tenant!, id),
        isReading: reading.has(id),
        level: levelName(level),
        levelAt: level && levelAt ? iso(levelAt) : null,
      })),
      next: null,
    }
  },

  async acknowledge(input, call) {
    const reader = chosenOf(call.caller, input.home)
    const receivedAt = now()
    const at = input.at === undefined ? receivedAt : corrected(input.at, input.now, receivedAt)
    const card = await getCardFor(call.app, call.caller, input.noticeId)
    const subjectId = inside(input.noticeId).id
    const [round] = roundsAt(
      card.filter(one => one.subjectId === subjectId),
      reader.kind,
      subjectId,
      input.version,
      at,
    )
    const id = input.id ?? idOfAcknowledgement(reader, subjectId, round?.round ?? 0)
    const { noticeId, version } = input
    const evidence = await evidenceOf(call, reader, { id, noticeId, level: 'acknowledged', at, version, receivedAt })
    const placed = await (call.caller.helper ? giveNoted(call, subjectId, evidence) : giveSoon(call.app, evidence))
    if (!placed.some(one => one.isVisible)) throw new Problem('not_found')
    return { noticeId: outside(reader.tenant, subjectId), level: 'acknowledged' as const, at: iso(at) }
  },
} satisfies Pick<Answers<typeof homeOperations>, 'receipts' | 'acknowledge' | 'homesHere'>
