// A commune sees and sets its own ladder; the day, the ground and a digest stand in the trail.
import { today } from '#core/clock'
import type { Db } from '#core/db'
import { findPack, listPacks, readPack, setPack, type Pack } from '#core/packs'
import type { Answers } from '#core/serve'
import { allChannels, kindsOf } from '#channels'
import type { ladderOperations } from './contract-ladder.ts'
import { defaultLadder } from './ladder-pack.ts'
import { LadderShape } from './ladder-shape.ts'
import type { LadderPack } from './ladder.ts'

const bodyOf = (body: unknown) => ({ ...defaultLadder.body, ...(body as Partial<LadderPack>) })
const shown = ({ from, isOwn, basis, source, body }: Pack) => ({ from, isOwn, basis, source, body: bodyOf(body) })

async function laddersOf(db: Db, tenant: number) {
  const [packs, kinds, holds] = await Promise.all([
    listPacks(db, tenant),
    kindsOf(db, tenant),
    findPack(db, tenant, 'ladder', today()),
  ])
  return {
    holds: shown(holds ?? { ...defaultLadder, isOwn: false }),
    coming: packs.filter(pack => pack.kind === 'ladder' && pack.isOwn && pack.from > today()).map(shown),
    usual: defaultLadder.body,
    channels: allChannels().map(({ kind, declares, speaksThrough }) => ({
      name: kind,
      isReady: !speaksThrough || kinds.includes(speaksThrough),
      isPaid: declares.cost > 0,
    })),
  }
}

export const communeLadder = {
  ladder: (_, { db, caller }) => laddersOf(db, caller.tenant!),

  async setLadder({ from, ...said }, { db, caller }) {
    const tenant = caller.tenant!
    await setPack(db, { tenant, kind: 'ladder', from, ...readPack(LadderShape, said) }, caller)
    return laddersOf(db, tenant)
  },
} satisfies Answers<typeof ladderOperations>
