// "Nhà nào đã rõ?" behind a link that went to a shared number.
import type { Db } from '#core/db'
import { homesThatShare } from '#people'
import { addressMark } from './message-link.ts'
import { homesShown } from './store/homes-shown.ts'

/** A home as whoever holds the link may see it. */
export interface HomeToChoose {
  id: string
  no: number
  unit: string
  level: number
  levelAt: Date | null
}

/**
 * Homes that name the number and that the message is for. They are told apart by the number printed on their card and by their
 * village, and by nothing else: a text to a shared number names nobody, and what people write as alley or landmark ("sau nhà ông …")
 * names neighbours.
 */
export async function homesToChoose(
  db: Db,
  { tenant, publishedId, household, mark }: { tenant: number; publishedId: string; household: string; mark: number },
): Promise<HomeToChoose[]> {
  const homes = await homesThatShare(db, tenant, household, digest => addressMark(digest) === mark)
  const shown = await homesShown(db, tenant, publishedId, homes)
  return shown
    .map(({ id, no, unit, level, levelAt }) => ({ id, no, unit, level, levelAt }))
    .toSorted((a, b) => a.no - b.no)
}
